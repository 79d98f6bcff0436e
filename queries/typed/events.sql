-- One row per event record: its text read into types, and the first reason why it cannot be.
select
    source, _load, _record,
    parse.id(ticket_id_text) as ticket_id,
    parse.instant(at_text, _clock) as happened_at,
    parse.text(kind_text) as kind,
    parse.whole_number(seq_text) as seq,
    parse.text(actor_text) as actor,
    parse.id(agent_id_text) as agent_id,
    parse.text(detail_text) as detail,
    coalesce(
        parse.needs('ticket_id', ticket_id_text, ticket_id),
        parse.keeps_digits('ticket_id', ticket_id),
        parse.needs('at', at_text, happened_at),
        parse.needs('kind', kind_text, kind),
        parse.one_of('kind', kind, vocabulary.states() || vocabulary.happenings()),
        parse.allows('seq', seq_text, seq),
        case when kind = 'platform_judged' then parse.one_of('detail', detail, vocabulary.judgements()) end,
        case when kind = 'priority_changed' then parse.one_of('detail', detail, ['1', '2', '3']) end
    ) as problem,
    _record_text,
from canonical.events
