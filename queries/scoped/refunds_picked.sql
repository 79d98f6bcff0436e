-- One row per refund of the principal's that counts and has the keys picked. Without a currency amounts are yuan; value_minor is what was at stake.
create or replace macro scoped.refunds_picked(brands, vendors, agents, picked) as table
    select
        * replace (coalesce(currency, 'CNY') as currency),
        coalesce(amount_applied_minor, amount_refunded_minor) as value_minor,
    from scoped.refunds(brands, vendors, agents)
    where not is_flagged
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
