-- One row per record of a file whose columns carry the canonical names.
-- require: ticket_id, at, kind
-- mask: detail
select ticket_id, "at", kind, seq, actor, agent_id, detail, _load, _record,
from raw.events
