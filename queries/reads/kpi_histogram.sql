-- One row per bin of the values of one KPI: bin 0 lies below the first edge, bin n from edge n on.
with valued as (
    select if($clock::varchar = 'business', k.value_business, k.value) as value, k.numerator,
    from scoped.kpi_rows($scope_brands, $scope_vendors, $scope_agents, $keys) as k
    where k.day >= $from::date and k.day < $to::date
        and k.metric = $metric::config.metric
        and k.denominator = 1
),
binned as (
    select list_count(list_filter($edges::double[], lambda edge: edge <= value)) as bin, numerator
    from valued
    where value is not null
)
select bin::integer as bin, count(*)::integer as rows, sum(numerator)::integer as numerator
from binned
group by bin
order by bin
