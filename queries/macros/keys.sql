-- Macros over the keys of dimensions: the ones a reader picked, and the one a row has.

-- Picked is a JSON object of dimension to a list of keys, '' standing for rows that have none; a dimension left out takes everything.
create or replace macro keys.has(picked, dimension, value) as
    (picked::json -> dimension) is null
    or list_contains(from_json(picked::json -> dimension, '["VARCHAR"]'), coalesce(value::varchar, ''));

create or replace macro keys.of_case(dimension, brand, vendor, platform, channel, agent, severity, priority) as
    case dimension
        when 'brand' then brand
        when 'vendor' then vendor
        when 'platform' then platform::varchar
        when 'channel' then channel::varchar
        when 'agent' then agent
        when 'severity' then severity::varchar
        when 'priority' then priority::varchar
    end;

create or replace macro keys.of_goods(dimension, request_type, sku, reason_agent, reason_buyer, reason_warehouse) as
    case dimension
        when 'request_type' then request_type::varchar
        when 'sku' then sku
        when 'reason_agent' then reason_agent
        when 'reason_buyer' then reason_buyer
        when 'reason_warehouse' then reason_warehouse
    end;

create or replace macro keys.of_day(dimension, day) as
    case dimension
        when 'day' then day::varchar
        when 'week' then date_trunc('week', day)::date::varchar
        when 'month' then strftime(day, '%Y-%m')
    end;

-- A number that stands for a text of a kind; not hash(), which may change with DuckDB while a snapshot stays.
create or replace macro keys.text_key(kind, given) as md5_number_lower(kind || ' ' || given);
