-- One row per event record: its text read into types once, and the first reason why it cannot be used.
with texts as (
    select
        source, _load, _record, _clock, _given,
        parse.id(ticket_id_text) as ticket_id, parse.text(at_text) as at_text, parse.text(kind_text) as kind_text,
        parse.text(seq_text) as seq_text, parse.text(actor_text) as actor, parse.id(agent_id_text) as agent_id,
        parse.text(detail_text) as detail,
    from canonical.events
),
typed as (
    select
        *,
        parse.instant(at_text, _clock) as happened_at, parse.whole_number(seq_text) as seq,
        try_cast(kind_text as vocabulary.event_kind) as kind,
    from texts
),
tickets as (
    select source, ticket_id, ticket_key from staging.tickets
),
judged as (
    select
        *,
        coalesce(
            parse.needs('ticket_id', ticket_id, ticket_id),
            parse.keeps_digits('ticket_id', ticket_id),
            parse.needs('at', at_text, happened_at),
            case when kind_text is null then 'kind missing' end,
            parse.knows('kind', kind_text, kind),
            parse.allows('seq', seq_text, seq),
            case when kind = 'platform_judged' then parse.knows('detail', detail, try_cast(detail as vocabulary.judgement)) end,
            case when kind = 'priority_changed' then parse.knows('detail', detail, if(detail in ('1', '2', '3'), detail, null)) end,
            case when ticket_key is null then 'ticket_id unknown_ticket' end
        ) as problem,
    from typed
    left join tickets using (source, ticket_id)
)
select
    ticket_key, _load, _record, happened_at, kind, seq, actor, agent_id, detail,
    problem, case when problem is not null then to_json(_given) end as record_text,
from judged
