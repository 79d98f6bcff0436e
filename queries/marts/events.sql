-- One row per event by the as-of instant, under the case it belongs to: what a platform did moves with merged tickets.
-- The key stays a stored column in both parts, so that asking for one case reads its block alone.
-- as view
with placed as (
    select ticket_key as case_key, happened_at, kind, seq, actor, agent_id, detail, _load, _record
    from staging.events
    where kind not in ('platform_intervened', 'platform_judged')
    union all
    select case_key, happened_at, kind, seq, actor, agent_id, detail, _load, _record
    from marts.platform_events
)
select p.*
from placed as p, marts.as_of as a
where p.happened_at <= a.as_of
