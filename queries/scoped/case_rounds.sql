-- One row per round of one case of the principal's.
create or replace macro scoped.case_rounds(brands, vendors, agents, wanted) as table
    select x.*
    from marts.rounds as x, scoped.case_owners(brands, vendors, agents) as o
    where x.case_key = wanted and o.case_key = wanted;
