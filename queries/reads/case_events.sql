-- One row per event of one case, in the order of the log where it is numbered, else of time.
select clock.iso(happened_at) as happened_at, kind::varchar as kind, actor, agent_id, detail
from scoped.events($scope_brands, $scope_vendors, $scope_agents) as e
where case_key = $case_key::integer
order by e.happened_at, e.seq, e._load, e._record
limit $most::integer
