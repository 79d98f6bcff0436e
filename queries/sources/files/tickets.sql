-- One row per record of a file whose columns carry the canonical names.
-- require: ticket_id, opened_at, status
-- hash: customer_id
select
    ticket_id, brand_id, shop_id, platform, channel, vendor_id, agent_id, customer_id, order_id, ordered_at, sku_id, request_type,
    priority, severity, opened_at, closed_at, status, reason_agent, updated_at, merged_into, is_spam, csat_score, csat_at,
    _load, _record,
from raw.tickets
