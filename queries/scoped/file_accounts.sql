-- One row per load and table it feeds, only for a principal of everything: files hold rows of many brands.
create or replace macro scoped.file_accounts(brands, vendors, agents) as table
    select *
    from quarantine.file_accounts
    where brands::varchar[] is null and vendors::varchar[] is null and agents::varchar[] is null;
