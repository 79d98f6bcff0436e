-- No rows: numerators do not exceed denominators, a pending row counts for nothing and any other row for one, and every row has a day.
select metric, case_key, item_key, day, numerator, denominator, state
from rollups.kpi_rows
where numerator > denominator or denominator > 1 or day is null or (state = 'pending') <> (denominator = 0)
