-- One row per message record that a later version of the same id replaces.
with repeated as (
    select hash(message_id) as id_hash
    from typed.messages
    where problem is null
    group by id_hash
    having count(*) > 1
),
versions as (
    select l.source, m.message_id, m.updated_at, m._load, m._record
    from typed.messages as m
    join config.loads as l on l.load_no = m._load
    where m.problem is null and hash(m.message_id) in (select id_hash from repeated)
)
select _load, _record
from versions
qualify row_number() over (partition by source, message_id order by updated_at desc nulls last, _load desc, _record desc) > 1
