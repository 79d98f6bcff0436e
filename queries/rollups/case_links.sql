-- One row per case and customer, order or merge that it has in common with another, in the order of the text's key: one block tells which they are.
with customers as (
    select keys.text_key('customer', customer_id) as text_key, unnest(list(case_key)) as case_key
    from marts.cases
    where customer_id is not null
    group by customer_id
    having count(*) > 1
),
orders as (
    select keys.text_key('order', brand_id || '/' || order_id) as text_key, unnest(list(case_key)) as case_key
    from marts.cases
    where order_id is not null
    group by brand_id, order_id
    having count(*) > 1
),
merges as (
    select keys.text_key('merged', merged_into_key::varchar) as text_key, case_key
    from marts.cases
    where merged_into_key is not null
),
links as (
    from customers union all from orders union all from merges
)
select l.text_key, l.case_key, c.brand_id, c.vendor_id, c.agent_id
from links as l
join marts.cases as c using (case_key)
order by l.text_key
