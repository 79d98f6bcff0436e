-- One row per ticket: its latest version that reads. Stored in the order of ticket_key, which numbers them by opening.
with latest as (
    select t.* exclude (problem, record_text)
    from typed.tickets as t
    anti join superseded.tickets as s using (_load, _record)
    where t.problem is null
),
numbered as (
    select _load, _record, (row_number() over (order by opened_at, source, ticket_id))::integer as ticket_key from latest
)
select
    n.ticket_key,
    latest.* replace (r.reason_id as reason_agent, coalesce(is_spam, false) as is_spam),
    latest.reason_agent as reason_agent_text,
from latest
join numbered as n using (_load, _record)
left join config.reason_texts as r on r.text = latest.reason_agent
order by ticket_key
