-- One row per event of a known ticket.
select k.ticket_key, e.source, e.happened_at, e.kind, e.seq, e.actor, e.agent_id, e.detail, e._load, e._record,
from typed.events as e
join staging.tickets as k using (source, ticket_id)
anti join superseded.events as s on s._load = e._load and s._record = e._record
where e.problem is null
