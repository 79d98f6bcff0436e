-- One row per customer-started request that a person answered and that is completed or a day old: order, picture of a fault and wanted outcome known or asked for?
with asked as (
    select
        c.case_key, c.first_response_at as shown_at,
        list_filter([
            case when c.order_id is null and not coalesce(i.has_order, false) then 'order' end,
            case when t.has_fault and not t.has_evidence and c.channel is distinct from 'phone' then 'evidence' end,
            case when c.request_type is null and c.refunds = 0 and not coalesce(i.has_outcome, false) then 'outcome' end
        ], lambda part: part is not null) as missing,
    from marts.cases as c
    join marts.case_talk as t using (case_key)
    left join marts.case_intake as i using (case_key)
    where not c.is_flagged and c.is_customer_started and c.first_response_at is not null and c.request_type is distinct from 'enquiry'
        and (c.first_completed_at is not null or c.waited_calendar_seconds > 86400)
)
select case_key, len(missing) = 0 as passed, null::varchar as message_id, shown_at, nullif(array_to_string(missing, ','), '') as detail
from asked
