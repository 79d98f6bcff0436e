-- One row per KPI and key of a dimension that the daily rollup has: what counted, what is pending.
with picked as (
    select
        metric, numerator, denominator, pending,
        coalesce(
            keys.of_case($by::varchar, brand_id, vendor_id, platform, channel, null::varchar, null::varchar, null::varchar),
            keys.of_day($by::varchar, day)
        ) as key,
    from scoped.daily($scope_brands, $scope_vendors, $scope_agents, $keys)
    where day >= $from::date and day < $to::date
        and list_contains($metrics::config.metric[], metric)
)
select
    metric, key,
    sum(numerator)::integer as numerator,
    sum(denominator)::integer as denominator,
    sum(pending)::integer as pending,
from picked
group by metric, key
order by list_position($metrics::varchar[], metric::varchar), key nulls last
