-- One row per ticket that says it was merged: where its chain of merges ends, or why the merge is ignored.
with recursive merged as (
    select t.ticket_key, t.brand_id, into_t.ticket_key as into_key, into_t.brand_id as into_brand_id
    from marts.tickets as t
    left join marts.tickets as into_t on into_t.source = t.source and into_t.ticket_id = t.merged_into
    where t.merged_into is not null
),
steps as (
    select ticket_key, into_key from merged where into_brand_id = brand_id
),
walk as (
    select ticket_key as origin_key, into_key as at_key, [ticket_key] as passed from steps
    union all
    select w.origin_key, s.into_key, list_append(w.passed, w.at_key)
    from walk as w
    join steps as s on s.ticket_key = w.at_key
    where not list_contains(w.passed, w.at_key)
),
circles as (
    select distinct origin_key as ticket_key from walk where at_key = origin_key
),
ends as (
    select w.origin_key as ticket_key, arg_min(w.at_key, len(w.passed)) as final_key
    from walk as w
    anti join circles as c on c.ticket_key = w.origin_key
    where w.at_key in (select ticket_key from circles) or w.at_key not in (select ticket_key from steps)
    group by w.origin_key
)
select
    m.ticket_key,
    coalesce(e.final_key, m.ticket_key) as final_key,
    case
        when c.ticket_key is not null then 'circle'
        when m.into_key is null then 'unknown_ticket'
        when m.into_brand_id <> m.brand_id then 'other_brand'
    end as ignored_because,
from merged as m
left join ends as e using (ticket_key)
left join circles as c using (ticket_key)
