-- One row: the refunds paid in the period, their time from application to payment, how many in part, and decided by whom.
with paid as (
    select *, if($clock::varchar = 'business', refund_business_seconds, refund_calendar_seconds) as seconds
    from scoped.refunds_picked($scope_brands, $scope_vendors, $scope_agents, $keys)
    where refunded_on >= $from::date and refunded_on < $to::date
)
select
    count(*)::integer as refunds,
    coalesce(list_sort(list(distinct currency)), []) as currencies,
    quantile_cont(seconds, 0.5) as median,
    quantile_cont(seconds, 0.9) as p90,
    (count(*) filter (amount_refunded_minor is not null and amount_applied_minor is not null))::integer as with_amounts,
    (count(*) filter (amount_refunded_minor < amount_applied_minor))::integer as partial,
    (count(*) filter (amount_refunded_minor < amount_applied_minor and decided_by is not null))::integer as partial_decided,
    (count(*) filter (amount_refunded_minor < amount_applied_minor and decided_by = 'brand'))::integer as partial_by_brand,
    count(decided_by)::integer as decided,
    (count(*) filter (decided_by = 'platform'))::integer as by_platform,
    (count(*) filter (decided_by = 'system'))::integer as by_system,
    (count(*) filter (decided_by in ('platform', 'system') and is_instant))::integer as instant,
from paid
