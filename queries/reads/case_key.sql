-- One row per case that may have an id: its key in this snapshot.
select case_key
from scoped.case_index($scope_brands, $scope_vendors, $scope_agents)
where text_key = keys.text_key('case', $case_id::varchar)
