-- One row per completed conversation (no e-mail or form) that a person answered: does its last word, or one within ten minutes before, say goodbye?
select
    c.case_key, coalesce(t.goodbye_at >= t.last_said_at - interval 10 minutes, false) as passed, null::varchar as message_id,
    coalesce(if(t.goodbye_at >= t.last_said_at - interval 10 minutes, t.goodbye_at, null), t.last_said_at) as shown_at, null::varchar as detail,
from marts.cases as c
join marts.case_talk as t using (case_key)
where not c.is_flagged and c.is_ticket and c.first_completed_at is not null and t.human_messages > 0
    and (c.channel is null or c.channel not in ('email', 'form'))
