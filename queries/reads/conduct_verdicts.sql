-- One row per automatic check and case of a list that it applies to.
select case_id, conduct_check::varchar as "check", passed
from scoped.conduct($scope_brands, $scope_vendors, $scope_agents, '{}')
where list_contains($case_ids::varchar[], case_id)
order by case_id, conduct_check
