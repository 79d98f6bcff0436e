-- One row per case: the instants its clocks run between, what was counted in it, what platforms decided.
select
    h.case_key, s.start_at, s.is_agent_started, s.calendar, s.terms_id,
    m.first_response_at, m.first_touch_at, coalesce(m.messages, 0) as messages, coalesce(m.agents, 0) as agents,
    coalesce(e.transfers, 0) as transfers,
    least(e.first_solution_at, r.first_solution_at, if(h.is_ticket and h.closed_at >= s.start_at, h.closed_at, null)) as solution_at,
    coalesce(t.first_done_at, h.closed_at) as first_completed_at,
    t.first_reopened_at, coalesce(t.reopens, 0) as reopens,
    least(t.first_reopened_at, e.first_escalated_at, e.first_platform_at, r.first_intervened_at) as first_break_at,
    coalesce(r.is_disputed, false) or (e.first_platform_at is not null and e.judged_for is distinct from 'withdrawn') as is_disputed,
    coalesce(r.is_seller_liable, false) or coalesce(e.judged_for = 'buyer', false) as is_seller_liable,
    r.buyer.reason as reason_buyer, r.warehouse.reason as reason_warehouse, coalesce(r.refunds, 0) as refunds,
from marts.case_heads as h
join marts.case_starts as s using (case_key)
left join marts.case_replies as m using (case_key)
left join marts.case_events as e using (case_key)
left join marts.case_states as t using (case_key)
left join marts.case_refunds as r using (case_key)
