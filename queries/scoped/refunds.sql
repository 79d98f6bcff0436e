-- One row per refund of the principal's: brand, vendor, platform and what only tickets have are the case's (METRICS §2); refunds of spam are flagged.
create or replace macro scoped.refunds(brands, vendors, agents) as table
    select
        r.* replace (c.brand_id as brand_id, c.vendor_id as vendor_id, c.platform as platform),
        c.case_id, c.channel, c.agent_id, c.severity, c.priority, c.reason_agent, c.is_flagged,
    from marts.refunds as r
    join scoped.cases(brands, vendors, agents) as c using (case_key);
