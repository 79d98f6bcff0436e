-- One row per automatic check that applies to one case of the principal's.
create or replace macro scoped.case_conduct(brands, vendors, agents, wanted) as table
    select x.*
    from rollups.conduct as x, scoped.case_owners(brands, vendors, agents) as o
    where x.case_key = wanted and o.case_key = wanted;
