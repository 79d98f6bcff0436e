-- One row per load and table it feeds: where each of its records went.
with emitted as (
    select 'tickets' as table_name, _load, count(*) as emitted, count(distinct _record) as touched from typed.tickets group by _load
    union all
    select 'messages', _load, count(*), count(distinct _record) from typed.messages group by _load
    union all
    select 'events', _load, count(*), count(distinct _record) from typed.events group by _load
    union all
    select 'refunds', _load, count(*), count(distinct _record) from typed.refunds group by _load
    union all
    select 'sales', _load, count(*), count(distinct _record) from typed.sales group by _load
    union all
    select 'products', _load, count(*), count(distinct _record) from typed.products group by _load
),
loaded as (
    select 'tickets' as table_name, _load, count(*) as loaded from staging.tickets group by _load
    union all
    select 'messages', _load, count(*) from staging.messages group by _load
    union all
    select 'events', _load, count(*) from staging.events group by _load
    union all
    select 'refunds', _load, count(*) from staging.refunds group by _load
    union all
    select 'sales', _load, count(*) from staging.sales group by _load
    union all
    select 'products', _load, count(*) from staging.products group by _load
),
replaced as (
    select 'tickets' as table_name, _load, count(*) as superseded from superseded.tickets group by _load
    union all
    select 'messages', _load, count(*) from superseded.messages group by _load
    union all
    select 'events', _load, count(*) from superseded.events group by _load
    union all
    select 'refunds', _load, count(*) from superseded.refunds group by _load
    union all
    select 'sales', _load, count(*) from superseded.sales group by _load
    union all
    select 'products', _load, count(*) from superseded.products group by _load
),
rejected as (
    select table_name, load_no as _load, count(*) as quarantined from quarantine.records where reason <> 'malformed' group by all
)
select
    l.load_id, l.source, coalesce(f.table_name, l.raw_table) as table_name, l.file, l.loaded_at,
    coalesce(e.emitted, 0) + if(f.table_name is null, l.records - l.malformed, l.records - l.malformed - coalesce(e.touched, 0)) + l.malformed as records,
    coalesce(a.loaded, 0) + if(f.table_name is null, l.records - l.malformed - l.ignored, 0) as loaded,
    coalesce(s.superseded, 0) as superseded,
    if(f.table_name is null, l.ignored, l.records - l.malformed - coalesce(e.touched, 0)) as ignored,
    coalesce(q.quarantined, 0) + l.malformed as quarantined,
from config.loads as l
left join config.feeds as f on f.source = l.source and f.raw_table = l.raw_table
left join emitted as e on e.table_name = f.table_name and e._load = l.load_no
left join loaded as a on a.table_name = f.table_name and a._load = l.load_no
left join replaced as s on s.table_name = f.table_name and s._load = l.load_no
left join rejected as q on q.table_name = f.table_name and q._load = l.load_no
