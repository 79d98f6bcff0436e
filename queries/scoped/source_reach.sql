-- One row per source, only for a principal of everything: until when it is known, and whether that or the run itself set the as-of.
create or replace macro scoped.source_reach(brands, vendors, agents) as table
    select s.*, a.as_of, r.requested_as_of is not null as is_as_of_requested
    from marts.source_reach as s
    cross join marts.as_of as a
    cross join config.run as r
    where brands::varchar[] is null and vendors::varchar[] is null and agents::varchar[] is null;
