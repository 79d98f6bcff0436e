-- One row per product of the principal's brands; products belong to no vendor and no agent.
create or replace macro scoped.products(brands, vendors, agents) as table
    select *
    from staging.products
    where brands::varchar[] is null or list_contains(brands::varchar[], brand_id);
