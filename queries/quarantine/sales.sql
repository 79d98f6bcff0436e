-- One row per sales record that cannot be used, and why.
select
    'sales' as table_name, _load, _record, split_part(problem, ' ', 1) as column_name,
    json_extract_string(record_text, split_part(problem, ' ', 1)) as value, split_part(problem, ' ', 2) as reason, record_text,
from typed.sales
where problem is not null
