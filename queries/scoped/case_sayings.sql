-- One row per case of the principal's, keys between two, in whose messages each of one to four words occurs: around the first of them, the message that has most.
-- Keys and words are looked at before cases, so that only the blocks of those keys are read; without words none is.
create or replace macro scoped.case_sayings(brands, vendors, agents, words, first_key, last_key) as table
    with spoken as (
        select
            case_key, sent_at, message_id, body,
            if(lower(array_to_string(words, ' ')) <> upper(array_to_string(words, ' ')), lower(body), body) as content,
        from marts.messages
        where words::varchar[] is not null and case_key between first_key and last_key
    ),
    hits as (
        select
            *,
            contains(content, lower(words[1])) as has_1, contains(content, lower(words[2])) as has_2,
            contains(content, lower(words[3])) as has_3, contains(content, lower(words[4])) as has_4,
        from spoken
        where contains(content, lower(words[1])) or contains(content, lower(words[2]))
            or contains(content, lower(words[3])) or contains(content, lower(words[4]))
    ),
    cases as (
        select
            case_key,
            arg_min(body, (-(has_1::integer + coalesce(has_2::integer, 0) + coalesce(has_3::integer, 0) + coalesce(has_4::integer, 0)), sent_at, message_id)) as body,
        from hits
        semi join (
            select case_key from scoped.cases(brands, vendors, agents) where case_key between first_key and last_key
        ) as c using (case_key)
        group by case_key
        having bool_or(has_1) and coalesce(bool_or(has_2), words[2] is null)
            and coalesce(bool_or(has_3), words[3] is null) and coalesce(bool_or(has_4), words[4] is null)
    ),
    placed as (
        select
            case_key, body,
            least(
                nullif(instr(lower(body), lower(words[1])), 0), nullif(instr(lower(body), lower(words[2])), 0),
                nullif(instr(lower(body), lower(words[3])), 0), nullif(instr(lower(body), lower(words[4])), 0)
            ) as first_at,
        from cases
    )
    select case_key, substr(body, greatest(first_at - 60, 1), 300) as excerpt
    from placed;
