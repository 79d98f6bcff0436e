-- One row per KPI, local day, brand, vendor, platform and channel; in the order of days, since a page asks for all KPIs of a period.
select
    metric, day, brand_id, vendor_id, platform, channel,
    sum(numerator)::integer as numerator,
    sum(denominator)::integer as denominator,
    count(*) filter (state = 'pending')::integer as pending,
from rollups.kpi_rows
group by all
order by day, metric
