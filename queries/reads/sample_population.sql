-- One row per case that a sample may draw: tickets begun in the period with the keys picked, spam and merged ones left out; by id, so that a draw depends on nothing else.
select
    case_id, brand_id, vendor_id, agent_id, started_on::varchar as started_on,
    request_type::varchar as request_type, channel::varchar as channel
from scoped.cases_picked($scope_brands, $scope_vendors, $scope_agents, $keys)
where is_ticket and not is_flagged
    and started_on >= $from::date and started_on < $to::date
order by case_id
