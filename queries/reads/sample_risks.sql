-- One row per case of sample_population that shows signs of trouble, with the rules that say so.
with population as (
    select case_key, case_id, brand_id, vendor_id, agent_id, reopens, csat_score
    from scoped.cases_picked($scope_brands, $scope_vendors, $scope_agents, $keys)
    where is_ticket and not is_flagged
        and started_on >= $from::date and started_on < $to::date
),
judged as (
    select
        case_key,
        bool_or(metric = 'dispute_rate'::config.metric and numerator = 1) as is_dispute,
        bool_or(metric in ('first_response'::config.metric, 'resolution_24h'::config.metric) and denominator = 1 and numerator = 0) as is_late,
        bool_or(metric = 'refunded_without_goods'::config.metric and numerator = 1) as is_without_goods,
    from scoped.kpi_rows($scope_brands, $scope_vendors, $scope_agents, $keys)
    where metric in (
        'dispute_rate'::config.metric, 'first_response'::config.metric, 'resolution_24h'::config.metric, 'refunded_without_goods'::config.metric
    )
    group by case_key
),
valuable as (
    select distinct case_key
    from scoped.refunds_picked($scope_brands, $scope_vendors, $scope_agents, $keys)
    where value_minor >= $high_value_minor::bigint
),
spoken as (
    select case_key from scoped.case_phrases($scope_brands, $scope_vendors, $scope_agents, $phrases)
),
signed as (
    select
        p.*,
        list_filter([
            if(j.is_dispute, 'dispute', null),
            if(p.csat_score <= 2, 'low_rating', null),
            if(p.reopens > 0, 'reopened', null),
            if(j.is_late, 'late', null),
            if(s.case_key is not null, 'keywords', null),
            if(j.is_without_goods, 'refunded_without_goods', null),
            if(v.case_key is not null, 'high_value', null)
        ], lambda rule: list_contains($rules::varchar[], rule)) as reasons,
    from population as p
    left join judged as j using (case_key)
    left join valuable as v using (case_key)
    left join spoken as s using (case_key)
)
select case_id, brand_id, vendor_id, agent_id, reasons
from signed
where len(reasons) > 0
order by case_id
