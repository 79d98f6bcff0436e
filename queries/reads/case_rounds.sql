-- One row per round of one case.
select round_number::integer as round_number, clock.iso(asked_at) as asked_at, clock.iso(answered_at) as answered_at,
    reply_calendar_seconds, reply_business_seconds,
from scoped.case_rounds($scope_brands, $scope_vendors, $scope_agents, $case_key::integer) as r
order by r.round_number
limit $most::integer
