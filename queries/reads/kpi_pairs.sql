-- One row per KPI, brand and vendor: what counted, what is pending.
select
    metric, brand_id, vendor_id,
    sum(numerator)::integer as numerator,
    sum(denominator)::integer as denominator,
    sum(pending)::integer as pending,
from scoped.daily($scope_brands, $scope_vendors, $scope_agents, $keys)
where day >= $from::date and day < $to::date
    and list_contains($metrics::config.metric[], metric)
group by metric, brand_id, vendor_id
order by metric, brand_id, vendor_id
