-- One row per KPI and key of a dimension: what counted, what is pending, median and P90 on the clock asked for.
with picked as (
    select
        k.metric, k.numerator, k.denominator, k.state,
        if(k.is_duration and coalesce($clock::varchar, k.default_clock) = 'business', k.value_business, k.value) as value,
        coalesce(
            keys.of_case($by::varchar, k.brand_id, k.vendor_id, k.platform, k.channel, k.agent_id, k.severity, k.priority),
            keys.of_goods($by::varchar, k.request_type, k.sku_id, k.reason_agent, k.reason_buyer, k.reason_warehouse),
            keys.of_day($by::varchar, k.day)
        ) as key,
    from scoped.kpi_rows($scope_brands, $scope_vendors, $scope_agents, $keys, $of_refunds::boolean) as k
    where k.day >= $from::date and k.day < $to::date
        and list_contains($metrics::varchar[], k.metric::varchar)
)
select
    metric, key,
    sum(numerator)::integer as numerator,
    sum(denominator)::integer as denominator,
    (count(*) filter (state = 'pending'))::integer as pending,
    quantile_cont(value, 0.5) filter (denominator = 1) as median,
    quantile_cont(value, 0.9) filter (denominator = 1) as p90,
from picked
group by metric, key
order by list_position($metrics::varchar[], metric::varchar), key nulls last
