-- One row per case, round or refund behind a KPI as in kpi_case_list, but only those of cases that say every word in their messages or have the id; with how many they are.
with listed as (
    select *
    from scoped.kpi_rows_listed(
        $scope_brands, $scope_vendors, $scope_agents, $keys, $metric, $kind::varchar, $is_down::boolean,
        $from, $to, $clock::varchar, $sort::varchar, $response_clock::varchar, $solution_clock::varchar
    )
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
    where s.case_key is not null or list_contains([l.case_id, l.ticket_id, l.order_id], $id::varchar)
),
counted as (
    select count(*)::integer as found from found
),
page as (
    select *
    from found
    where $after_place::integer is null
        or (rank, place, item_place)
            > (coalesce($after_rank::double, $way::integer * 'infinity'::double), $after_place::integer, $after_item::integer)
    order by rank, place, item_place
    limit $limit::integer
)
select
    case_key, item_key, measure,
    item_id, day::varchar as day, state::varchar as state, numerator::integer as numerator, value, currency, excerpt, found,
from page
cross join counted
order by rank, place, item_place
