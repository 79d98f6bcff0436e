-- One row per refund on a list, the longest waiting first.
select
    list, mark, strftime(since_at, '%Y-%m-%dT%H:%M:%S.%gZ') as since_at, hours::double as hours, minor::double as minor, currency,
    refund_id, case_id, vendor_id, sku_id, request_type::varchar as request_type, region, tracking_no, goods_status::varchar as goods_status,
from scoped.refund_watch(
    $scope_brands, $scope_vendors, $scope_agents, $keys, $from::date, $to::date,
    $still_hours::integer, $remote_still_hours::integer, $remote_regions::varchar[], $open_days::integer
)
where list = $list::varchar and list_contains($marks::varchar[], mark)
order by since_at nulls last, refund_key
limit $limit::integer offset $offset::integer
