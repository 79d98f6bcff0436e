-- One row per case, round or refund behind a KPI: those that count, only those against it, or those pending.
select
    c.case_id, k.item_id, k.day::varchar as day, k.state::varchar as state,
    k.numerator::integer as numerator, k.denominator::integer as denominator,
    if($clock::varchar = 'business', k.value_business, k.value) as value,
from scoped.kpi_rows($scope_brands, $scope_vendors, $scope_agents, $keys) as k
join scoped.cases($scope_brands, $scope_vendors, $scope_agents) as c using (case_key)
where k.day >= $from::date and k.day < $to::date
    and k.metric = $metric::config.metric
    and case $kind::varchar
        when 'counted' then k.denominator = 1
        when 'failing' then k.denominator = 1 and k.numerator = if($is_down::boolean, 1, 0)
        when 'pending' then k.state = 'pending'::vocabulary.kpi_state
    end
order by k.day, c.case_id, k.item_key nulls first
