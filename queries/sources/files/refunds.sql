-- One row per record of a file whose columns carry the canonical names.
-- require: refund_id, applied_at
-- hash: customer_id
select
    refund_id, ticket_id, order_id, ordered_at, sku_id, brand_id, vendor_id, shop_id, platform, customer_id, region, request_type,
    phase, applied_at, approved_at, rejected_at, buyer_shipped_at, return_picked_up_at, received_at, inspected_at, refunded_at,
    closed_at, deadline_at, intercept_requested_at, status, amount_applied_minor, amount_refunded_minor, currency, is_instant,
    decided_by, platform_intervened_at, judged_for, goods_status, reason_buyer, reason_warehouse, tracking_no,
    parcel_last_scan_at, updated_at,
    _load, _record,
from raw.refunds
