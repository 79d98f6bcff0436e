-- One row per refund of one case of the principal's, as marts.refunds has it.
create or replace macro scoped.case_refunds(brands, vendors, agents, wanted) as table
    select x.*
    from marts.refunds as x, scoped.case_owners(brands, vendors, agents) as o
    where x.case_key = wanted and o.case_key = wanted;
