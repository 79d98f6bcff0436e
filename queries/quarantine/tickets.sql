-- One row per ticket record that cannot be used, and why.
select
    'tickets' as table_name, _load, _record, split_part(problem, ' ', 1) as column_name,
    json_extract_string(record_text, split_part(problem, ' ', 1)) as value, split_part(problem, ' ', 2) as reason, record_text,
from typed.tickets
where problem is not null
