-- One row per record that could not even be split into its columns.
select m.table_name, m._load, m._record, null::varchar as column_name, null::varchar as value, 'malformed' as reason, m.detail as record_text,
from canonical.malformed as m
