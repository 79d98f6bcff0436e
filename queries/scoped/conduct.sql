-- One row per automatic check and case of the principal's and of the keys picked that it applies to.
create or replace macro scoped.conduct(brands, vendors, agents, picked) as table
    select x.*, c.case_id, c.brand_id, c.vendor_id, c.agent_id, c.started_on
    from rollups.conduct as x
    join scoped.cases_picked(brands, vendors, agents, picked) as c using (case_key);
