-- One row per ticket with a return approved at least a day ago: was the address sent, in words or by an event, within a day?
with approved as (
    select case_key, min(approved_at) as approved_at
    from marts.refunds
    where request_type = 'return_refund' and approved_at is not null and (rejected_at is null or rejected_at > approved_at)
        and goods_status is distinct from 'waived'
    group by case_key
),
told as (
    select case_key, min(happened_at) as happened_at
    from marts.events
    where kind = 'return_address_sent'
    group by case_key
)
select
    c.case_key, coalesce(least(t.address_at, e.happened_at) <= p.approved_at + interval 1 day, false) as passed,
    null::varchar as message_id, coalesce(least(t.address_at, e.happened_at), p.approved_at) as shown_at,
    case when least(t.address_at, e.happened_at) is null then 'never' when least(t.address_at, e.happened_at) > p.approved_at + interval 1 day then 'late' end as detail,
from approved as p
join marts.cases as c using (case_key)
cross join marts.as_of as a
left join marts.case_talk as t using (case_key)
left join told as e using (case_key)
where c.is_ticket and not c.is_flagged and p.approved_at + interval 1 day < a.as_of
