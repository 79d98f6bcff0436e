-- One row per source: the instant until which it is known, and how long that is before the latest of them.
select
    source,
    strftime(known_until, '%Y-%m-%dT%H:%M:%S.%gZ') as known_until,
    (epoch(max(known_until) over ()) - epoch(known_until))::double as behind_seconds,
    is_database,
    not is_as_of_requested and known_until = min(known_until) over () as is_last,
from scoped.source_reach($scope_brands, $scope_vendors, $scope_agents)
order by known_until, source
