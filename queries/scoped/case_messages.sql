-- One row per message of one case of the principal's. Two constants instead of a join: each side reads one block.
create or replace macro scoped.case_messages(brands, vendors, agents, wanted) as table
    select x.*
    from marts.messages as x, scoped.case_owners(brands, vendors, agents) as o
    where x.case_key = wanted and o.case_key = wanted;
