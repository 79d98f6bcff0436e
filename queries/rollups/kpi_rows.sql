-- One row per KPI and case, round or refund: all KPI views kept as columns with the keys that they are filtered and broken down by.
-- Cases and refunds come in order of time, so a KPI's rows of a period, or of a case, lie in few blocks: no sort is needed, only joins that probe from this side.
with of_cases as (
    select 'first_response'::config.metric as metric, case_key, item_key, day, numerator, denominator, state, value, value_business from kpis.first_response
    union all
    select 'first_touch_30s'::config.metric as metric, case_key, item_key, day, numerator, denominator, state, value, value_business from kpis.first_touch_30s
    union all
    select 'human_pickup_5m'::config.metric as metric, case_key, item_key, day, numerator, denominator, state, value, value_business from kpis.human_pickup_5m
    union all
    select 'unanswered_24h'::config.metric as metric, case_key, item_key, day, numerator, denominator, state, value, value_business from kpis.unanswered_24h
    union all
    select 'resolution_24h'::config.metric as metric, case_key, item_key, day, numerator, denominator, state, value, value_business from kpis.resolution_24h
    union all
    select 'dispute_rate'::config.metric as metric, case_key, item_key, day, numerator, denominator, state, value, value_business from kpis.dispute_rate
    union all
    select 'seller_liable_rate'::config.metric as metric, case_key, item_key, day, numerator, denominator, state, value, value_business from kpis.seller_liable_rate
    union all
    select 'transfer_rate'::config.metric as metric, case_key, item_key, day, numerator, denominator, state, value, value_business from kpis.transfer_rate
    union all
    select 'autonomous_completion'::config.metric as metric, case_key, item_key, day, numerator, denominator, state, value, value_business from kpis.autonomous_completion
    union all
    select 'reopen_rate'::config.metric as metric, case_key, item_key, day, numerator, denominator, state, value, value_business from kpis.reopen_rate
    union all
    select 'reason_tagged'::config.metric as metric, case_key, item_key, day, numerator, denominator, state, value, value_business from kpis.reason_tagged
    union all
    select 'reason_agreement'::config.metric as metric, case_key, item_key, day, numerator, denominator, state, value, value_business from kpis.reason_agreement
    union all
    select 'csat'::config.metric as metric, case_key, item_key, day, numerator, denominator, state, value, value_business from kpis.csat
    union all
    select 'reply_3m'::config.metric as metric, case_key, item_key, day, numerator, denominator, state, value, value_business from kpis.reply_3m
),
of_refunds as (
    select 'refund_dispute_rate'::config.metric as metric, case_key, item_key, day, numerator, denominator, state, value, value_business from kpis.refund_dispute_rate
    union all
    select 'refund_time'::config.metric as metric, case_key, item_key, day, numerator, denominator, state, value, value_business from kpis.refund_time
    union all
    select 'refund_after_receipt_24h'::config.metric as metric, case_key, item_key, day, numerator, denominator, state, value, value_business from kpis.refund_after_receipt_24h
    union all
    select 'refunded_without_goods'::config.metric as metric, case_key, item_key, day, numerator, denominator, state, value, value_business from kpis.refunded_without_goods
)
select
    k.* replace (k.state::vocabulary.kpi_state as state), c.brand_id, c.vendor_id, c.platform, c.channel, c.agent_id, c.severity, c.priority,
    c.reason_agent, c.request_type, c.sku_id, c.reason_buyer, c.reason_warehouse, null::varchar as refund_id, null::varchar as currency,
from of_cases as k
join marts.cases as c using (case_key)
union all
select
    k.* replace (k.state::vocabulary.kpi_state as state), r.brand_id, r.vendor_id, r.platform, r.channel, r.agent_id, r.severity, r.priority,
    r.reason_agent, r.request_type, r.sku_id, r.reason_buyer, r.reason_warehouse, r.refund_id, r.currency,
from of_refunds as k
join marts.refunds as r on r.refund_key = k.item_key
