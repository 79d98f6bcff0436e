-- One row per period of one contract, or of the registry's defaults where vendor and brand are null.
select
    p.terms_id, p.vendor_id, p.brand_id,
    coalesce(parse.zoned(p.from_on::timestamp, p.timezone), '-infinity'::timestamp) as from_at,
    coalesce(parse.zoned(p.to_on::timestamp, p.timezone), 'infinity'::timestamp) as to_at,
from config.term_periods as p
