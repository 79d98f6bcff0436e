-- One row per customer-started case whose window of the first answer is closed: did a person answer in time and greet, with it or within a minute?
with greeted as (
    select
        c.case_key, k.state, coalesce(c.first_response_at, c.start_at) as shown_at,
        coalesce(t.greeted_at <= c.first_response_at + interval 1 minute, false) as is_greeted,
    from kpis.first_response as k
    join marts.cases as c using (case_key)
    left join marts.case_talk as t using (case_key)
    where k.state <> 'pending'
)
select
    case_key, state = 'met' and is_greeted as passed, null::varchar as message_id, shown_at,
    case when state = 'breached' then 'no_answer' when state = 'late' then 'late' when not is_greeted then 'no_greeting' end as detail,
from greeted
