-- One row per case that a person answered: no identity, card or code asked for, no personal data of buyers written out?
with hits as (
    select case_key, sent_at, message_id, conduct.exposed(said) as exposed, conduct.asked_for(said) as asked
    from marts.message_signs
    where may_be_personal
),
first_hits as (
    select
        case_key,
        arg_min({message_id: message_id, shown_at: sent_at, detail: if(exposed is null, 'asked:' || asked, 'exposed:' || exposed)}, (sent_at, message_id)) as hit,
    from hits
    where exposed is not null or asked is not null
    group by case_key
)
select
    c.case_key, h.hit is null as passed, h.hit.message_id as message_id, coalesce(h.hit.shown_at, t.last_said_at) as shown_at,
    h.hit.detail as detail,
from marts.cases as c
join marts.case_talk as t using (case_key)
left join first_hits as h using (case_key)
where not c.is_flagged and c.is_ticket and t.human_messages > 0
