-- One row per promise with a limit in a human answer, of an answer or of money: when it is due. Hours run from the message, days and working days to their end.
with texts as (
    select
        case_key, message_id, sent_at, said,
        conduct.promised(said, conduct.pays()) as money, conduct.promised(said, conduct.answers()) as answer,
    from marts.message_signs
    where may_promise
),
read as (
    select
        case_key, message_id, sent_at, money.words <> '' as is_money,
        if(money.words <> '', money, answer) as limits,
    from texts
),
placed as (
    select
        r.case_key, r.message_id, r.sent_at, r.is_money, z.timezone, z.fixed_since, z.offset_seconds,
        conduct.number(limits.number) as number, limits.unit, left(limits.day, 1) as day,
        limits.words as words,
        clock.local_day(r.sent_at, z.timezone, z.fixed_since, z.offset_seconds) as sent_on,
    from read as r
    join marts.cases as c using (case_key)
    join config.brands as z on z.brand_id = c.brand_id
    where limits.words <> ''
),
numbered as (
    select p.*, w.place + round(p.number)::integer as due_place
    from placed as p
    asof left join marts.workdays as w on w.day <= p.sent_on
),
dated as (
    select
        n.*,
        case
            when n.unit = '工作日' then w.day
            when n.unit in ('天', '日') then n.sent_on + round(n.number)::integer
            when n.day = '今' then n.sent_on
            when n.day = '明' then n.sent_on + 1
            when n.day = '后' then n.sent_on + 2
        end as due_on,
        case when n.unit = '分钟' then 60 when n.unit in ('小时', '钟头') then 3600 end * n.number as due_seconds,
    from numbered as n
    left join marts.workdays as w on w.place = n.due_place and n.unit = '工作日'
)
select
    case_key, message_id, sent_at, is_money, words,
    sent_at + to_seconds(if(coalesce(due_seconds, 86400) < 3600, 60, 600)) as counts_from_at,
    coalesce(
        sent_at + to_microseconds((due_seconds * 1000000)::bigint),
        parse.utc((due_on + 1)::timestamp, timezone, fixed_since, offset_seconds)
    ) as due_at,
from dated
