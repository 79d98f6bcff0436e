-- No rows: cases are the tickets opened by the as-of instant and the refunds that no ticket claims, each once.
with expected as (
    select
        (select count(*) from staging.tickets, marts.as_of where opened_at <= as_of) as tickets,
        (select count(*) from marts.refund_cases where is_lone) as lone_refunds,
),
found as (
    select count(*) filter (is_ticket) as tickets, count(*) filter (not is_ticket) as lone_refunds from marts.cases
)
select e.tickets, f.tickets as case_tickets, e.lone_refunds, f.lone_refunds as case_lone_refunds
from expected as e, found as f
where e.tickets <> f.tickets or e.lone_refunds <> f.lone_refunds
