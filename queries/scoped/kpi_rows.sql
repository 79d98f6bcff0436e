-- One row per KPI and case, round or refund of the principal's and of the keys picked.
create or replace macro scoped.kpi_rows(brands, vendors, agents, picked) as table
    select *, coalesce(refund_id, item_key::varchar) as item_id
    from rollups.kpi_rows
    where (brands::varchar[] is null or list_contains(brands::varchar[], brand_id))
        and (vendors::varchar[] is null or list_contains(vendors::varchar[], vendor_id))
        and (agents::varchar[] is null or list_contains(agents::varchar[], agent_id))
        and keys.has(picked, 'brand', brand_id)
        and keys.has(picked, 'vendor', vendor_id)
        and keys.has(picked, 'platform', platform)
        and keys.has(picked, 'channel', channel)
        and keys.has(picked, 'agent', agent_id)
        and keys.has(picked, 'severity', severity)
        and keys.has(picked, 'priority', priority)
        and keys.has(picked, 'reason_agent', reason_agent)
        and keys.has(picked, 'request_type', request_type)
        and keys.has(picked, 'sku', sku_id)
        and keys.has(picked, 'reason_buyer', reason_buyer)
        and keys.has(picked, 'reason_warehouse', reason_warehouse);
