-- One row per vendor: numerator, denominator and pending of first_response, for cases started from $1 to before $2.
with measured as materialized (
    select c.vendor_id, waited.seconds <= t.limit_seconds as is_open, answered.seconds <= t.limit_seconds as is_met
    from case_starts c
    join terms t on t.terms_id = c.terms_id and t.metric = 'first_response'
    cross join as_of a
    left join lateral (
        select m.sent_at
        from messages m
        where m.ticket_key = c.case_key and m.sender = 'agent' and m.is_public and not m.is_automatic
            and m.sent_at >= c.start_at + interval '1 second'
        order by m.sent_at limit 1
    ) reply on true
    cross join lateral elapsed(c.calendar, t.clock, c.start_at, a.as_of) waited
    cross join lateral elapsed(c.calendar, t.clock, c.start_at, reply.sent_at) answered
    where c.is_ticket and not c.is_agent_started and c.started_on >= $1::date and c.started_on < $2::date
)
select vendor_id as key, count(*) filter (where is_met and not is_open)::int as numerator, count(*) filter (where not is_open)::int as denominator,
    count(*) filter (where is_open)::int as pending
from measured group by vendor_id
