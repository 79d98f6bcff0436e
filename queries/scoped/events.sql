-- One row per event of the principal's cases.
create or replace macro scoped.events(brands, vendors, agents) as table
    select e.*, c.case_id, c.brand_id, c.vendor_id, c.is_flagged
    from marts.events as e
    join scoped.cases(brands, vendors, agents) as c using (case_key);
