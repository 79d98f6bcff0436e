-- One row per refund of the principal's; refunds of spam are flagged.
create or replace macro scoped.refunds(brands, vendors, agents) as table
    select *
    from marts.refunds
    where (brands::varchar[] is null or list_contains(brands::varchar[], brand_id))
        and (vendors::varchar[] is null or list_contains(vendors::varchar[], vendor_id))
        and (agents::varchar[] is null or list_contains(agents::varchar[], agent_id));
