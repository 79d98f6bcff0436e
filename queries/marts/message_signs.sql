-- One row per public message that says something about conduct: every human answer, buyers' faults and pictures, whoever tells an address. Texts are read here, once.
with spoken as (
    select
        case_key, message_id, sent_at, is_human, sender = 'customer' as is_customer, content_type, body,
        case when sender <> 'customer' then regexp_matches(body, conduct.watched_words() || '|' || config.forbidden_words()) end as is_watched,
    from marts.messages
    where is_public and body is not null
),
read as (
    select
        *,
        case when is_watched then conduct.tells_address(body) end as tells_address,
        case when is_watched and is_human then conduct.may_promise(body) end as may_promise,
        case when is_watched and is_human then conduct.may_be_personal(body) end as may_be_personal,
        case when is_watched and is_human then regexp_matches(body, config.forbidden_words()) end as may_be_forbidden,
        case when is_human then conduct.greets(body) end as greets,
        case when is_human then conduct.says_goodbye(body) end as says_goodbye,
        case when is_human then conduct.asks_evidence(body) end as asks_evidence,
        case when is_customer then conduct.shows_evidence(body, content_type) end as shows_evidence,
        case when is_customer then conduct.reports_fault(body) end as reports_fault,
    from spoken
)
select
    case_key, message_id, sent_at, is_human, greets, says_goodbye, asks_evidence, shows_evidence, reports_fault, tells_address,
    may_promise, may_be_personal, may_be_forbidden,
    case when may_promise or may_be_personal or may_be_forbidden then body end as said,
    case when is_human and length(body) >= 6 and not starts_with(body, '[') then hash(body) end as text_hash,
from read
where is_human or tells_address or shows_evidence or reports_fault
