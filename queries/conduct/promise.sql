-- One row per case, calls apart, with a promise that is due: each kept, by an answer, a solution or a decision in time, and where it was about money by the refund itself?
with due as (
    select p.*
    from marts.promises as p
    cross join marts.as_of as a
    where p.due_at < a.as_of
),
answered as (
    select d.case_key, d.message_id
    from due as d
    join marts.message_signs as s
        on s.case_key = d.case_key and s.is_human and s.sent_at >= d.counts_from_at and s.sent_at <= d.due_at
    where not d.is_money
    union
    select d.case_key, d.message_id
    from due as d
    join marts.events as e
        on e.case_key = d.case_key and e.happened_at >= d.counts_from_at and e.happened_at <= d.due_at
    where not d.is_money and e.kind in ('solution_offered', 'return_address_sent')
),
refunded as (
    select
        d.case_key, d.message_id,
        bool_or(if(d.is_money, r.refunded_at <= d.due_at, greatest(r.decided_at, r.refunded_at, d.sent_at) > d.sent_at and least(
            if(r.decided_at > d.sent_at, r.decided_at, null), if(r.refunded_at > d.sent_at, r.refunded_at, null)) <= d.due_at)) as is_kept,
    from due as d
    join marts.refunds as r on r.case_key = d.case_key and r.applied_at <= d.due_at
        and (r.rejected_at is null or r.rejected_at > d.sent_at)
    group by d.case_key, d.message_id
),
judged as (
    select
        d.case_key, d.message_id, d.sent_at, d.words,
        coalesce(a.case_key is not null or r.is_kept, false) as is_kept,
    from due as d
    left join answered as a on a.case_key = d.case_key and a.message_id = d.message_id
    left join refunded as r on r.case_key = d.case_key and r.message_id = d.message_id
    where not d.is_money or r.case_key is not null
),
shown as (
    select case_key, bool_and(is_kept) as passed, arg_min({message_id: message_id, shown_at: sent_at, words: words}, (is_kept, sent_at, message_id)) as by
    from judged
    group by case_key
)
select s.case_key, s.passed, s.by.message_id as message_id, s.by.shown_at as shown_at, s.by.words as detail
from shown as s
join marts.cases as c using (case_key)
where not c.is_flagged and c.channel is distinct from 'phone'
