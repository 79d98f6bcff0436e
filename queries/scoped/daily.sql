-- One row per KPI, local day, brand, vendor, platform and channel of the principal's and of the keys picked; not for a principal of single agents.
create or replace macro scoped.daily(brands, vendors, agents, picked) as table
    select *
    from rollups.daily
    where agents::varchar[] is null
        and (brands::varchar[] is null or list_contains(brands::varchar[], brand_id))
        and (vendors::varchar[] is null or list_contains(vendors::varchar[], vendor_id))
        and keys.has(picked, 'brand', brand_id)
        and keys.has(picked, 'vendor', vendor_id)
        and keys.has(picked, 'platform', platform)
        and keys.has(picked, 'channel', channel);
