-- One row per KPI and case, round or refund of one case of the principal's, of every grain: the rows of scoped.kpi_rows, with keys instead of names.
create or replace macro scoped.case_kpis(brands, vendors, agents, wanted) as table
    select x.*
    from rollups.kpi_rows as x, scoped.case_owners(brands, vendors, agents) as o
    where x.case_key = wanted and o.case_key = wanted;
