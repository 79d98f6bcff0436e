-- No rows: every refund applied for by the as-of instant is in marts.refunds once, in a case that exists.
select r.refund_key, count(m.refund_key) as times
from marts.refunds_as_of as r
left join (select refund_key from marts.refunds semi join marts.cases using (case_key)) as m using (refund_key)
group by r.refund_key
having count(m.refund_key) <> 1
