-- One row per round of the principal's cases.
create or replace macro scoped.rounds(brands, vendors, agents) as table
    select r.*, c.case_id, c.brand_id, c.vendor_id, c.is_flagged
    from marts.rounds as r
    join scoped.cases(brands, vendors, agents) as c using (case_key);
