-- One row: how many rows a KPI has in the period, and the first and last key of their cases with a ticket, which alone have messages.
select
    count(*)::integer as rows,
    min(case_key) filter (is_ticket) as first_key,
    max(case_key) filter (is_ticket) as last_key,
from scoped.kpi_rows($scope_brands, $scope_vendors, $scope_agents, $keys, $of_refunds::boolean)
where metric = $metric::config.metric
    and day >= $from::date and day < $to::date
    and case $kind::varchar
        when 'counted' then denominator = 1
        when 'failing' then denominator = 1 and numerator = if($is_down::boolean, 1, 0)
        when 'pending' then state = 'pending'
    end
