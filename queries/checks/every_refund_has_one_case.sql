-- No rows: every refund applied for by the as-of instant is in marts.refunds once, in a case that exists.
select r.source, r.refund_id, count(m.refund_key) as times
from marts.refunds_as_of as r
left join (select source, refund_id, refund_key from marts.refunds semi join marts.cases using (case_key)) as m using (source, refund_id)
group by r.source, r.refund_id
having count(m.refund_key) <> 1
