-- One row: the instant after which nothing exists in this snapshot (METRICS §2).
select coalesce(any_value(r.requested_as_of), min(s.known_until), any_value(r.started_at)) as as_of
from config.run as r
left join marts.source_reach as s on true
