-- One row per case, ticket or refund without one, as it was opened. Spam and merged tickets are flagged and in no denominator.
-- as view
select
    t.ticket_key as case_key, t.source || '/' || t.ticket_id as case_id, t.source, t.ticket_id, true as is_ticket,
    t.is_spam or (m.final_key is not null and m.final_key <> t.ticket_key) as is_flagged,
    t.is_spam, nullif(m.final_key, t.ticket_key) as merged_into_key,
    t.brand_id, t.vendor_id, t.platform, t.channel, t.agent_id, t.severity, t.priority, t.shop_id, t.customer_id, t.order_id,
    t.ordered_at, t.sku_id, t.request_type, t.reason_agent, t.reason_agent_text, t.status, t.opened_at, t.closed_at, t.csat_score,
    t.csat_at,
from marts.tickets as t
left join marts.merges as m using (ticket_key)
union all by name
select
    c.case_key, r.source || '/refund/' || r.refund_id as case_id, r.source, false as is_ticket, false as is_flagged, false as is_spam, r.brand_id,
    r.vendor_id, r.platform, r.shop_id, r.customer_id, r.order_id, r.ordered_at, r.sku_id, r.request_type, r.status,
    r.applied_at as opened_at, least(r.refunded_at, r.rejected_at, r.closed_at) as closed_at,
from marts.refunds_as_of as r
join marts.refund_cases as c using (refund_key)
where c.is_lone
