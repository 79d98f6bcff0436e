-- One row per case and text it is found by: its id, customer, order or the case it was merged into; in the order of the text's key, so one block answers.
with texts as (
    select keys.text_key('case', case_id) as text_key, case_key, brand_id, vendor_id, agent_id from marts.cases
    union all
    select keys.text_key('customer', customer_id), case_key, brand_id, vendor_id, agent_id from marts.cases where customer_id is not null
    union all
    select keys.text_key('order', brand_id || '/' || order_id), case_key, brand_id, vendor_id, agent_id from marts.cases where order_id is not null
    union all
    select keys.text_key('merged', merged_into_key::varchar), case_key, brand_id, vendor_id, agent_id from marts.cases where merged_into_key is not null
)
select *
from texts
order by text_key
