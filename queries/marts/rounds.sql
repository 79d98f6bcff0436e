-- One row per round of a case, in the order of cases: from a customer's question while none is open to the first answer typed at least 1 s later.
with turns as (
    select case_key, sent_at, message_id, is_human
    from marts.messages
    where is_human or (is_public and sender = 'customer')
),
placed as (
    select
        case_key, sent_at, is_human,
        lag(is_human) over in_order as was_human,
        is_human and sent_at < lag(sent_at) over in_order + interval 1 second and not lag(is_human) over in_order as is_too_quick,
        row_number() over in_order as place,
    from turns
    window in_order as (partition by case_key order by sent_at, message_id)
),
-- Without an answer inside a second of its question, every change of speaker opens or ends a round.
hasty as (
    select distinct case_key from placed where is_too_quick
),
plain as (
    select
        case_key, sent_at as asked_at, is_human,
        lead(sent_at) over (partition by case_key order by place) as answered_at,
    from placed as p
    anti join hasty as h using (case_key)
    where is_human is distinct from coalesce(was_human, true)
),
-- With one, the conversation is walked message by message.
walked as (
    select
        case_key,
        list_reduce(
            list({asked_at: sent_at, is_human: is_human, rounds: []::struct(asked_at timestamp, answered_at timestamp)[]} order by place),
            lambda state, turn: case
                when state.asked_at is null and not turn.is_human then {asked_at: turn.asked_at, is_human: false, rounds: state.rounds}
                when state.asked_at is not null and turn.is_human and turn.asked_at >= state.asked_at + interval 1 second
                    then {asked_at: null::timestamp, is_human: true, rounds: list_append(state.rounds, {asked_at: state.asked_at, answered_at: turn.asked_at})}
                else state
            end,
            {asked_at: null::timestamp, is_human: true, rounds: []::struct(asked_at timestamp, answered_at timestamp)[]}
        ) as state,
    from placed as p
    semi join hasty as h using (case_key)
    group by case_key
),
rounds as (
    select case_key, asked_at, answered_at from plain where not is_human
    union all
    select case_key, unnest(state.rounds, recursive := true) from walked
    union all
    select case_key, state.asked_at, null from walked where state.asked_at is not null
),
numbered as (
    select
        case_key, asked_at, answered_at,
        (row_number() over (partition by case_key order by asked_at, answered_at))::integer as round_number,
    from rounds
),
placed_on_calendars as (
    select
        n.case_key, n.round_number, n.asked_at, n.answered_at, s.brand_id, s.calendar,
        clock.open_seconds(d_asked.open_seconds_before, d_asked.spans, n.asked_at) as asked_open,
        clock.open_seconds(d_answered.open_seconds_before, d_answered.spans, n.answered_at) as answered_open,
    from numbered as n
    join marts.case_starts as s using (case_key)
    left join marts.calendar_days as d_asked on d_asked.calendar = s.calendar and d_asked.day = n.asked_at::date
    left join marts.calendar_days as d_answered on d_answered.calendar = s.calendar and d_answered.day = n.answered_at::date
)
select
    n.case_key, n.round_number, n.asked_at, n.answered_at,
    clock.local(n.asked_at, z.timezone, z.fixed_since, z.offset_seconds) as asked_local,
    clock.seconds(n.asked_at, n.answered_at) as reply_calendar_seconds,
    if(n.calendar is null, clock.seconds(n.asked_at, n.answered_at), n.answered_open - n.asked_open) as reply_business_seconds,
    clock.seconds(n.asked_at, a.as_of) as waited_calendar_seconds,
    if(n.calendar is null, clock.seconds(n.asked_at, a.as_of), t.now_open - n.asked_open) as waited_business_seconds,
from placed_on_calendars as n
cross join marts.as_of as a
join config.brands as z using (brand_id)
left join marts.calendars as t on t.calendar = n.calendar
order by n.case_key, n.round_number
