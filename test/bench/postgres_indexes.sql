-- Indexes, then views kept ready before any KPI is timed; they follow METRICS §2 as the queries of queries/marts do.
create index on tickets (source, ticket_id);
create index on tickets (brand_id, order_id);
create index on messages (ticket_key, sent_at, message_id) include (sender, is_public, is_automatic);
create index on messages (ticket_key, sent_at) where sender = 'agent' and is_public and not is_automatic;
create index on events (ticket_key, happened_at);
create index on events (kind);
create index on refunds (source, ticket_id);
create index on calendar_intervals (calendar, opens_at) include (closes_at, open_seconds_before);
analyze;

-- Returns a table, since PostgreSQL writes only such a function's sub-selects into the query that calls it.
create function elapsed(in_calendar text, clock text, from_at timestamp, to_at timestamp)
returns table (seconds double precision) language sql stable parallel safe as $$
    select case
        when to_at is null then null
        when clock = 'business' and in_calendar is not null then coalesce((
            select open_seconds_before + extract(epoch from least(to_at, closes_at) - opens_at)
            from calendar_intervals where calendar = in_calendar and opens_at <= to_at
            order by opens_at desc limit 1
        ), 0) - coalesce((
            select open_seconds_before + extract(epoch from least(from_at, closes_at) - opens_at)
            from calendar_intervals where calendar = in_calendar and opens_at <= from_at
            order by opens_at desc limit 1
        ), 0)
        else extract(epoch from to_at - from_at)
    end
$$;

create materialized view merges as
with recursive steps as (
    select t.ticket_key, i.ticket_key as into_key
    from tickets t
    join tickets i on i.source = t.source and i.ticket_id = t.merged_into and i.brand_id = t.brand_id
),
walk as (
    select ticket_key as origin_key, into_key as at_key, array[ticket_key] as passed from steps
    union all
    select w.origin_key, s.into_key, w.passed || w.at_key
    from walk w join steps s on s.ticket_key = w.at_key
    where not w.at_key = any (w.passed)
),
circles as (select distinct origin_key as ticket_key from walk where at_key = origin_key)
select distinct on (origin_key) origin_key as ticket_key, at_key as final_key
from walk
where origin_key not in (select ticket_key from circles)
    and (at_key in (select ticket_key from circles) or at_key not in (select ticket_key from steps))
order by origin_key, cardinality(passed);
create unique index on merges (ticket_key);
analyze merges;

create materialized view refund_cases as
with named as (
    select r.refund_key, t.ticket_key from refunds r join tickets t on t.source = r.source and t.ticket_id = r.ticket_id
),
by_order as (
    select distinct on (r.refund_key) r.refund_key, t.ticket_key
    from refunds r
    join tickets t on t.brand_id = r.brand_id and t.order_id = r.order_id
        and (t.sku_id = r.sku_id or t.sku_id is null or r.sku_id is null)
        and t.opened_at between r.applied_at - interval '30 days' and r.applied_at + interval '1 hour'
    where r.ticket_id is null and not t.is_spam
    order by r.refund_key, t.opened_at desc, t.ticket_id desc, t.source desc
)
select r.refund_key, coalesce(m.final_key, c.ticket_key, -r.refund_key) as case_key
from refunds r
left join (select * from named union all select * from by_order) c using (refund_key)
left join merges m on m.ticket_key = c.ticket_key;
create unique index on refund_cases (refund_key);
create index on refund_cases (case_key);
analyze refund_cases;

create materialized view case_starts as
with heads as (
    select t.ticket_key as case_key, true as is_ticket, t.brand_id, t.vendor_id, t.severity, t.opened_at, t.closed_at
    from tickets t
    left join merges m using (ticket_key)
    where not t.is_spam and coalesce(m.final_key, t.ticket_key) = t.ticket_key
    union all
    select -r.refund_key, false, r.brand_id, r.vendor_id, null, r.applied_at, least(r.refunded_at, r.rejected_at, r.closed_at)
    from refunds r join refund_cases c using (refund_key)
    where c.case_key < 0
),
spoken as (
    select
        ticket_key as case_key,
        min(sent_at) filter (where sender = 'customer') as first_asked_at,
        min(sent_at) filter (where is_public and not is_automatic) as first_spoken_at,
        (array_agg(sender order by sent_at, message_id) filter (where is_public and not is_automatic))[1] as first_sender
    from messages
    group by ticket_key
),
started as (
    select
        h.*, least(h.opened_at, s.first_asked_at) as start_at,
        coalesce(s.first_sender = 'agent' and s.first_spoken_at <= h.opened_at, false) as is_agent_started
    from heads h left join spoken s using (case_key)
)
select s.*, v.calendar, coalesce(c.terms_id, d.terms_id) as terms_id, (s.start_at at time zone 'UTC' at time zone b.timezone)::date as started_on, b.timezone
from started s
join brands b using (brand_id)
left join vendor_calendars v on v.vendor_id = s.vendor_id and s.start_at >= v.from_at and s.start_at < v.to_at
left join term_periods c on c.vendor_id = s.vendor_id and c.brand_id = s.brand_id and s.start_at >= c.from_at and s.start_at < c.to_at
left join term_periods d on d.vendor_id is null and s.start_at >= d.from_at and s.start_at < d.to_at;
create unique index on case_starts (case_key);
create index on case_starts (started_on);
analyze case_starts;

create view case_events as
select case when e.kind in ('platform_intervened', 'platform_judged') then coalesce(m.final_key, e.ticket_key) else e.ticket_key end as case_key, e.*
from events e left join merges m using (ticket_key);

create materialized view turns as
select
    ticket_key as case_key, sent_at, sender = 'agent' as is_human,
    (row_number() over in_order)::integer as place,
    coalesce(lag(sender) over in_order = 'agent', true) as was_human,
    sender = 'agent' and lag(sender) over in_order = 'customer' and sent_at < lag(sent_at) over in_order + interval '1 second' as is_too_quick
from messages
where is_public and (sender = 'customer' or (sender = 'agent' and not is_automatic))
window in_order as (partition by ticket_key order by sent_at, message_id);
create unique index on turns (case_key, place) include (sent_at, is_human, was_human);
create index on turns (case_key) where is_too_quick;
analyze turns;
