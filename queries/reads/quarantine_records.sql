-- One row per record in quarantine: where it is, what was wrong, and the record as it was read.
select
    source, table_name, file, record::double as record, column_name, value, reason, record_text::varchar as record_text,
from scoped.quarantine($scope_brands, $scope_vendors, $scope_agents)
where ($source::varchar is null or source = $source::varchar)
    and ($table::varchar is null or table_name = $table::varchar)
    and ($reason::varchar is null or reason = $reason::varchar)
    and ($column::varchar is null or column_name = $column::varchar)
order by load_no, table_name, record, column_name
limit $limit::integer offset $offset::integer
