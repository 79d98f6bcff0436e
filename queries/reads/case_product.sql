-- One row: the product of a brand and sku.
select title, category, attributes::varchar as attributes
from scoped.products($scope_brands, $scope_vendors, $scope_agents)
where brand_id = $brand_id::varchar and sku_id = $sku_id::varchar
