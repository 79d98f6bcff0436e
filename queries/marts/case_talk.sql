-- One row per case with signs: when its agents greeted, said goodbye and told the address, whether a fault was reported and shown.
select
    case_key,
    count_if(is_human)::integer as human_messages,
    min(sent_at) filter (greets) as greeted_at,
    max(sent_at) filter (is_human) as last_said_at,
    max(sent_at) filter (says_goodbye) as goodbye_at,
    min(sent_at) filter (tells_address) as address_at,
    coalesce(bool_or(asks_evidence or shows_evidence), false) as has_evidence,
    coalesce(bool_or(reports_fault), false) as has_fault,
from marts.message_signs
group by case_key
