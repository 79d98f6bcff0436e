-- One row per message record that a later version of the same id replaces.
with repeated as (
    select hash(source, message_id) as id_hash
    from typed.messages
    group by id_hash
    having count(*) > 1
),
versions as (
    select source, message_id, updated_at, _load, _record
    from typed.messages
    where problem is null and hash(source, message_id) in (select id_hash from repeated)
)
select _load, _record
from versions
qualify row_number() over (partition by source, message_id order by updated_at desc nulls last, _load desc, _record desc) > 1
