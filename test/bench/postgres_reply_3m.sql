-- One row per vendor: numerator, denominator and pending of reply_3m, for rounds asked from $1 to before $2.
-- A round's answer is the first one at least 1 s after its question; answers sooner than that do not end it.
with recursive turns as (
    select
        m.ticket_key as case_key, m.sent_at, m.sender = 'agent' as is_human,
        row_number() over (partition by m.ticket_key order by m.sent_at, m.message_id) as place
    from messages m
    where m.is_public and (m.sender = 'customer' or (m.sender = 'agent' and not m.is_automatic))
),
walk as (
    select case_key, place, case when not is_human then sent_at end as open_at, null::timestamp as asked_at, null::timestamp as answered_at
    from turns where place = 1
    union all
    select
        t.case_key, t.place,
        case
            when w.open_at is null and not t.is_human then t.sent_at
            when w.open_at is not null and t.is_human and t.sent_at >= w.open_at + interval '1 second' then null
            else w.open_at
        end,
        case when w.open_at is not null and t.is_human and t.sent_at >= w.open_at + interval '1 second' then w.open_at end,
        case when w.open_at is not null and t.is_human and t.sent_at >= w.open_at + interval '1 second' then t.sent_at end
    from walk w join turns t on t.case_key = w.case_key and t.place = w.place + 1
),
rounds as (
    select case_key, asked_at, answered_at from walk where asked_at is not null
    union all
    select distinct on (case_key) case_key, open_at, null from walk
    where (case_key, place) in (select case_key, max(place) from turns group by case_key) and open_at is not null
),
measured as (
    select
        c.vendor_id, elapsed(c.calendar, t.clock, n.asked_at, a.as_of) <= t.limit_seconds as is_open,
        elapsed(c.calendar, t.clock, n.asked_at, n.answered_at) <= t.limit_seconds as is_met
    from rounds n
    join case_starts c using (case_key)
    join terms t on t.terms_id = c.terms_id and t.metric = 'reply_3m'
    cross join as_of a
    where extract(hour from n.asked_at at time zone 'UTC' at time zone c.timezone) between 8 and 22
        and (n.asked_at at time zone 'UTC' at time zone c.timezone)::date >= $1::date
        and (n.asked_at at time zone 'UTC' at time zone c.timezone)::date < $2::date
)
select vendor_id as key, count(*) filter (where is_met and not is_open)::int as numerator, count(*) filter (where not is_open)::int as denominator,
    count(*) filter (where is_open)::int as pending
from measured group by vendor_id
