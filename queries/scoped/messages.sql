-- One row per message of the principal's cases.
create or replace macro scoped.messages(brands, vendors, agents) as table
    select m.*, c.case_id, c.brand_id, c.vendor_id, c.is_flagged
    from marts.messages as m
    join scoped.cases(brands, vendors, agents) as c using (case_key);
