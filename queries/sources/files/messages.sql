-- One row per record of a file whose columns carry the canonical names.
-- require: message_id, ticket_id, sent_at, sender
-- mask: body
select
    message_id, ticket_id, sent_at, sender, agent_id, is_public, is_automatic, content_type, body, updated_at,
    _load, _record,
from raw.messages
