-- One row per message of a known ticket: its latest version that reads.
-- as view
select
    m.ticket_key, m.message_id, m.sent_at, m.sender, m.agent_id, coalesce(m.is_public, true) as is_public,
    coalesce(m.is_automatic, false) as is_automatic, m.content_type, m.body, m.updated_at, m._load, m._record,
from typed.messages as m
anti join superseded.messages as s using (_load, _record)
where m.problem is null
