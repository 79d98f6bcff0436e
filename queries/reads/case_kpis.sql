-- One row per KPI and case, round or refund of one case: the rows that every number is made of.
select
    metric::varchar as metric, item_key, state::varchar as state, numerator::integer as numerator, denominator::integer as denominator,
    value, value_business,
from scoped.case_kpis($scope_brands, $scope_vendors, $scope_agents, $case_key::integer)
