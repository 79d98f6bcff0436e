-- One row per agent and SKU of the cases begun in the period, those with most cases first, at most $limit of each.
with begun as (
    select agent_id, sku_id
    from scoped.cases($scope_brands, $scope_vendors, $scope_agents)
    where not is_flagged and started_on >= $from::date and started_on < $to::date
),
counted as (
    select 'agent' as dimension, agent_id as key, count(*)::integer as cases from begun where agent_id is not null group by agent_id
    union all
    select 'sku' as dimension, sku_id as key, count(*)::integer as cases from begun where sku_id is not null group by sku_id
)
select dimension, key
from counted
qualify row_number() over (partition by dimension order by cases desc, key) <= $limit::integer
order by dimension, cases desc, key
