-- One row per KPI and case, round or refund of one case: the rows that every number is made of, with limit and clock of its terms.
select
    k.metric::varchar as metric, k.item_key, k.day::varchar as day, k.state::varchar as state, k.numerator::integer as numerator,
    k.denominator::integer as denominator, k.value, k.value_business, t.limit_seconds, coalesce(t.clock, 'calendar') as clock,
from scoped.case_kpis($scope_brands, $scope_vendors, $scope_agents) as k
left join marts.terms as t on t.terms_id = k.terms_id and t.metric = k.metric::varchar
where k.case_key = $case_key::integer
order by k.metric, k.item_key
