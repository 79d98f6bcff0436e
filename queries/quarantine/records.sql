-- One row per record in quarantine, of whatever table.
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
