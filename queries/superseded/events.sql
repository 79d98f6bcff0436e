-- One row per event record that repeats another in every column.
with repeated as (
    select hash(source, ticket_id, happened_at, kind, seq, actor, agent_id, detail) as row_hash
    from typed.events
    group by row_hash
    having count(*) > 1
),
copies as (
    select source, ticket_id, happened_at, kind, seq, actor, agent_id, detail, _load, _record
    from typed.events
    where problem is null and hash(source, ticket_id, happened_at, kind, seq, actor, agent_id, detail) in (select row_hash from repeated)
)
select _load, _record
from copies
qualify row_number() over (partition by source, ticket_id, happened_at, kind, seq, actor, agent_id, detail order by _load, _record) > 1
