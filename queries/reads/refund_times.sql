-- One row per request type and value tier of the refunds paid in the period, and per every one of either: time from application to payment.
-- Tier 0 is below the first edge, null where no amount is known.
with paid as (
    select
        request_type, currency,
        if(value_minor is null, null, list_count(list_filter($tiers::bigint[], lambda edge: edge <= value_minor))) as tier,
        if($clock::varchar = 'business', refund_business_seconds, refund_calendar_seconds) as seconds,
    from scoped.refunds_picked($scope_brands, $scope_vendors, $scope_agents, $keys)
    where refunded_on >= $from::date and refunded_on < $to::date
)
select
    request_type::varchar as request_type,
    tier::integer as tier,
    grouping(request_type) = 1 as is_every_type,
    grouping(tier) = 1 as is_every_tier,
    count(*)::integer as refunds,
    count(seconds)::integer as timed,
    quantile_cont(seconds, 0.5) as median,
    quantile_cont(seconds, 0.9) as p90,
    coalesce(list_sort(list(distinct currency)), []) as currencies,
from paid
group by cube (request_type, tier)
order by is_every_type desc, paid.request_type nulls last, is_every_tier desc, tier nulls last
