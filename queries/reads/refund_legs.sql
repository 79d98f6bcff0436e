-- One row per leg and key of a dimension, and per leg of every key: its duration in the refunds paid in the period.
with paid as (
    select
        coalesce(
            keys.of_case($by::varchar, brand_id, vendor_id, platform, channel, agent_id, severity, priority),
            keys.of_goods($by::varchar, request_type, sku_id, reason_agent, reason_buyer, reason_warehouse)
        ) as key,
        if(
            $clock::varchar = 'business',
            [decide_business_seconds, ship_business_seconds, transit_business_seconds, inspect_business_seconds, pay_business_seconds],
            [decide_calendar_seconds, ship_calendar_seconds, transit_calendar_seconds, inspect_calendar_seconds, pay_calendar_seconds]
        ) as durations,
    from scoped.refunds_picked($scope_brands, $scope_vendors, $scope_agents, $keys)
    where refunded_on >= $from::date and refunded_on < $to::date
),
legs as (
    select key, unnest(['decide', 'ship', 'transit', 'inspect', 'pay']) as leg, unnest(durations) as seconds
    from paid
),
timed as (
    select
        key, grouping(key) = 1 as is_every_key, leg,
        count(seconds)::integer as refunds,
        quantile_cont(seconds, [0.5, 0.9]) as quantiles,
        sum(seconds) as total_seconds,
    from legs
    where seconds is not null
    group by grouping sets ((key, leg), (leg))
)
select key, is_every_key, leg, refunds, quantiles[1] as median, quantiles[2] as p90, total_seconds
from timed
order by is_every_key desc, key nulls last, list_position(['decide', 'ship', 'transit', 'inspect', 'pay'], leg)
