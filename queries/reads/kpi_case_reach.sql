-- One row: how many rows kpi_case_list has, and the first and last key of their cases with a ticket, which alone have messages.
select
    count(*)::integer as rows,
    min(case_key) filter (is_ticket) as first_key,
    max(case_key) filter (is_ticket) as last_key,
from scoped.kpi_rows_listed(
    $scope_brands, $scope_vendors, $scope_agents, $keys, $metric, $kind::varchar, $is_down::boolean,
    $from, $to, null, null, null, null
)
