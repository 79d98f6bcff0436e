-- One row per key of a dimension of one KPI: what counted, what is pending, median and P90 on the clock asked for.
with picked as (
    select
        k.numerator, k.denominator, k.state,
        if($clock::varchar = 'business', k.value_business, k.value) as value,
        coalesce(
            keys.of_case($by::varchar, k.brand_id, k.vendor_id, k.platform, k.channel, k.agent_id, k.severity, k.priority),
            keys.of_goods($by::varchar, k.request_type, k.sku_id, k.reason_agent, k.reason_buyer, k.reason_warehouse),
            keys.of_day($by::varchar, k.day)
        ) as key,
    from scoped.kpi_rows($scope_brands, $scope_vendors, $scope_agents, $keys) as k
    where k.day >= $from::date and k.day < $to::date
        and k.metric = $metric::config.metric
),
counted as (
    select
        key,
        sum(numerator)::integer as numerator,
        sum(denominator)::integer as denominator,
        (count(*) filter (state = 'pending'::vocabulary.kpi_state))::integer as pending,
        quantile_cont(value, [0.5, 0.9]) filter (denominator = 1) as quantiles,
    from picked
    group by key
)
select key, numerator, denominator, pending, quantiles[1] as median, quantiles[2] as p90
from counted
order by key nulls last
