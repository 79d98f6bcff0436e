-- One row per case with three human answers or more: none of at least six characters typed three times?
with pasted as (
    select case_key, text_hash
    from marts.message_signs
    where text_hash is not null
    group by case_key, text_hash
    having count(*) >= 3
),
thirds as (
    select s.case_key, s.sent_at, s.message_id, count(*) over (partition by s.case_key, s.text_hash)::integer as times,
    from marts.message_signs as s
    join pasted as p on p.case_key = s.case_key and p.text_hash = s.text_hash
    qualify row_number() over (partition by s.case_key, s.text_hash order by s.sent_at, s.message_id) = 3
),
first_thirds as (
    select case_key, arg_min({message_id: message_id, sent_at: sent_at, times: times}, (sent_at, message_id)) as third
    from thirds
    group by case_key
)
select
    c.case_key, p.case_key is null as passed, p.third.message_id as message_id, coalesce(p.third.sent_at, t.last_said_at) as shown_at,
    p.third.times::varchar as detail,
from marts.cases as c
join marts.case_talk as t using (case_key)
left join first_thirds as p using (case_key)
where not c.is_flagged and c.is_ticket and t.human_messages >= 3
