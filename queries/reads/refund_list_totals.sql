-- One row per list, mark, value tier and currency: how many refunds, how much money, since when the oldest.
-- Tier 0 is below the first edge, null where no amount is known.
select
    list, mark,
    if(minor is null, null, list_count(list_filter($tiers::bigint[], lambda edge: edge <= minor)))::integer as tier,
    currency,
    count(*)::integer as refunds,
    count(minor)::integer as amounts,
    sum(minor)::double as minor,
    strftime(min(since_at), '%Y-%m-%dT%H:%M:%S.%gZ') as oldest_at,
from scoped.refund_watch(
    $scope_brands, $scope_vendors, $scope_agents, $keys, $from::date, $to::date,
    $still_hours::integer, $remote_still_hours::integer, $remote_regions::varchar[], $open_days::integer
)
group by list, mark, tier, currency
order by list, mark, tier nulls last, currency
