-- One row per message record: its text read into types, and the first reason why it cannot be.
select
    source, _load, _record,
    parse.id(message_id_text) as message_id,
    parse.id(ticket_id_text) as ticket_id,
    parse.instant(sent_at_text, _clock) as sent_at,
    parse.text(sender_text) as sender,
    parse.id(agent_id_text) as agent_id,
    parse.truth(is_public_text) as is_public,
    parse.truth(is_automatic_text) as is_automatic,
    parse.text(content_type_text) as content_type,
    body_text as body,
    parse.instant(updated_at_text, _clock) as updated_at,
    coalesce(
        parse.needs('message_id', message_id_text, message_id),
        parse.keeps_digits('message_id', message_id),
        parse.needs('ticket_id', ticket_id_text, ticket_id),
        parse.keeps_digits('ticket_id', ticket_id),
        parse.needs('sent_at', sent_at_text, sent_at),
        parse.needs('sender', sender_text, sender),
        parse.one_of('sender', sender, vocabulary.senders()),
        parse.allows('is_public', is_public_text, is_public),
        parse.allows('is_automatic', is_automatic_text, is_automatic),
        parse.allows('updated_at', updated_at_text, updated_at)
    ) as problem,
    _record_text,
from canonical.messages
