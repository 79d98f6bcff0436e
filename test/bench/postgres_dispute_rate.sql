-- One row per vendor: numerator, denominator and pending of dispute_rate, for cases started from $1 to before $2.
with by_refunds as (
    select x.case_key, bool_or(r.platform_intervened_at is not null and r.judged_for is distinct from 'withdrawn') as is_disputed
    from refunds r join refund_cases x using (refund_key)
    group by x.case_key
),
by_events as (
    select
        case_key,
        (array_agg(detail order by happened_at desc, position desc) filter (where kind = 'platform_judged'))[1] is distinct from 'withdrawn' as is_disputed
    from case_events where kind in ('platform_intervened', 'platform_judged')
    group by case_key
)
select c.vendor_id as key, count(*) filter (where r.is_disputed or e.is_disputed)::int as numerator, count(*)::int as denominator, 0 as pending
from case_starts c
left join by_refunds r using (case_key)
left join by_events e using (case_key)
where c.started_on >= $1::date and c.started_on < $2::date
group by c.vendor_id
