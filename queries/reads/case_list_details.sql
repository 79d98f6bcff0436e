-- One row per case of some keys: what a list shows of it. A few keys are compared one by one, so that DuckDB reads only the blocks they lie in.
select
    c.case_key, c.case_id, c.is_ticket, c.is_flagged, c.order_id, clock.iso(c.start_at) as started_at,
    c.brand_id, c.vendor_id, c.platform::varchar as platform, c.request_type::varchar as request_type, c.agent_id,
    c.reason_agent, c.reason_buyer,
    if($response_clock::varchar = 'business', c.first_response_business_seconds, c.first_response_calendar_seconds) as first_response_seconds,
    if($solution_clock::varchar = 'business', c.solution_business_seconds, c.solution_calendar_seconds) as solution_seconds,
    c.messages, c.reopens, c.csat_score,
from scoped.cases($scope_brands, $scope_vendors, $scope_agents) as c
semi join (select unnest($case_keys::integer[]) as case_key) as p using (case_key)
where c.case_key between list_min($case_keys::integer[]) and list_max($case_keys::integer[])
    and (len($case_keys::integer[]) > 100 or list_contains($case_keys::integer[], c.case_key))
