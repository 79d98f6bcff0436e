-- One row: a case; none for a case outside the scope.
select
    c.case_key, c.case_id, c.is_ticket, c.is_flagged, c.is_spam, c.merged_into_key,
    c.brand_id, c.vendor_id, c.platform::varchar as platform, c.channel::varchar as channel, c.agent_id, c.severity::varchar as severity,
    c.priority::integer as priority, c.shop_id, c.customer_id, c.order_id, c.sku_id, c.request_type::varchar as request_type, c.status,
    c.reason_agent, c.reason_agent_text, c.reason_buyer, c.reason_warehouse, c.csat_score::integer as csat_score,
    c.calendar, c.terms_id, c.is_agent_started, c.is_customer_started, c.has_impossible_order,
    c.messages, c.agents::integer as agents, c.transfers, c.reopens, c.refunds,
    clock.iso(c.ordered_at) as ordered_at, clock.iso(c.opened_at) as opened_at, clock.iso(c.closed_at) as closed_at,
    clock.iso(c.csat_at) as csat_at, clock.iso(c.start_at) as start_at, clock.iso(c.first_touch_at) as first_touch_at,
    clock.iso(c.first_response_at) as first_response_at, clock.iso(c.solution_at) as solution_at,
    clock.iso(c.first_completed_at) as first_completed_at, clock.iso(c.first_reopened_at) as first_reopened_at,
    clock.iso(c.first_break_at) as first_break_at,
from scoped.cases($scope_brands, $scope_vendors, $scope_agents) as c
where c.case_key = $case_key::integer
