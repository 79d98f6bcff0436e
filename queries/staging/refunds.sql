-- One row per refund: its latest version that reads. Stored in the order of refund_key, which numbers them by application.
with latest as (
    select t.* exclude (problem, record_text)
    from typed.refunds as t
    anti join superseded.refunds as s using (_load, _record)
    where t.problem is null
),
numbered as (
    select _load, _record, (row_number() over (order by applied_at, source, refund_id))::integer as refund_key from latest
)
select
    n.refund_key,
    latest.* replace (b.reason_id as reason_buyer, w.reason_id as reason_warehouse),
    latest.reason_buyer as reason_buyer_text,
    latest.reason_warehouse as reason_warehouse_text,
from latest
join numbered as n using (_load, _record)
left join config.reason_texts as b on b.text = latest.reason_buyer
left join config.reason_texts as w on w.text = latest.reason_warehouse
order by refund_key
