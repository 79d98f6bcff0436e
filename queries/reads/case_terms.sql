-- One row per KPI with a limit: what the terms of a case ask. Terms are configuration: nobody's rows.
select metric, limit_seconds, clock
from marts.terms
where terms_id = $terms_id::integer
