-- One row per refund of one case: its instants, amounts, reasons, and its legs on both clocks.
select
    r.refund_key, r.refund_id, r.request_type::varchar as request_type, r.sku_id, r.status, r.phase, r.decided_by::varchar as decided_by,
    r.goods_status::varchar as goods_status, r.judged_for::varchar as judged_for, r.is_instant, r.region, r.currency,
    r.amount_applied_minor::double as amount_applied_minor, r.amount_refunded_minor::double as amount_refunded_minor,
    r.reason_buyer, r.reason_buyer_text, r.reason_warehouse, r.reason_warehouse_text, r.tracking_no, r.has_impossible_order,
    clock.iso(r.applied_at) as applied_at, clock.iso(r.approved_at) as approved_at, clock.iso(r.rejected_at) as rejected_at,
    clock.iso(r.buyer_shipped_at) as buyer_shipped_at, clock.iso(r.return_picked_up_at) as return_picked_up_at,
    clock.iso(r.received_at) as received_at, clock.iso(r.inspected_at) as inspected_at, clock.iso(r.refunded_at) as refunded_at,
    clock.iso(r.closed_at) as closed_at, clock.iso(r.deadline_at) as deadline_at,
    clock.iso(r.intercept_requested_at) as intercept_requested_at, clock.iso(r.platform_intervened_at) as platform_intervened_at,
    clock.iso(r.parcel_last_scan_at) as parcel_last_scan_at,
    r.refund_calendar_seconds, r.refund_business_seconds, r.decide_calendar_seconds, r.decide_business_seconds,
    r.ship_calendar_seconds, r.ship_business_seconds, r.transit_calendar_seconds, r.transit_business_seconds,
    r.inspect_calendar_seconds, r.inspect_business_seconds, r.pay_calendar_seconds, r.pay_business_seconds,
    r.after_receipt_calendar_seconds, r.after_receipt_business_seconds,
from scoped.case_refunds($scope_brands, $scope_vendors, $scope_agents, $case_key::integer) as r
order by r.applied_at, r.refund_id
limit $most::integer
