-- One macro per question asked of a clock. Instants are UTC timestamps.

create or replace macro clock.local(instant, zone, fixed_since, offset_seconds) as
    case
        when instant >= fixed_since then make_timestamp(epoch_us(instant) + 1000000 * offset_seconds)
        else timezone(zone, timezone('UTC', instant))
    end;

create or replace macro clock.local_day(instant, zone, fixed_since, offset_seconds) as clock.local(instant, zone, fixed_since, offset_seconds)::date;

create or replace macro clock.seconds(from_at, to_at) as (epoch_us(to_at) - epoch_us(from_at)) / 1000000.0;

-- Cumulative open seconds of a calendar up to an instant, from the row of marts.calendar_days for that UTC day; before them all, none.
create or replace macro clock.open_seconds(open_seconds_before, spans, instant) as
    case when instant is not null then
        coalesce(open_seconds_before, 0)
        + coalesce(
            list_sum(list_transform(spans, lambda s: greatest(epoch_us(s.opens_at), least(epoch_us(instant), epoch_us(s.closes_at))) - epoch_us(s.opens_at))),
            0
        ) / 1000000.0
    end;

-- A duration, null where its ends come in an impossible order.
create or replace macro clock.leg(from_at, to_at, seconds) as case when to_at >= from_at then seconds end;

create or replace macro clock.pick(clock_name, calendar_seconds, business_seconds) as
    case when clock_name = 'business' then business_seconds else calendar_seconds end;

-- met, late, breached or pending: a window counts only once more than its limit has passed.
create or replace macro clock.window_state(elapsed_now, elapsed_done, limit_seconds) as
    case
        when elapsed_now <= limit_seconds then 'pending'
        when elapsed_done <= limit_seconds then 'met'
        when elapsed_done is not null then 'late'
        else 'breached'
    end;

-- An instant as pages take it: ISO 8601 in UTC, to the millisecond.
create or replace macro clock.iso(instant) as strftime(instant, '%Y-%m-%dT%H:%M:%S.%gZ');
