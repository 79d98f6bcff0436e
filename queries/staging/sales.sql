-- One row per brand, product and day: its latest version that reads.
-- as view
select t.* exclude (problem, record_text)
from typed.sales as t
anti join superseded.sales as s using (_load, _record)
where t.problem is null
