-- One row per case that a person answered: none of the configured phrases in what agents typed?
with hits as (
    select s.case_key, s.sent_at, s.message_id, config.forbidden_phrase(s.said, c.brand_id) as phrase
    from marts.message_signs as s
    join marts.cases as c using (case_key)
    where s.may_be_forbidden
),
first_hits as (
    select case_key, arg_min({message_id: message_id, shown_at: sent_at, phrase: phrase}, (sent_at, message_id)) as hit
    from hits
    where phrase is not null
    group by case_key
)
select
    c.case_key, h.hit is null as passed, h.hit.message_id as message_id, coalesce(h.hit.shown_at, t.last_said_at) as shown_at,
    h.hit.phrase as detail,
from marts.cases as c
join marts.case_talk as t using (case_key)
left join first_hits as h using (case_key)
where not c.is_flagged and c.is_ticket and t.human_messages > 0
