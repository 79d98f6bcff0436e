-- One row per event by which a platform stepped into a merged ticket: it belongs to the ticket that one ended in.
select m.final_key as case_key, e.* exclude (ticket_key)
from staging.events as e
join marts.merges as m using (ticket_key)
where e.kind in ('platform_intervened', 'platform_judged') and m.final_key <> e.ticket_key
