-- One row per case of the principal's and customer, order or merge in common with another case, found by its key; readers compare the text itself too.
create or replace macro scoped.case_links(brands, vendors, agents) as table
    select text_key, case_key
    from rollups.case_links
    where (brands::varchar[] is null or list_contains(brands::varchar[], brand_id))
        and (vendors::varchar[] is null or list_contains(vendors::varchar[], vendor_id))
        and (agents::varchar[] is null or list_contains(agents::varchar[], agent_id));
