-- One row per event by the as-of instant; what a platform did belongs to the ticket a merged one ended in.
-- as view
select
    if(e.kind in ('platform_intervened', 'platform_judged'), coalesce(m.final_key, e.ticket_key), e.ticket_key) as case_key,
    e.happened_at, e.kind, e.seq, e.actor, e.agent_id, e.detail, e._load, e._record,
from staging.events as e
left join marts.merges as m using (ticket_key)
cross join marts.as_of as a
where e.happened_at <= a.as_of
