-- One row per dimension and key among the rows that explore_slice counts: what its numbers stand for.
with counted as (
    select brand_id, vendor_id, platform, channel, reason_agent, request_type, reason_buyer
    from scoped.kpi_rows($scope_brands, $scope_vendors, $scope_agents, $keys)
    where day >= $from::date and day < $to::date
        and metric = $metric::config.metric
    group by all
),
named as (
    select 'brand' as dimension, brand_id as key from counted group by all
    union all
    select 'vendor', vendor_id from counted group by all
    union all
    select 'platform', platform::varchar from counted group by all
    union all
    select 'channel', channel::varchar from counted group by all
    union all
    select 'reason_agent', reason_agent from counted group by all
    union all
    select 'request_type', request_type::varchar from counted group by all
    union all
    select 'reason_buyer', reason_buyer from counted group by all
)
select dimension, key
from named
where key is not null
order by dimension, key
