-- One row per ticket of a Zendesk replica.
-- require: ticket.id, ticket.created_at, ticket.status
-- hash: ticket.requester_id, ticket.assignee_id
select
    id as ticket_id,
    case status when 'new' then 'open' when 'hold' then 'pending' when 'deleted' then 'closed' else status end as status,
    case
        when via_channel in ('chat', 'email', 'form', 'phone', 'social', 'platform') then via_channel
        when via_channel in ('twitter', 'facebook', 'instagram_dm', 'whatsapp', 'wechat') then 'social'
        when via_channel in ('voice', 'call') then 'phone'
        when via_channel in ('web', 'api') then 'form'
        when via_channel in ('native_messaging', 'messaging') then 'chat'
    end as channel,
    requester_id as customer_id,
    assignee_id as agent_id,
    created_at as opened_at,
    updated_at,
    if(status = 'deleted', 'true', null) as is_spam,
    _load, _record,
from raw.ticket
