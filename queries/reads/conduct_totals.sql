-- One row per automatic check and key of a dimension: cases begun in the period that it applies to, and those that failed it.
select
    conduct_check::varchar as "check",
    case $by::varchar when 'vendor' then vendor_id when 'agent' then agent_id end as key,
    count(*)::integer as cases,
    count_if(not passed)::integer as failed,
from scoped.conduct($scope_brands, $scope_vendors, $scope_agents, $keys)
where started_on >= $from::date and started_on < $to::date
group by all
order by "check", key nulls last
