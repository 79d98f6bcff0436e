-- One row per case begun in the period that failed one automatic check, the latest first.
select case_id, started_on::varchar as started_on, brand_id, vendor_id, agent_id, message_id, clock.iso(shown_at) as shown_at, detail
from scoped.conduct($scope_brands, $scope_vendors, $scope_agents, $keys)
where conduct_check = $check::vocabulary.conduct and not passed
    and started_on >= $from::date and started_on < $to::date
order by started_on desc, case_key desc
limit $limit::integer offset $offset::integer
