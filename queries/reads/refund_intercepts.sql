-- One row per value tier and outcome of the parcels called back in the period. Tier 0 is below the first edge, null where no amount is known.
select
    if(value_minor is null, null, list_count(list_filter($tiers::bigint[], lambda edge: edge <= value_minor)))::integer as tier,
    outcome,
    count(*)::integer as parcels,
    coalesce(list_sort(list(distinct currency)), []) as currencies,
from scoped.refund_intercepts($scope_brands, $scope_vendors, $scope_agents, $keys, $from::date, $to::date, $open_days::integer)
group by tier, outcome
order by tier nulls last, outcome
