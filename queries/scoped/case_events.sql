-- One row per event of one case of the principal's.
create or replace macro scoped.case_events(brands, vendors, agents, wanted) as table
    select x.*
    from marts.events as x, scoped.case_owners(brands, vendors, agents) as o
    where x.case_key = wanted and o.case_key = wanted;
