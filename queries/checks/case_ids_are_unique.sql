-- No rows: a case id or key stands for one case.
select case_id, count(*) as cases
from marts.cases
group by case_id
having count(*) > 1
union all
select case_key::varchar, count(*)
from marts.cases
group by case_key
having count(*) > 1
