-- One row per case of the principal's in whose messages one of the phrases occurs; without phrases none.
create or replace macro scoped.case_phrases(brands, vendors, agents, phrases) as table
    select distinct case_key
    from marts.messages
    semi join scoped.cases(brands, vendors, agents) as c using (case_key)
    where len(phrases::varchar[]) > 0
        and list_bool_or(list_transform(phrases::varchar[], lambda phrase: contains(body, phrase)));
