-- One row per case of the principal's begun in the period, of the keys picked: what a list orders and finds it by.
create or replace macro scoped.cases_listed(brands, vendors, agents, picked, first_day, end_day, with_flagged, sort, response_clock, solution_clock) as table
    select
        case_key, 0 as item_key, case_id, ticket_id, order_id, is_ticket,
        case sort
            when 'started' then epoch_us(start_at)
            when 'first_response' then clock.pick(response_clock, first_response_calendar_seconds, first_response_business_seconds)
            when 'solution' then clock.pick(solution_clock, solution_calendar_seconds, solution_business_seconds)
            when 'messages' then messages
            when 'reopens' then reopens
            when 'csat' then csat_score
        end::double as measure,
    from scoped.cases_picked(brands, vendors, agents, picked)
    where started_on >= first_day::date and started_on < end_day::date
        and (with_flagged or not is_flagged);
