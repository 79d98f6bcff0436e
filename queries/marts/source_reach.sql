-- One row per source: the instant until which it is known, for files the greatest in them that is not after their loading.
with instants as (
    select _load, unnest([opened_at, ordered_at, closed_at, updated_at, csat_at]) as instant from staging.tickets
    union all
    select m._load, max(m.sent_at)
    from staging.messages as m
    join config.loads as l on l.load_no = m._load and m.sent_at <= l.loaded_at
    group by all
    union all
    select m._load, max(m.updated_at)
    from staging.messages as m
    join config.loads as l on l.load_no = m._load and m.updated_at <= l.loaded_at
    group by all
    union all
    select _load, happened_at from staging.events
    union all
    select
        _load,
        unnest([
            ordered_at, applied_at, approved_at, rejected_at, buyer_shipped_at, return_picked_up_at, received_at, inspected_at,
            refunded_at, closed_at, deadline_at, intercept_requested_at, platform_intervened_at, parcel_last_scan_at, updated_at
        ])
    from staging.refunds
)
select l.source, max(i.instant) as known_until, false as is_database
from instants as i
join config.loads as l on l.load_no = i._load
where not l.is_database and i.instant <= l.loaded_at
group by l.source
union all
select source, extracted_at, true from config.extractions where source in (select source from config.feeds)
