-- One row per event of a known ticket.
-- as view
select e.ticket_key, e.happened_at, e.kind, e.seq, e.actor, e.agent_id, e.detail, e._load, e._record,
from typed.events as e
anti join superseded.events as s using (_load, _record)
where e.problem is null
