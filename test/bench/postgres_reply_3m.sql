-- One row per vendor: numerator, denominator and pending of reply_3m, for rounds asked from $1 to before $2.
-- Every change of speaker opens or ends a round, but in cases with an answer inside a second of its question: these are walked.
with recursive hasty as materialized (
    select distinct case_key from turns where is_too_quick
),
plain as (
    select case_key, sent_at as asked_at, is_human, lead(sent_at) over (partition by case_key order by place) as answered_at
    from turns
    where is_human <> was_human and case_key not in (select case_key from hasty)
),
walk as (
    select t.case_key, t.place, case when not t.is_human then t.sent_at end as open_at, null::timestamp as asked_at, null::timestamp as answered_at
    from hasty join turns t using (case_key)
    where t.place = 1
    union all
    select
        t.case_key, t.place,
        case when n.is_answer then null else coalesce(w.open_at, case when not t.is_human then t.sent_at end) end,
        case when n.is_answer then w.open_at end,
        case when n.is_answer then t.sent_at end
    from walk w
    join turns t on t.case_key = w.case_key and t.place = w.place + 1
    cross join lateral (select coalesce(t.is_human and t.sent_at >= w.open_at + interval '1 second', false) as is_answer) n
),
rounds as (
    select case_key, asked_at, answered_at from plain where not is_human
    union all
    select case_key, asked_at, answered_at from walk where asked_at is not null
    union all
    select case_key, open_at, null from (select distinct on (case_key) case_key, open_at from walk order by case_key, place desc) last
    where open_at is not null
),
measured as materialized (
    select c.vendor_id, waited.seconds <= t.limit_seconds as is_open, answered.seconds <= t.limit_seconds as is_met
    from rounds n
    join case_starts c using (case_key)
    join terms t on t.terms_id = c.terms_id and t.metric = 'reply_3m'
    cross join as_of a
    cross join lateral (select n.asked_at at time zone 'UTC' at time zone c.timezone as at offset 0) asked
    cross join lateral elapsed(c.calendar, t.clock, n.asked_at, a.as_of) waited
    cross join lateral elapsed(c.calendar, t.clock, n.asked_at, n.answered_at) answered
    where asked.at::time >= '08:00' and asked.at::time < '23:00' and asked.at::date >= $1::date and asked.at::date < $2::date
)
select vendor_id as key, count(*) filter (where is_met and not is_open)::int as numerator, count(*) filter (where not is_open)::int as denominator,
    count(*) filter (where is_open)::int as pending
from measured group by vendor_id
