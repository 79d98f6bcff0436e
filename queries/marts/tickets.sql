-- One row per ticket opened by the as-of instant; what was dated later is null.
-- as view
select
    t.* replace (
        if(t.ordered_at <= a.as_of, t.ordered_at, null) as ordered_at,
        if(t.closed_at <= a.as_of, t.closed_at, null) as closed_at,
        if(t.csat_at <= a.as_of, t.csat_at, null) as csat_at,
        if(t.csat_at <= a.as_of, t.csat_score, null) as csat_score
    ),
from staging.tickets as t, marts.as_of as a
where t.opened_at <= a.as_of
