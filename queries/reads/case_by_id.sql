-- One row per case that an id names, its own, its ticket's or its order's, whenever it began; the latest first.
select case_id, started_on::varchar as started_on, is_flagged
from scoped.cases($scope_brands, $scope_vendors, $scope_agents)
where case_id = $id::varchar or ticket_id = $id::varchar or order_id = $id::varchar
order by start_at desc, case_id
limit $limit::integer
