-- One row: how many rows case_list has, and the first and last key of their cases with a ticket, which alone have messages.
select
    count(*)::integer as rows,
    min(case_key) filter (is_ticket) as first_key,
    max(case_key) filter (is_ticket) as last_key,
from scoped.cases_listed(
    $scope_brands, $scope_vendors, $scope_agents, $keys, $from, $to, $with_flagged::boolean,
    null, null, null
)
