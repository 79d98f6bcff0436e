-- One row per ticket record that cannot be used, and why.
with rejected as (
    select _load, _record, problem from typed.tickets where problem is not null
)
select
    'tickets' as table_name, r._load, r._record, split_part(r.problem, ' ', 1) as column_name,
    json_extract_string(c._record_text, split_part(r.problem, ' ', 1)) as value, split_part(r.problem, ' ', 2) as reason, c._record_text,
from rejected as r
join canonical.tickets as c using (_load, _record)
