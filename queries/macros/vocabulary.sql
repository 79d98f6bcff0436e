-- One macro per closed list of words that canonical rows may use.

create or replace macro vocabulary.platforms() as
    ['taobao', 'tmall', 'jd', 'pdd', 'douyin', 'kuaishou', 'xiaohongshu', 'wechat', 'shopify', 'own', 'other'];

create or replace macro vocabulary.channels() as ['chat', 'phone', 'email', 'social', 'form', 'platform'];

create or replace macro vocabulary.request_types() as
    ['refund_only_unshipped', 'refund_only_shipped', 'return_refund', 'exchange', 'reship', 'repair', 'complaint', 'enquiry'];

create or replace macro vocabulary.senders() as ['customer', 'agent', 'bot', 'system', 'brand', 'platform'];

create or replace macro vocabulary.states() as ['open', 'pending', 'solved', 'closed', 'reopened'];

create or replace macro vocabulary.happenings() as
    [
        'assigned', 'transferred', 'escalated_to_brand', 'returned_to_vendor', 'solution_offered', 'platform_intervened',
        'platform_judged', 'priority_changed', 'return_address_sent', 'waiting_customer', 'resumed'
    ];

create or replace macro vocabulary.judgements() as ['buyer', 'seller', 'withdrawn'];

create or replace macro vocabulary.deciders() as ['vendor', 'brand', 'platform', 'system', 'buyer'];

create or replace macro vocabulary.goods_statuses() as
    ['unshipped', 'in_transit', 'delivered', 'returned', 'intercepted', 'lost_claimed', 'waived'];
