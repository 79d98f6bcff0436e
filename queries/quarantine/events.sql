-- One row per event record that cannot be used yet, and why.
with unknown as (
    select t._load, t._record, 'ticket_id unknown_ticket' as problem, t._record_text
    from typed.events as t
    anti join staging.tickets as k using (source, ticket_id)
    anti join superseded.events as s using (_load, _record)
    where t.problem is null
),
rejected as (
    select _load, _record, problem, _record_text from typed.events where problem is not null
    union all
    select _load, _record, problem, _record_text from unknown
)
select
    'events' as table_name, _load, _record, split_part(problem, ' ', 1) as column_name,
    json_extract_string(_record_text, split_part(problem, ' ', 1)) as value, split_part(problem, ' ', 2) as reason, _record_text,
from rejected
