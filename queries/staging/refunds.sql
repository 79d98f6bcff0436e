-- One row per refund: its latest version that reads.
select
    t.* exclude (problem, reason_buyer, reason_warehouse),
    b.reason_id as reason_buyer,
    t.reason_buyer as reason_buyer_text,
    w.reason_id as reason_warehouse,
    t.reason_warehouse as reason_warehouse_text,
from typed.refunds as t
anti join superseded.refunds as s using (_load, _record)
left join config.reason_texts as b on b.text = t.reason_buyer
left join config.reason_texts as w on w.text = t.reason_warehouse
where t.problem is null
