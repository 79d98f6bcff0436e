-- One row per case, round or refund of the principal's behind a KPI, of the keys picked: what a list orders and finds it by, and what the KPI says of it.
create or replace macro scoped.kpi_rows_listed(
    brands, vendors, agents, picked, asked_metric, kind, is_down, first_day, end_day, asked_clock, sort, response_clock, solution_clock
) as table
    with valued as (
        select *, if(asked_clock = 'business', value_business, value) as asked_value
        from scoped.kpi_rows(brands, vendors, agents, picked)
        where metric = asked_metric::config.metric
            and day >= first_day::date and day < end_day::date
            and case kind
                when 'counted' then denominator = 1
                when 'failing' then denominator = 1 and numerator = if(is_down, 1, 0)
                when 'pending' then state = 'pending'::vocabulary.kpi_state
            end
    )
    select
        v.case_key, coalesce(item_key, 0) as item_key, c.case_id, c.ticket_id, c.order_id, c.is_ticket, item_id, day, state, numerator,
        asked_value as value, currency,
        case sort
            when 'started' then epoch_us(start_at)
            when 'first_response' then clock.pick(response_clock, first_response_calendar_seconds, first_response_business_seconds)
            when 'solution' then clock.pick(solution_clock, solution_calendar_seconds, solution_business_seconds)
            when 'messages' then messages
            when 'reopens' then reopens
            when 'csat' then csat_score
            when 'value' then asked_value
        end::double as measure,
    from valued as v
    join scoped.cases(brands, vendors, agents) as c using (case_key);
