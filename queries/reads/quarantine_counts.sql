-- One row per source, table, column and reason: how many records are in quarantine.
select source, table_name, column_name, reason, count(*)::integer as records,
from scoped.quarantine($scope_brands, $scope_vendors, $scope_agents)
group by all
order by records desc, source, table_name, column_name, reason
