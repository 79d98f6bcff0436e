-- One row per vendor and currency, and per product and currency: refunds that refunded_without_goods counts in the period, and what was lost.
with counted as (
    select vendor_id, sku_id, currency, numerator, value as minor
    from scoped.refunds_judged($scope_brands, $scope_vendors, $scope_agents, $keys, 'refunded_without_goods', $from::date, $to::date)
    where refunded_on >= $from::date and refunded_on < $to::date
)
select
    if(grouping(vendor_id) = 0, 'vendor', 'sku') as "by",
    if(grouping(vendor_id) = 0, vendor_id, sku_id) as key,
    currency,
    count(*)::integer as counted,
    sum(numerator)::integer as refunds,
    count(minor)::integer as amounts,
    sum(minor)::double as minor,
from counted
group by grouping sets ((vendor_id, currency), (sku_id, currency))
having grouping(vendor_id) = 0 or sum(numerator) > 0
order by "by", refunds desc, key nulls last, currency
