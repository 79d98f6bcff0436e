-- One row per record in quarantine, only for a principal of everything: these rows may not even have a brand.
create or replace macro scoped.quarantine(brands, vendors, agents) as table
    select *
    from quarantine.records
    where brands::varchar[] is null and vendors::varchar[] is null and agents::varchar[] is null;
