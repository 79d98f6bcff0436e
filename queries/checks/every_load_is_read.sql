-- No rows: every row of a table that cases are made of comes from a load this run knows.
select distinct _load
from (
    select _load from staging.tickets
    union all
    select _load from staging.refunds
)
where _load not in (select load_no from config.loads)
