-- One row per case with refunds: what they say about its solution, disputes and reasons.
select
    c.case_key,
    min(case when coalesce(r.approved_at, r.rejected_at, r.refunded_at) is not null
        then greatest(least(r.approved_at, r.rejected_at, r.refunded_at), s.start_at) end) as first_solution_at,
    min(r.platform_intervened_at) as first_intervened_at,
    count(*) filter (r.platform_intervened_at is not null and r.judged_for is distinct from 'withdrawn') > 0 as is_disputed,
    count(*) filter (r.platform_intervened_at is not null and r.judged_for = 'buyer') > 0 as is_seller_liable,
    arg_min(struct_pack(reason := r.reason_buyer), (r.applied_at, r.refund_id)) filter (r.reason_buyer_text is not null) as buyer,
    arg_min(struct_pack(reason := r.reason_warehouse), (r.applied_at, r.refund_id)) filter (r.reason_warehouse_text is not null) as warehouse,
    count(*)::integer as refunds,
from marts.refunds_as_of as r
join marts.refund_cases as c using (refund_key)
join marts.case_starts as s using (case_key)
group by c.case_key
