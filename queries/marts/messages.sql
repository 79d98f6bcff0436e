-- One row per message sent by the as-of instant; is_human marks what an agent typed for the customer to read.
-- as view
select
    m.ticket_key as case_key, m.message_id, m.sent_at, m.sender, m.agent_id, m.is_public, m.is_automatic,
    m.sender = 'agent' and m.is_public and not m.is_automatic as is_human, m.content_type, m.body,
from staging.messages as m, marts.as_of as a
where m.sent_at <= a.as_of
