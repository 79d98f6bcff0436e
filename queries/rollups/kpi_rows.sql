-- One row per KPI and case, round or refund: all KPI views kept as columns, in the order of metric.
select 'first_response'::config.metric as metric, case_key, item_key, day, numerator, denominator, state::vocabulary.kpi_state as state, value, value_business from kpis.first_response
union all
select 'first_touch_30s'::config.metric as metric, case_key, item_key, day, numerator, denominator, state::vocabulary.kpi_state as state, value, value_business from kpis.first_touch_30s
union all
select 'human_pickup_5m'::config.metric as metric, case_key, item_key, day, numerator, denominator, state::vocabulary.kpi_state as state, value, value_business from kpis.human_pickup_5m
union all
select 'unanswered_24h'::config.metric as metric, case_key, item_key, day, numerator, denominator, state::vocabulary.kpi_state as state, value, value_business from kpis.unanswered_24h
union all
select 'resolution_24h'::config.metric as metric, case_key, item_key, day, numerator, denominator, state::vocabulary.kpi_state as state, value, value_business from kpis.resolution_24h
union all
select 'dispute_rate'::config.metric as metric, case_key, item_key, day, numerator, denominator, state::vocabulary.kpi_state as state, value, value_business from kpis.dispute_rate
union all
select 'seller_liable_rate'::config.metric as metric, case_key, item_key, day, numerator, denominator, state::vocabulary.kpi_state as state, value, value_business from kpis.seller_liable_rate
union all
select 'transfer_rate'::config.metric as metric, case_key, item_key, day, numerator, denominator, state::vocabulary.kpi_state as state, value, value_business from kpis.transfer_rate
union all
select 'autonomous_completion'::config.metric as metric, case_key, item_key, day, numerator, denominator, state::vocabulary.kpi_state as state, value, value_business from kpis.autonomous_completion
union all
select 'reopen_rate'::config.metric as metric, case_key, item_key, day, numerator, denominator, state::vocabulary.kpi_state as state, value, value_business from kpis.reopen_rate
union all
select 'reason_tagged'::config.metric as metric, case_key, item_key, day, numerator, denominator, state::vocabulary.kpi_state as state, value, value_business from kpis.reason_tagged
union all
select 'reason_agreement'::config.metric as metric, case_key, item_key, day, numerator, denominator, state::vocabulary.kpi_state as state, value, value_business from kpis.reason_agreement
union all
select 'csat'::config.metric as metric, case_key, item_key, day, numerator, denominator, state::vocabulary.kpi_state as state, value, value_business from kpis.csat
union all
select 'reply_3m'::config.metric as metric, case_key, item_key, day, numerator, denominator, state::vocabulary.kpi_state as state, value, value_business from kpis.reply_3m
union all
select 'refund_dispute_rate'::config.metric as metric, case_key, item_key, day, numerator, denominator, state::vocabulary.kpi_state as state, value, value_business from kpis.refund_dispute_rate
union all
select 'refund_time'::config.metric as metric, case_key, item_key, day, numerator, denominator, state::vocabulary.kpi_state as state, value, value_business from kpis.refund_time
union all
select 'refund_after_receipt_24h'::config.metric as metric, case_key, item_key, day, numerator, denominator, state::vocabulary.kpi_state as state, value, value_business from kpis.refund_after_receipt_24h
union all
select 'refunded_without_goods'::config.metric as metric, case_key, item_key, day, numerator, denominator, state::vocabulary.kpi_state as state, value, value_business from kpis.refunded_without_goods
