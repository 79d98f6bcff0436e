-- One row per KPI and case, round or refund of the principal's; dimensions at the grain of the KPI.
create or replace macro scoped.kpi_rows(brands, vendors, agents) as table
    select
        k.*, c.case_id, c.brand_id, c.vendor_id, c.platform, c.channel, c.agent_id, c.severity, c.priority, c.reason_agent,
        if(m.grain = 'refund', r.refund_id, k.item_key::varchar) as item_id,
        if(m.grain = 'refund', r.request_type, c.request_type) as request_type,
        if(m.grain = 'refund', r.sku_id, c.sku_id) as sku_id,
        if(m.grain = 'refund', r.reason_buyer, c.reason_buyer) as reason_buyer,
        if(m.grain = 'refund', r.reason_warehouse, c.reason_warehouse) as reason_warehouse,
        m.default_clock, m.is_duration,
    from rollups.kpi_rows as k
    join scoped.cases(brands, vendors, agents) as c using (case_key)
    join config.metrics as m using (metric)
    left join marts.refunds as r on r.refund_key = if(m.grain = 'refund', k.item_key, null);
