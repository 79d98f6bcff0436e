-- One row per event record that repeats another in every column.
with repeated as (
    select hash(ticket_key, happened_at, kind, seq, actor, agent_id, detail) as row_hash
    from typed.events
    where problem is null
    group by row_hash
    having count(*) > 1
),
copies as (
    select ticket_key, happened_at, kind, seq, actor, agent_id, detail, _load, _record
    from typed.events
    where problem is null and hash(ticket_key, happened_at, kind, seq, actor, agent_id, detail) in (select row_hash from repeated)
)
select _load, _record
from copies
qualify row_number() over (partition by ticket_key, happened_at, kind, seq, actor, agent_id, detail order by _load, _record) > 1
