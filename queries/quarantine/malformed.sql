-- One row per record that could not even be split into its columns; the value says where in the file and why.
select
    m.table_name, m._load, m._record, null::varchar as column_name, m.detail as value, 'malformed' as reason, null::json as record_text,
from canonical.malformed as m
