-- The canonical rows of a snapshot as a PostgreSQL user would keep them: typed, keyed, indexed for these queries.
create table tickets (
    ticket_key integer primary key, source text, ticket_id text, brand_id text, vendor_id text, order_id text, sku_id text,
    severity text, opened_at timestamp, closed_at timestamp, merged_into text, is_spam boolean
);
create table messages (
    ticket_key integer, message_id text, sent_at timestamp, sender text, is_public boolean, is_automatic boolean
);
create table events (ticket_key integer, happened_at timestamp, kind text, seq bigint, detail text, position bigint);
create table refunds (
    refund_key integer primary key, source text, ticket_id text, order_id text, sku_id text, brand_id text, vendor_id text,
    applied_at timestamp, approved_at timestamp, rejected_at timestamp, refunded_at timestamp, closed_at timestamp,
    platform_intervened_at timestamp, judged_for text
);
create table calendar_intervals (calendar text, opens_at timestamp, closes_at timestamp, open_seconds_before double precision);
create table vendor_calendars (vendor_id text, calendar text, from_at timestamp, to_at timestamp);
create table term_periods (terms_id integer, vendor_id text, brand_id text, from_at timestamp, to_at timestamp);
create table terms (terms_id integer, metric text, limit_seconds double precision, clock text);
create table brands (brand_id text primary key, timezone text);
create table as_of (as_of timestamp);
