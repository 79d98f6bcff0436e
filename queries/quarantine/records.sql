-- One row per record in quarantine, of whatever table: file, record, column, value and reason.
with rejected as (
    select * from quarantine.tickets
    union all by name
    select * from quarantine.messages
    union all by name
    select * from quarantine.events
    union all by name
    select * from quarantine.refunds
    union all by name
    select * from quarantine.sales
    union all by name
    select * from quarantine.products
    union all by name
    select * from quarantine.malformed
)
select
    l.source, r.table_name, l.file, r._record as record, r.column_name, r.value, r.reason, r.record_text, l.load_id, l.load_no,
from rejected as r
join config.loads as l on l.load_no = r._load
order by l.load_no, r.table_name, r._record
