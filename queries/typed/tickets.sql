-- One row per ticket record: its text read into types once, and the first reason why it cannot be used.
with texts as (
    select
        source, _load, _record, _clock, _given,
        parse.id(ticket_id_text) as ticket_id, coalesce(parse.id(brand_id_text), _brand_id) as brand_id,
        parse.id(shop_id_text) as shop_id, coalesce(parse.text(platform_text), _platform) as platform_text,
        parse.text(channel_text) as channel_text, coalesce(parse.id(vendor_id_text), _vendor_id) as vendor_id,
        parse.id(agent_id_text) as agent_id, parse.id(customer_id_text) as customer_id, parse.id(order_id_text) as order_id,
        parse.text(ordered_at_text) as ordered_at_text, parse.id(sku_id_text) as sku_id,
        parse.text(request_type_text) as request_type_text, parse.text(priority_text) as priority_text,
        parse.text(severity_text) as severity_text, parse.text(opened_at_text) as opened_at_text,
        parse.text(closed_at_text) as closed_at_text, parse.text(status_text) as status_text,
        parse.text(reason_agent_text) as reason_agent, parse.text(updated_at_text) as updated_at_text,
        parse.id(merged_into_text) as merged_into, parse.text(is_spam_text) as is_spam_text,
        parse.text(csat_score_text) as csat_score_text, parse.text(csat_at_text) as csat_at_text,
    from canonical.tickets
),
typed as (
    select
        *,
        parse.instant(ordered_at_text, _clock) as ordered_at, try_cast(parse.whole_number(priority_text) as tinyint) as priority,
        parse.instant(opened_at_text, _clock) as opened_at, parse.instant(closed_at_text, _clock) as closed_at,
        parse.instant(updated_at_text, _clock) as updated_at, parse.truth(is_spam_text) as is_spam,
        try_cast(parse.whole_number(csat_score_text) as tinyint) as csat_score, parse.instant(csat_at_text, _clock) as csat_at,
        try_cast(platform_text as vocabulary.platform) as platform,
        try_cast(channel_text as vocabulary.channel) as channel,
        try_cast(request_type_text as vocabulary.request_type) as request_type,
        try_cast(severity_text as vocabulary.severity) as severity,
        try_cast(status_text as vocabulary.status) as status,
    from texts
),
judged as (
    select
        *,
        coalesce(
            parse.needs('ticket_id', ticket_id, ticket_id),
            parse.keeps_digits('ticket_id', ticket_id),
            parse.keeps_digits('order_id', order_id),
            parse.keeps_digits('sku_id', sku_id),
            parse.needs('brand_id', brand_id, brand_id),
            parse.declared('brand_id', brand_id, brand_id in (select b.brand_id from config.brands as b)),
            parse.declared('vendor_id', vendor_id, vendor_id in (select v.vendor_id from config.vendors as v)),
            parse.needs('opened_at', opened_at_text, opened_at),
            case when status_text is null then 'status missing' end,
            parse.knows('status', status_text, status),
            parse.knows('platform', platform_text, platform),
            parse.knows('channel', channel_text, channel),
            parse.knows('request_type', request_type_text, request_type),
            parse.allows('priority', priority_text, if(priority between 1 and 3, priority, null)),
            parse.knows('severity', severity_text, severity),
            parse.allows('ordered_at', ordered_at_text, ordered_at),
            parse.allows('closed_at', closed_at_text, closed_at),
            parse.allows('updated_at', updated_at_text, updated_at),
            parse.allows('is_spam', is_spam_text, is_spam),
            parse.allows('csat_score', csat_score_text, if(csat_score between 1 and 5, csat_score, null)),
            parse.allows('csat_at', csat_at_text, csat_at)
        ) as problem,
    from typed
)
select
    source, _load, _record, ticket_id, brand_id, shop_id, platform, channel, vendor_id, agent_id, customer_id, order_id,
    ordered_at, sku_id, request_type, priority, severity, opened_at, closed_at, status, reason_agent, updated_at, merged_into,
    is_spam, csat_score, csat_at,
    problem, case when problem is not null then to_json(_given) end as record_text,
from judged
