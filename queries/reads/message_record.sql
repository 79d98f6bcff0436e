-- One row at most: the record that one message of one case came in.
select source, load_id, record::integer as record
from scoped.case_records($scope_brands, $scope_vendors, $scope_agents, $case_key::integer) as r
where r.table_name = 'messages' and r.id = $message_id::varchar
limit 1
