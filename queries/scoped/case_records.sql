-- One row per record that one case of the principal's rests on: which file it came in, and its number there. Files and their names are nobody's rows.
create or replace macro scoped.case_records(brands, vendors, agents, wanted) as table
    with records as (
        select ticket_key as case_key, 'tickets' as table_name, ticket_id as id, _load, _record from staging.tickets
        union all
        select ticket_key, 'messages', message_id, _load, _record from staging.messages
        union all
        select case_key, 'events', null, _load, _record from marts.events
        union all
        select r.case_key, 'refunds', r.refund_id, s._load, s._record
        from marts.refunds as r
        join staging.refunds as s using (refund_key)
    )
    select r.table_name, r.id, r._record as record, l.source, l.file, l.load_id, l.loaded_at, l.is_database
    from (select r.* from records as r, scoped.case_owners(brands, vendors, agents) as o where r.case_key = wanted and o.case_key = wanted) as r
    join config.loads as l on l.load_no = r._load;
