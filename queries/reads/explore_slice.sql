-- One row per day and keys of one KPI, by day: days after the first, keys as positions in the lists given, 0 for none; what counted, what is pending.
-- Numbers group in half the time that texts take.
with numbered as (
    select
        (day - $from::date)::usmallint as day,
        if(brand_id is null, 0, list_position($brand::varchar[], brand_id))::usmallint as brand,
        if(vendor_id is null, 0, list_position($vendor::varchar[], vendor_id))::usmallint as vendor,
        if(platform is null, 0, list_position($platform::varchar[], platform::varchar))::usmallint as platform,
        if(channel is null, 0, list_position($channel::varchar[], channel::varchar))::usmallint as channel,
        if(request_type is null, 0, list_position($request_type::varchar[], request_type::varchar))::usmallint as request_type,
        if(reason_buyer is null, 0, list_position($reason_buyer::varchar[], reason_buyer))::usmallint as reason_buyer,
        if(reason_agent is null, 0, list_position($reason_agent::varchar[], reason_agent))::usmallint as reason_agent,
        numerator, denominator, state,
    from scoped.kpi_rows($scope_brands, $scope_vendors, $scope_agents, $keys)
    where day >= $from::date and day < $to::date
        and metric = $metric::config.metric
)
select
    day, brand, vendor, platform, channel, request_type, reason_buyer, reason_agent,
    sum(numerator)::integer as numerator,
    sum(denominator)::integer as denominator,
    (count(*) filter (state = 'pending'::vocabulary.kpi_state))::integer as pending,
from numbered
group by day, brand, vendor, platform, channel, request_type, reason_buyer, reason_agent
order by day
