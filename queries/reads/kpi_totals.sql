-- One row per KPI and key of a dimension: what counted, what is pending, median and P90 on the clock asked for.
with picked as (
    select
        k.metric, k.numerator, k.denominator, k.state,
        if(k.is_duration and coalesce($clock::varchar, k.default_clock) = 'business', k.value_business, k.value) as value,
        case $by::varchar
            when 'brand' then k.brand_id
            when 'vendor' then k.vendor_id
            when 'platform' then k.platform::varchar
            when 'channel' then k.channel::varchar
            when 'agent' then k.agent_id
            when 'reason_agent' then k.reason_agent
            when 'reason_buyer' then k.reason_buyer
            when 'reason_warehouse' then k.reason_warehouse
            when 'request_type' then k.request_type::varchar
            when 'severity' then k.severity::varchar
            when 'priority' then k.priority::varchar
            when 'sku' then k.sku_id
            when 'day' then k.day::varchar
            when 'week' then date_trunc('week', k.day)::date::varchar
            when 'month' then strftime(k.day, '%Y-%m')
        end as key,
    from scoped.kpi_rows($scope_brands, $scope_vendors, $scope_agents) as k
    where k.day >= $from::date and k.day < $to::date
        and list_contains($metrics::varchar[], k.metric::varchar)
        and ($brand::varchar is null or k.brand_id = $brand::varchar)
        and ($vendor::varchar is null or k.vendor_id = $vendor::varchar)
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
