-- One row per case, round or refund behind a KPI: those that count, only those against it, or those pending.
select
    k.case_id, k.item_id, k.day::varchar as day, k.state::varchar as state, k.numerator::integer as numerator, k.denominator::integer as denominator,
    if(k.is_duration and coalesce($clock::varchar, k.default_clock) = 'business', k.value_business, k.value) as value,
from scoped.kpi_rows($scope_brands, $scope_vendors, $scope_agents, $keys, $of_refunds::boolean) as k
where k.day >= $from::date and k.day < $to::date
    and k.metric = $metric::config.metric
    and case $kind::varchar
        when 'counted' then k.denominator = 1
        when 'failing' then k.denominator = 1 and k.numerator = if($is_down::boolean, 1, 0)
        when 'pending' then k.state = 'pending'
    end
order by k.day, k.case_id, k.item_key nulls first
