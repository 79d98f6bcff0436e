-- One row per product and buyer's reason with enough cases begun in the period: how many, and how many in as many days before.
with counted as (
    select
        sku_id, reason_buyer,
        (count(*) filter (started_on >= $from::date))::integer as cases,
        (count(*) filter (started_on < $from::date))::integer as cases_before,
    from scoped.cases($scope_brands, $scope_vendors, $scope_agents)
    where not is_flagged
        and started_on >= $from::date - ($to::date - $from::date)::integer and started_on < $to::date
        and sku_id is not null and reason_buyer is not null
        and keys.has($keys, 'brand', brand_id)
        and keys.has($keys, 'vendor', vendor_id)
        and keys.has($keys, 'platform', platform)
        and keys.has($keys, 'channel', channel)
    group by sku_id, reason_buyer
)
select sku_id, reason_buyer, cases, cases_before
from counted
where cases >= 8 and cases > cases_before
order by cases - cases_before desc
limit 20
