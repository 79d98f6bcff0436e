-- One row per comment of a Zendesk replica; the author's role comes from its users (agents and customers share one id space, so both are hashed).
-- require: ticket_comment.id, ticket_comment.ticket_id, ticket_comment.created, user.id, user.role
-- hash: ticket_comment.user_id, user.id
-- mask: ticket_comment.body
with latest_user as (
    select id, role
    from raw.user
    qualify row_number() over (partition by id order by _load desc, _record desc) = 1
)
select
    c.id as message_id,
    c.ticket_id,
    c.created as sent_at,
    case u.role when 'end-user' then 'customer' when 'admin' then 'agent' else coalesce(u.role, 'author unknown') end as sender,
    if(u.role in ('agent', 'admin'), c.user_id, null) as agent_id,
    c.public as is_public,
    c.body,
    c._load, c._record,
from raw.ticket_comment as c
left join latest_user as u on u.id = c.user_id
