-- One row per case, round or refund behind a KPI, in the order asked for, from a place in it on or, with $way -1, backwards; with words, of cases that say them all.
with valued as (
    select *, if(is_duration and coalesce($clock::varchar, default_clock) = 'business', value_business, value) as asked_value
    from scoped.kpi_rows($scope_brands, $scope_vendors, $scope_agents, $keys, $of_refunds::boolean)
    where metric = $metric::config.metric
        and day >= $from::date and day < $to::date
        and case $kind::varchar
            when 'counted' then denominator = 1
            when 'failing' then denominator = 1 and numerator = if($is_down::boolean, 1, 0)
            when 'pending' then state = 'pending'
        end
),
listed as (
    select
        case_key, coalesce(item_key, 0) as item_key, item_id, day, state, numerator, asked_value, currency, case_id, ticket_id, order_id,
        case $sort::varchar
            when 'started' then epoch_us(start_at)
            when 'first_response' then if($response_clock::varchar = 'business', first_response_business_seconds, first_response_calendar_seconds)
            when 'solution' then if($solution_clock::varchar = 'business', solution_business_seconds, solution_calendar_seconds)
            when 'reopens' then reopens
            when 'messages' then messages
            when 'csat' then csat_score
            when 'value' then asked_value
        end::double as measure,
    from valued
),
found as (
    select
        l.*, s.excerpt,
        $way::integer * coalesce($sign::integer * l.measure, 'infinity'::double) as rank,
        $way::integer * $sign::integer * l.case_key as place,
        $way::integer * l.item_key as item_place,
    from listed as l
    left join scoped.case_sayings(
        $scope_brands, $scope_vendors, $scope_agents, $words, $first_key::integer, $last_key::integer
    ) as s using (case_key)
    where $words::varchar[] is null
        or s.case_key is not null
        or list_contains([l.case_id, l.ticket_id, l.order_id], $id::varchar)
)
select
    case_key, item_key, measure,
    item_id, day::varchar as day, state::varchar as state, numerator::integer as numerator, asked_value as value, currency,
    excerpt, (select count(*) from found where $words::varchar[] is not null)::integer as found,
from found
where $after_place::integer is null
    or (rank, place, item_place)
        > (coalesce($after_rank::double, $way::integer * 'infinity'::double), $after_place::integer, $after_item::integer)
order by rank, place, item_place
limit $limit::integer
