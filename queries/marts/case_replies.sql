-- One row per case with messages: the first answers after its start, and who answered.
select
    m.case_key,
    min(m.sent_at) filter (m.is_human and m.sent_at >= s.start_at + interval 1 second) as first_response_at,
    min(m.sent_at) filter (m.is_public and m.sender in ('agent', 'bot') and m.sent_at >= s.start_at) as first_touch_at,
    count(distinct m.agent_id) filter (m.is_human) as agents,
    count(*)::integer as messages,
from marts.messages as m
join marts.case_starts as s using (case_key)
group by m.case_key
