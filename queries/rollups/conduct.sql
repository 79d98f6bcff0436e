-- One row per automatic check and case it applies to: all conduct views kept, with the message or the instant that shows why.
select 'greeting'::vocabulary.conduct as conduct_check, case_key, passed, message_id, shown_at, detail from conduct.greeting
union all
select 'intake'::vocabulary.conduct as conduct_check, case_key, passed, message_id, shown_at, detail from conduct.intake
union all
select 'forbidden'::vocabulary.conduct as conduct_check, case_key, passed, message_id, shown_at, detail from conduct.forbidden
union all
select 'personal_data'::vocabulary.conduct as conduct_check, case_key, passed, message_id, shown_at, detail from conduct.personal_data
union all
select 'promise'::vocabulary.conduct as conduct_check, case_key, passed, message_id, shown_at, detail from conduct.promise
union all
select 'return_address'::vocabulary.conduct as conduct_check, case_key, passed, message_id, shown_at, detail from conduct.return_address
union all
select 'closing'::vocabulary.conduct as conduct_check, case_key, passed, message_id, shown_at, detail from conduct.closing
union all
select 'repeated'::vocabulary.conduct as conduct_check, case_key, passed, message_id, shown_at, detail from conduct.repeated
