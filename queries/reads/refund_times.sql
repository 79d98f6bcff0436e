-- One row per request type and value tier of the refunds paid in the period, and per every one of either: time from application to payment.
-- Tier 0 is below the first edge, null where no amount is known.
with paid as (
    select
        request_type,
        if(value_minor is null, null, list_count(list_filter($tiers::bigint[], lambda edge: edge <= value_minor))) as tier,
        if($clock::varchar = 'business', refund_business_seconds, refund_calendar_seconds) as seconds,
    from scoped.refunds_picked($scope_brands, $scope_vendors, $scope_agents, $keys)
    where refunded_on >= $from::date and refunded_on < $to::date
),
cells as (
    select
        request_type,
        tier,
        grouping(request_type) = 1 as is_every_type,
        grouping(tier) = 1 as is_every_tier,
        count(*)::integer as refunds,
        count(seconds)::integer as timed,
        quantile_cont(seconds, [0.5, 0.9]) as quantiles,
    from paid
    group by cube (request_type, tier)
)
select
    request_type::varchar as request_type, tier::integer as tier, is_every_type, is_every_tier, refunds, timed,
    quantiles[1] as median, quantiles[2] as p90,
from cells
order by is_every_type desc, cells.request_type nulls last, is_every_tier desc, tier nulls last
