-- One row per KPI, vendor and span of seven days counted back from the period's end, 0 being the last.
select
    metric, vendor_id, (datediff('day', day, $to::date - 1) // 7)::integer as weeks_back,
    sum(numerator)::integer as numerator,
    sum(denominator)::integer as denominator,
from scoped.daily($scope_brands, $scope_vendors, $scope_agents, $keys)
where day >= $to::date - 63 and day < $to::date
    and list_contains($metrics::config.metric[], metric)
    and vendor_id is not null
group by metric, vendor_id, weeks_back
order by metric, vendor_id, weeks_back
