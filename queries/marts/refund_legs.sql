-- One row per refund: its case, its calendar, the instants its legs run between.
-- as view
select
    r.*, c.case_key, c.is_lone, s.calendar,
    least(r.approved_at, r.rejected_at) as decided_at,
    coalesce(r.inspected_at, r.received_at, r.buyer_shipped_at, least(r.approved_at, r.rejected_at)) as ready_at,
from marts.refunds_as_of as r
left join marts.refund_cases as c using (refund_key)
left join marts.case_starts as s using (case_key)
