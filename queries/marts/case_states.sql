-- One row per case with state events: when it became done and open again, equal states in a row counting once.
with states as (
    select
        case_key, happened_at, kind in ('solved', 'closed') as is_done, _load, _record,
        if(count(*) over (partition by case_key) = count(seq) over (partition by case_key), seq, null) as position,
    from marts.events
    where kind in ('open', 'pending', 'solved', 'closed', 'reopened')
),
placed as (
    select
        case_key, happened_at, is_done,
        row_number() over (partition by case_key order by position, happened_at, _load, _record) as place,
    from states
),
changes as (
    select
        case_key, happened_at, place, is_done,
        coalesce(lag(is_done) over (partition by case_key order by place), false) as was_done,
    from placed
)
select
    case_key,
    arg_min(happened_at, place) filter (is_done and not was_done) as first_done_at,
    min(happened_at) filter (was_done and not is_done) as first_reopened_at,
    count(*) filter (was_done and not is_done)::integer as reopens,
from changes
group by case_key
