-- One row per dimension and key that the principal's cases have, or their refunds: what the numbers of explore_slice stand for.
with named as (
    select 'brand' as dimension, brand_id as key from scoped.cases($scope_brands, $scope_vendors, $scope_agents) group by all
    union all
    select 'vendor', vendor_id from scoped.cases($scope_brands, $scope_vendors, $scope_agents) group by all
    union all
    select 'platform', platform::varchar from scoped.cases($scope_brands, $scope_vendors, $scope_agents) group by all
    union all
    select 'channel', channel::varchar from scoped.cases($scope_brands, $scope_vendors, $scope_agents) group by all
    union all
    select 'reason_agent', reason_agent from scoped.cases($scope_brands, $scope_vendors, $scope_agents) group by all
    union all
    select 'request_type', request_type::varchar from scoped.cases($scope_brands, $scope_vendors, $scope_agents) where not $of_refunds::boolean group by all
    union all
    select 'reason_buyer', reason_buyer from scoped.cases($scope_brands, $scope_vendors, $scope_agents) where not $of_refunds::boolean group by all
    union all
    select 'request_type', request_type::varchar from scoped.refunds($scope_brands, $scope_vendors, $scope_agents) where $of_refunds::boolean group by all
    union all
    select 'reason_buyer', reason_buyer from scoped.refunds($scope_brands, $scope_vendors, $scope_agents) where $of_refunds::boolean group by all
)
select dimension, key
from named
where key is not null
order by dimension, key
