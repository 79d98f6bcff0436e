-- One row per case, round or refund behind a KPI, in the order asked for, from a place in it on or, with $way -1, backwards.
with placed as (
    select
        *,
        $way::integer * coalesce($sign::integer * measure, 'infinity'::double) as rank,
        $way::integer * $sign::integer * case_key as place,
        $way::integer * item_key as item_place,
    from scoped.kpi_rows_listed(
        $scope_brands, $scope_vendors, $scope_agents, $keys, $metric, $kind::varchar, $is_down::boolean,
        $from, $to, $clock::varchar, $sort::varchar, $response_clock::varchar, $solution_clock::varchar
    )
)
select
    case_key, item_key, measure,
    item_id, day::varchar as day, state::varchar as state, numerator::integer as numerator, value, currency,
from placed
where $after_place::integer is null
    or (rank, place, item_place)
        > (coalesce($after_rank::double, $way::integer * 'infinity'::double), $after_place::integer, $after_item::integer)
order by rank, place, item_place
limit $limit::integer
