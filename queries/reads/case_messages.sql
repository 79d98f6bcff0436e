-- One row per message of one case, in their order; very long ones are cut, with their whole length beside.
select
    message_id, clock.iso(m.sent_at) as sent_at, sender::varchar as sender, agent_id, is_public, is_automatic, is_human, content_type,
    left(m.body, $most_characters::integer) as body, coalesce(length(m.body), 0)::integer as characters,
from scoped.case_messages($scope_brands, $scope_vendors, $scope_agents, $case_key::integer) as m
order by m.sent_at, m.message_id
limit $most::integer
