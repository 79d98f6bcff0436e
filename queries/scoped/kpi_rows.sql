-- One row per KPI and case, round or refund of the principal's and of the keys picked: KPIs at the grain of refunds, or all others.
create or replace macro scoped.kpi_rows(brands, vendors, agents, picked, of_refunds) as table
    with rows_of_cases as (
        select
            k.*, c.case_id, c.brand_id, c.vendor_id, c.platform, c.channel, c.agent_id, c.severity, c.priority, c.reason_agent,
            k.item_key::varchar as item_id, c.request_type, c.sku_id, c.reason_buyer, c.reason_warehouse, m.default_clock, m.is_duration,
            c.is_ticket, c.ticket_id, c.order_id, c.start_at, c.messages, c.reopens, c.csat_score, c.first_response_calendar_seconds,
            c.first_response_business_seconds, c.solution_calendar_seconds, c.solution_business_seconds,
        from rollups.kpi_rows as k
        join scoped.cases(brands, vendors, agents) as c using (case_key)
        join config.metrics as m using (metric)
        where not of_refunds and m.grain <> 'refund'
    ),
    rows_of_refunds as (
        select
            k.*, c.case_id, c.brand_id, c.vendor_id, c.platform, c.channel, c.agent_id, c.severity, c.priority, c.reason_agent,
            r.refund_id as item_id, r.request_type, r.sku_id, r.reason_buyer, r.reason_warehouse, m.default_clock, m.is_duration,
            c.is_ticket, c.ticket_id, c.order_id, c.start_at, c.messages, c.reopens, c.csat_score, c.first_response_calendar_seconds,
            c.first_response_business_seconds, c.solution_calendar_seconds, c.solution_business_seconds, r.currency,
        from rollups.kpi_rows as k
        join scoped.cases(brands, vendors, agents) as c using (case_key)
        join config.metrics as m using (metric)
        join marts.refunds as r on r.refund_key = k.item_key
        where of_refunds and m.grain = 'refund'
    ),
    rows as (
        select * from rows_of_cases
        union all by name
        select * from rows_of_refunds
    )
    select *
    from rows
    where keys.has(picked, 'brand', brand_id)
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
