-- One type per closed list of words that canonical rows may use; stored as a byte, read as text.

create type vocabulary.platform as enum
    ('taobao', 'tmall', 'jd', 'pdd', 'douyin', 'kuaishou', 'xiaohongshu', 'wechat', 'shopify', 'own', 'other');

create type vocabulary.channel as enum ('chat', 'phone', 'email', 'social', 'form', 'platform');

create type vocabulary.request_type as enum
    ('refund_only_unshipped', 'refund_only_shipped', 'return_refund', 'exchange', 'reship', 'repair', 'complaint', 'enquiry');

create type vocabulary.severity as enum ('A', 'B', 'C');

create type vocabulary.status as enum ('open', 'pending', 'solved', 'closed');

create type vocabulary.sender as enum ('customer', 'agent', 'bot', 'system', 'brand', 'platform');

create type vocabulary.event_kind as enum (
    'open', 'pending', 'solved', 'closed', 'reopened',
    'assigned', 'transferred', 'escalated_to_brand', 'returned_to_vendor', 'solution_offered', 'platform_intervened', 'platform_judged',
    'priority_changed', 'return_address_sent', 'waiting_customer', 'resumed'
);

create type vocabulary.judgement as enum ('buyer', 'seller', 'withdrawn');

create type vocabulary.decider as enum ('vendor', 'brand', 'platform', 'system', 'buyer');

create type vocabulary.goods_status as enum
    ('unshipped', 'in_transit', 'delivered', 'returned', 'intercepted', 'lost_claimed', 'waived');

create type vocabulary.kpi_state as enum ('met', 'late', 'breached', 'pending', 'counted');

create type vocabulary.conduct as enum
    ('greeting', 'intake', 'forbidden', 'personal_data', 'promise', 'return_address', 'closing', 'repeated');
