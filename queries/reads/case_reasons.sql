-- One row per reason: cases begun in the period, each under one reason of the kind asked for.
select
    case $by::varchar when 'reason_agent' then reason_agent when 'reason_buyer' then reason_buyer when 'reason_warehouse' then reason_warehouse end as key,
    count(*)::integer as cases,
from scoped.cases($scope_brands, $scope_vendors, $scope_agents)
where not is_flagged
    and started_on >= $from::date and started_on < $to::date
    and keys.has($keys, 'brand', brand_id)
    and keys.has($keys, 'vendor', vendor_id)
    and keys.has($keys, 'platform', platform)
    and keys.has($keys, 'channel', channel)
    and keys.has($keys, 'agent', agent_id)
    and keys.has($keys, 'severity', severity)
    and keys.has($keys, 'priority', priority)
    and keys.has($keys, 'request_type', request_type)
    and keys.has($keys, 'sku', sku_id)
    and keys.has($keys, 'reason_agent', reason_agent)
    and keys.has($keys, 'reason_buyer', reason_buyer)
    and keys.has($keys, 'reason_warehouse', reason_warehouse)
group by key
order by cases desc, key nulls last
