-- One row per other case of the same customer or order, merged into this one or taking it in, latest first, with what counts as a risk sign.
-- The least and the greatest key skip what lies outside them; a join would read whole cases.
with others as (
    select
        case_id, start_at, request_type, status, brand_id, vendor_id, platform, is_flagged, is_ticket, is_disputed, refunds,
        coalesce(customer_id = $customer_id::varchar, false) as is_same_customer,
        coalesce(brand_id = $brand_id::varchar and order_id = $order_id::varchar, false) as is_same_order,
        coalesce(merged_into_key = $case_key::integer, false) as is_merged_here,
        coalesce(case_key = $merged_into_key::integer, false) as takes_this_in,
        clock.seconds(start_at, $start_at::timestamp) as seconds_before,
    from scoped.cases($scope_brands, $scope_vendors, $scope_agents)
    where case_key between $least_key::integer and $greatest_key::integer
        and list_contains($found_keys::integer[], case_key)
        and case_key <> $case_key::integer
),
related as (
    select * from others where is_same_customer or is_same_order or is_merged_here or takes_this_in
),
signs as (
    select
        coalesce(sum(refunds) filter (is_same_customer and seconds_before between 0 and 90 * 86400), 0)::integer as customer_refunds_90d,
        (count(*) filter (is_same_customer and not is_flagged and abs(seconds_before) <= 7 * 86400))::integer as customer_contacts_7d,
    from related
)
select
    r.case_id, clock.iso(r.start_at) as start_at, r.request_type::varchar as request_type, r.status, r.brand_id, r.vendor_id,
    r.platform::varchar as platform, r.is_flagged, r.is_ticket, r.is_disputed, r.refunds, r.is_same_customer, r.is_same_order,
    r.is_merged_here, r.takes_this_in, s.customer_refunds_90d, s.customer_contacts_7d,
from related as r
cross join signs as s
order by r.start_at desc, r.case_id
limit $most::integer
