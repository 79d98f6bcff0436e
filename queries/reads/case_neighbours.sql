-- One row per other case of the same customer or order, merged into this one or taking it in, latest first, with what it counts as a risk sign.
with keys_found as (
    select distinct case_key
    from scoped.case_index($scope_brands, $scope_vendors, $scope_agents)
    where text_key in (
        keys.text_key('customer', $customer_id::varchar),
        keys.text_key('order', $brand_id::varchar || '/' || $order_id::varchar),
        keys.text_key('merged', $case_key::varchar)
    )
    union
    select $merged_into_key::integer
),
others as (
    select
        case_key, case_id, start_at, request_type, status, brand_id, vendor_id, platform, is_flagged, is_ticket, is_disputed,
        coalesce(customer_id = $customer_id::varchar, false) as is_same_customer,
        is_same_customer and not is_flagged and abs(clock.seconds(start_at, $start_at::timestamp)) <= 7 * 86400 as is_contact_7d,
        coalesce(brand_id = $brand_id::varchar and order_id = $order_id::varchar, false) as is_same_order,
        coalesce(merged_into_key = $case_key::integer, false) as is_merged_here,
        coalesce(case_key = $merged_into_key::integer, false) as takes_this_in,
    from scoped.cases($scope_brands, $scope_vendors, $scope_agents)
    where case_key in (select case_key from keys_found) and case_key <> $case_key::integer
),
money as (
    select
        case_key, count(*)::integer as refunds,
        (count(*) filter (applied_at > $start_at::timestamp - interval 90 days and applied_at <= $start_at::timestamp))::integer as refunds_90d,
        sum(amount_refunded_minor)::double as amount_refunded_minor, any_value(currency) as currency,
    from scoped.refunds($scope_brands, $scope_vendors, $scope_agents)
    where case_key in (select case_key from keys_found)
    group by case_key
),
related as (
    select o.*, m.refunds, m.refunds_90d, m.amount_refunded_minor, m.currency
    from others as o
    left join money as m using (case_key)
    where o.is_same_customer or o.is_same_order or o.is_merged_here or o.takes_this_in
),
signs as (
    select
        coalesce(sum(refunds_90d) filter (is_same_customer), 0)::integer as customer_refunds_90d,
        (count(*) filter (is_contact_7d))::integer as customer_contacts_7d,
    from related
)
select
    r.case_id, clock.iso(r.start_at) as start_at, r.request_type::varchar as request_type, r.status, r.brand_id, r.vendor_id,
    r.platform::varchar as platform, r.is_flagged, r.is_ticket, r.is_disputed, r.is_same_customer, r.is_same_order, r.is_merged_here,
    r.takes_this_in, coalesce(r.refunds, 0) as refunds, r.amount_refunded_minor, r.currency,
    s.customer_refunds_90d, s.customer_contacts_7d,
from related as r
cross join signs as s
order by r.start_at desc, r.case_id
limit $most::integer
