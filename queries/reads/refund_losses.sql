-- One row per vendor and currency, and per product and currency: refunds lost in the period, as refunded_without_goods counts them.
select
    if(grouping(vendor_id) = 0, 'vendor', 'sku') as "by",
    if(grouping(vendor_id) = 0, vendor_id, sku_id) as key,
    currency,
    count(*)::integer as refunds,
    count(loss_minor)::integer as amounts,
    sum(loss_minor)::double as minor,
from scoped.refund_losses($scope_brands, $scope_vendors, $scope_agents, $keys, $from::date, $to::date)
where loss = 'lost'
group by grouping sets ((vendor_id, currency), (sku_id, currency))
order by "by", refunds desc, key nulls last, currency
