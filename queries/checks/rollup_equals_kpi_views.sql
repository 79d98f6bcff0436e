-- No rows: the daily rollup adds up to what the KPI views say.
with viewed as (
    select metric, sum(numerator) as numerator, sum(denominator) as denominator, sum((state = 'pending')::integer) as pending
    from (
        select 'first_response' as metric, numerator, denominator, state from kpis.first_response
        union all
        select 'first_touch_30s' as metric, numerator, denominator, state from kpis.first_touch_30s
        union all
        select 'human_pickup_5m' as metric, numerator, denominator, state from kpis.human_pickup_5m
        union all
        select 'unanswered_24h' as metric, numerator, denominator, state from kpis.unanswered_24h
        union all
        select 'resolution_24h' as metric, numerator, denominator, state from kpis.resolution_24h
        union all
        select 'dispute_rate' as metric, numerator, denominator, state from kpis.dispute_rate
        union all
        select 'seller_liable_rate' as metric, numerator, denominator, state from kpis.seller_liable_rate
        union all
        select 'transfer_rate' as metric, numerator, denominator, state from kpis.transfer_rate
        union all
        select 'autonomous_completion' as metric, numerator, denominator, state from kpis.autonomous_completion
        union all
        select 'reopen_rate' as metric, numerator, denominator, state from kpis.reopen_rate
        union all
        select 'reason_tagged' as metric, numerator, denominator, state from kpis.reason_tagged
        union all
        select 'reason_agreement' as metric, numerator, denominator, state from kpis.reason_agreement
        union all
        select 'csat' as metric, numerator, denominator, state from kpis.csat
        union all
        select 'reply_3m' as metric, numerator, denominator, state from kpis.reply_3m
        union all
        select 'refund_dispute_rate' as metric, numerator, denominator, state from kpis.refund_dispute_rate
        union all
        select 'refund_time' as metric, numerator, denominator, state from kpis.refund_time
        union all
        select 'refund_after_receipt_24h' as metric, numerator, denominator, state from kpis.refund_after_receipt_24h
        union all
        select 'refunded_without_goods' as metric, numerator, denominator, state from kpis.refunded_without_goods
    )
    group by metric
),
rolled as (
    select metric, sum(numerator) as numerator, sum(denominator) as denominator, sum(pending) as pending from rollups.daily group by metric
)
select metric, v.numerator, r.numerator as rolled_numerator, v.denominator, r.denominator as rolled_denominator
from viewed as v
full join rolled as r using (metric)
where v.numerator is distinct from r.numerator or v.denominator is distinct from r.denominator or v.pending is distinct from r.pending
