-- One row per brand and vendor that the principal's cases have: whose names it may learn.
select brand_id, vendor_id
from scoped.cases($scope_brands, $scope_vendors, $scope_agents)
group by brand_id, vendor_id
order by brand_id, vendor_id nulls last
