-- One row per case begun in the period, in the order asked for, from a place in it on or, with $way -1, backwards; with words, cases that say them all.
with listed as (
    select
        case_key, 0 as item_key, case_id, ticket_id, order_id,
        case $sort::varchar
            when 'started' then epoch_us(start_at)
            when 'first_response' then if($response_clock::varchar = 'business', first_response_business_seconds, first_response_calendar_seconds)
            when 'solution' then if($solution_clock::varchar = 'business', solution_business_seconds, solution_calendar_seconds)
            when 'reopens' then reopens
            when 'messages' then messages
            when 'csat' then csat_score
        end::double as measure,
    from scoped.cases_picked($scope_brands, $scope_vendors, $scope_agents, $keys)
    where ($with_flagged::boolean or not is_flagged)
        and started_on >= $from::date and started_on < $to::date
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
    excerpt, (select count(*) from found where $words::varchar[] is not null)::integer as found,
from found
where $after_place::integer is null
    or (rank, place, item_place)
        > (coalesce($after_rank::double, $way::integer * 'infinity'::double), $after_place::integer, $after_item::integer)
order by rank, place, item_place
limit $limit::integer
