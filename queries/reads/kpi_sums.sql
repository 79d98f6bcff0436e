-- One row per currency: the rows that count against or for one KPI in their numerator, and what their values add up to.
select currency, count(*)::integer as rows, sum(value) as total
from scoped.kpi_rows($scope_brands, $scope_vendors, $scope_agents, $keys)
where day >= $from::date and day < $to::date
    and metric = $metric::config.metric
    and numerator = 1
group by currency
order by rows desc, currency
