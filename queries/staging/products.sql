-- One row per brand and sku: its latest version that reads.
-- as view
select t.* exclude (problem, record_text)
from typed.products as t
anti join superseded.products as s using (_load, _record)
where t.problem is null
