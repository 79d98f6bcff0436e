-- One row per refund that nobody has decided, paid or closed and whose platform deadline is past or comes within 48 hours of the as-of instant.
create or replace macro scoped.refund_deadlines(brands, vendors, agents, picked) as table
    select
        r.*,
        case
            when r.deadline_at <= a.as_of then 'overdue'
            when r.deadline_at <= a.as_of + interval 24 hours then 'within_24h'
            else 'within_48h'
        end as urgency,
        clock.seconds(a.as_of, r.deadline_at) / 3600 as hours_left,
    from scoped.refunds_picked(brands, vendors, agents, picked) as r
    cross join marts.as_of as a
    where r.decided_at is null and r.refunded_at is null and r.closed_at is null
        and r.deadline_at <= a.as_of + interval 48 hours;
