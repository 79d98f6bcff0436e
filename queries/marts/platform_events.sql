-- One row per event by which a platform stepped in, under the case that a merged ticket ended in.
select coalesce(m.final_key, e.ticket_key) as case_key, e.* exclude (ticket_key)
from staging.events as e
left join marts.merges as m using (ticket_key)
where e.kind in ('platform_intervened', 'platform_judged')
