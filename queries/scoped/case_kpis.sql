-- One row per KPI and case, round or refund of the principal's, of every grain: the rows of scoped.kpi_rows with keys instead of names.
create or replace macro scoped.case_kpis(brands, vendors, agents) as table
    select k.*, c.terms_id
    from rollups.kpi_rows as k
    join scoped.cases(brands, vendors, agents) as c using (case_key);
