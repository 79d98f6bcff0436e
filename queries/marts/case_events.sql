-- One row per case with events other than states that KPIs ask for.
select
    e.case_key,
    min(e.happened_at) filter (e.kind in ('solution_offered', 'solved', 'closed') and e.happened_at >= s.start_at) as first_solution_at,
    min(e.happened_at) filter (e.kind = 'escalated_to_brand') as first_escalated_at,
    count(*) filter (e.kind = 'transferred')::integer as transfers,
    min(e.happened_at) filter (e.kind in ('platform_intervened', 'platform_judged')) as first_platform_at,
    -- In a struct, since arg_max passes over nulls and the last judgement may say nothing.
    (arg_max(struct_pack(detail := e.detail), (e.happened_at, e._load, e._record)) filter (e.kind = 'platform_judged')).detail as judged_for,
from marts.events as e
join marts.case_starts as s using (case_key)
where e.kind not in ('assigned', 'open', 'pending', 'reopened', 'waiting_customer', 'resumed')
group by e.case_key
