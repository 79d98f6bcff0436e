-- One row per case: when it started, who started it, the calendar and the terms in force then.
with spoken as (
    select
        case_key,
        min(sent_at) filter (sender = 'customer') as first_asked_at,
        min(sent_at) filter (is_human) as first_human_at,
        min(sent_at) filter (is_public and not is_automatic and not is_human) as first_other_at,
    from marts.messages
    group by case_key
),
tied as (
    select m.case_key, arg_min(m.is_human, m.message_id) as is_human_first
    from marts.messages as m
    join spoken as s on s.case_key = m.case_key and s.first_human_at = s.first_other_at and m.sent_at = s.first_human_at
    where m.is_public and not m.is_automatic
    group by m.case_key
),
started as (
    select
        h.case_key, h.brand_id, h.vendor_id, least(h.opened_at, s.first_asked_at) as start_at,
        h.is_ticket and coalesce(s.first_human_at <= h.opened_at
            and case
                when s.first_other_at is null or s.first_human_at < s.first_other_at then true
                when s.first_human_at = s.first_other_at then t.is_human_first
            end, false) as is_agent_started,
    from marts.case_heads as h
    left join spoken as s using (case_key)
    left join tied as t using (case_key)
)
select
    s.case_key, s.brand_id, s.start_at, s.is_agent_started, v.calendar, coalesce(c.terms_id, d.terms_id) as terms_id,
from started as s
left join marts.vendor_calendars as v
    on v.vendor_id = s.vendor_id and s.start_at >= v.from_at and s.start_at < v.to_at
left join marts.term_periods as c
    on c.vendor_id = s.vendor_id and c.brand_id = s.brand_id and s.start_at >= c.from_at and s.start_at < c.to_at
left join marts.term_periods as d
    on d.vendor_id is null and s.start_at >= d.from_at and s.start_at < d.to_at
