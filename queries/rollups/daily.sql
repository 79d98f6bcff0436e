-- One row per KPI, local day, brand, vendor, platform and channel.
select
    k.metric, k.day, c.brand_id, c.vendor_id, c.platform, c.channel,
    sum(k.numerator)::integer as numerator,
    sum(k.denominator)::integer as denominator,
    count(*) filter (k.state = 'pending')::integer as pending,
from rollups.kpi_rows as k
join marts.cases as c using (case_key)
group by all
order by k.metric, k.day
