-- One row per automatic check that applies to one case, with the message that shows why: the one kept, else what was said at its instant.
with judged as (
    select conduct_check, passed, message_id, shown_at, detail
    from scoped.case_conduct($scope_brands, $scope_vendors, $scope_agents, $case_key::integer)
),
said as (
    select sent_at, arg_min(message_id, (not is_human, message_id)) as message_id
    from scoped.case_messages($scope_brands, $scope_vendors, $scope_agents, $case_key::integer)
    where is_public and sender <> 'customer'
    group by sent_at
)
select
    j.conduct_check::varchar as "check", j.passed, coalesce(j.message_id, s.message_id) as message_id,
    clock.iso(j.shown_at) as shown_at, j.detail,
from judged as j
left join said as s on s.sent_at = j.shown_at
order by j.conduct_check
