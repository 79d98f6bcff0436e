-- One row per term period and KPI: its limit and clock, its target.
select terms_id, metric, limit_seconds, clock, at_least, at_most
from config.terms
