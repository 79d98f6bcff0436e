-- One row per case and what it may have in common with a case, its customer, its order or a merge: its key.
select case_key
from scoped.case_links($scope_brands, $scope_vendors, $scope_agents)
where text_key in (
    keys.text_key('customer', $customer_id::varchar),
    keys.text_key('order', $brand_id::varchar || '/' || $order_id::varchar),
    keys.text_key('merged', $case_key::varchar)
)
