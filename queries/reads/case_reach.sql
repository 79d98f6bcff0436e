-- One row: how many cases begun in the period there are, and the first and last key of those with a ticket, which alone have messages.
select
    count(*)::integer as rows,
    min(case_key) filter (is_ticket) as first_key,
    max(case_key) filter (is_ticket) as last_key,
from scoped.cases_picked($scope_brands, $scope_vendors, $scope_agents, $keys)
where ($with_flagged::boolean or not is_flagged)
    and started_on >= $from::date and started_on < $to::date
