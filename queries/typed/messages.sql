-- One row per message record: its text read into types once, and the first reason why it cannot be used.
with texts as (
    select
        source, _load, _record, _clock, _given,
        parse.id(message_id_text) as message_id, parse.id(ticket_id_text) as ticket_id, parse.text(sent_at_text) as sent_at_text,
        parse.text(sender_text) as sender_text, parse.id(agent_id_text) as agent_id, parse.text(is_public_text) as is_public_text,
        parse.text(is_automatic_text) as is_automatic_text, parse.text(content_type_text) as content_type, body_text as body,
        parse.text(updated_at_text) as updated_at_text,
    from canonical.messages
),
typed as (
    select
        *,
        parse.instant(sent_at_text, _clock) as sent_at, parse.truth(is_public_text) as is_public,
        parse.truth(is_automatic_text) as is_automatic, parse.instant(updated_at_text, _clock) as updated_at,
        try_cast(sender_text as vocabulary.sender) as sender,
    from texts
),
tickets as (
    select source, ticket_id, ticket_key from staging.tickets
),
judged as (
    select
        *,
        coalesce(
            parse.needs('message_id', message_id, message_id),
            parse.keeps_digits('message_id', message_id),
            parse.needs('ticket_id', ticket_id, ticket_id),
            parse.keeps_digits('ticket_id', ticket_id),
            parse.needs('sent_at', sent_at_text, sent_at),
            case when sender_text is null then 'sender missing' end,
            parse.knows('sender', sender_text, sender),
            parse.allows('is_public', is_public_text, is_public),
            parse.allows('is_automatic', is_automatic_text, is_automatic),
            parse.allows('updated_at', updated_at_text, updated_at),
            case when ticket_key is null then 'ticket_id unknown_ticket' end
        ) as problem,
    from typed
    left join tickets using (source, ticket_id)
)
select
    ticket_key, _load, _record, message_id, sent_at, sender, agent_id, is_public,
    is_automatic, content_type, body, updated_at,
    problem, case when problem is not null then to_json(_given) end as record_text,
from judged
