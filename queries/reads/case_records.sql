-- One row per record that one case rests on, with the file it came in.
select table_name, id, record::integer as record, source, file, load_id, clock.iso(loaded_at) as loaded_at, is_database
from scoped.case_records($scope_brands, $scope_vendors, $scope_agents, $case_key::integer) as r
order by r.table_name, r.source, r.loaded_at, r.load_id, r.record
limit $most::integer
