-- One row per source and table: its files, when one was last loaded, where its records went.
select
    source, table_name,
    count(*)::integer as files,
    strftime(max(loaded_at), '%Y-%m-%dT%H:%M:%S.%gZ') as loaded_at,
    sum(records)::double as records,
    sum(loaded)::double as loaded,
    sum(superseded)::double as superseded,
    sum(ignored)::double as ignored,
    sum(quarantined)::double as quarantined,
from scoped.file_accounts($scope_brands, $scope_vendors, $scope_agents)
group by source, table_name
order by source, table_name
