-- One row per pair of keys of two dimensions of one KPI: what counted, what is pending, and the median on the clock asked for.
with picked as (
    select
        k.numerator, k.denominator, k.state,
        if($clock::varchar = 'business', k.value_business, k.value) as value,
        coalesce(
            keys.of_case($by::varchar, k.brand_id, k.vendor_id, k.platform, k.channel, k.agent_id, k.severity, k.priority),
            keys.of_goods($by::varchar, k.request_type, k.sku_id, k.reason_agent, k.reason_buyer, k.reason_warehouse),
            keys.of_day($by::varchar, k.day)
        ) as key,
        coalesce(
            keys.of_case($and_by::varchar, k.brand_id, k.vendor_id, k.platform, k.channel, k.agent_id, k.severity, k.priority),
            keys.of_goods($and_by::varchar, k.request_type, k.sku_id, k.reason_agent, k.reason_buyer, k.reason_warehouse),
            keys.of_day($and_by::varchar, k.day)
        ) as and_key,
    from scoped.kpi_rows($scope_brands, $scope_vendors, $scope_agents, $keys) as k
    where k.day >= $from::date and k.day < $to::date
        and k.metric = $metric::config.metric
)
select
    key, and_key,
    sum(numerator)::integer as numerator,
    sum(denominator)::integer as denominator,
    (count(*) filter (state = 'pending'::vocabulary.kpi_state))::integer as pending,
    quantile_cont(value, 0.5) filter (denominator = 1) as median,
from picked
group by key, and_key
order by key nulls last, and_key nulls last
