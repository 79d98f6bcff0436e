-- One row per case, in the order of its id's key: one block tells where an id is.
select keys.text_key('case', case_id) as text_key, case_key, brand_id, vendor_id, agent_id
from marts.cases
order by text_key
