-- One row per refund of the principal's with the keys picked that a KPI counts on one of the local days given, and what the KPI says of it.
create or replace macro scoped.refunds_judged(brands, vendors, agents, picked, kpi, from_day, to_day) as table
    select r.*, k.numerator, k.value
    from rollups.kpi_rows as k
    join scoped.refunds_picked(brands, vendors, agents, picked) as r on r.refund_key = k.item_key
    where k.metric = kpi::config.metric and k.denominator = 1 and k.day >= from_day::date and k.day < to_day::date;
