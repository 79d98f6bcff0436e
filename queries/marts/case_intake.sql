-- One row per ticket that lacks order or request: whether the conversation told or asked for them.
with lacking as (
    select case_key
    from marts.cases
    where is_ticket and not is_flagged and (order_id is null or (request_type is null and refunds = 0))
)
select
    m.case_key,
    bool_or(if(m.is_human, conduct.asks_order(m.body), conduct.says_order(m.body))) as has_order,
    bool_or(if(m.is_human, conduct.asks_outcome(m.body), conduct.says_outcome(m.body))) as has_outcome,
from marts.messages as m
semi join lacking as l using (case_key)
where m.is_public and m.body is not null and (m.is_human or m.sender = 'customer')
group by m.case_key
