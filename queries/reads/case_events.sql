-- One row per event of one case, in the order of the log where it is numbered, else of time.
select clock.iso(happened_at) as happened_at, kind::varchar as kind, actor, agent_id, detail
from scoped.case_events($scope_brands, $scope_vendors, $scope_agents, $case_key::integer) as e
order by e.happened_at, e.seq, e._load, e._record
limit $most::integer
