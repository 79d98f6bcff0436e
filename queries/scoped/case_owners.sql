-- One row per case of the principal's: its key alone, for what hangs on it.
create or replace macro scoped.case_owners(brands, vendors, agents) as table
    select case_key
    from marts.cases
    where (brands::varchar[] is null or list_contains(brands::varchar[], brand_id))
        and (vendors::varchar[] is null or list_contains(vendors::varchar[], vendor_id))
        and (agents::varchar[] is null or list_contains(agents::varchar[], agent_id));
