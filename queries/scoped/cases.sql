-- One row per case of the principal's brands, vendors and agents; null stands for all.
create or replace macro scoped.cases(brands, vendors, agents) as table
    select *
    from marts.cases
    where (brands::varchar[] is null or list_contains(brands::varchar[], brand_id))
        and (vendors::varchar[] is null or list_contains(vendors::varchar[], vendor_id))
        and (agents::varchar[] is null or list_contains(agents::varchar[], agent_id));
