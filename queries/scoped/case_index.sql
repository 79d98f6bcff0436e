-- One row per case of the principal's, found by the key of its id (keys.text_key); readers compare the id itself too.
create or replace macro scoped.case_index(brands, vendors, agents) as table
    select text_key, case_key
    from rollups.case_index
    where (brands::varchar[] is null or list_contains(brands::varchar[], brand_id))
        and (vendors::varchar[] is null or list_contains(vendors::varchar[], vendor_id))
        and (agents::varchar[] is null or list_contains(agents::varchar[], agent_id));
