-- One macro per way of reading text: a value that does not fit becomes null, never a guess. Texts come trimmed (parse.text).

-- Space, tab, line ends, no-break space, ideographic space, byte order mark.
create or replace macro parse.blanks() as e' \t\r\n' || chr(160) || chr(12288) || chr(65279);

-- Trimming costs three times what looking for something to trim does.
create or replace macro parse.text(given) as
    case
        when regexp_matches(given, '^[\s\x{A0}\x{3000}\x{FEFF}]|[\s\x{A0}\x{3000}\x{FEFF}]$') then nullif(trim(given, parse.blanks()), '')
        else nullif(given, '')
    end;

-- Spreadsheets guard long ids with quotes, apostrophes, equal signs or a tab; none of them belongs to the id.
create or replace macro parse.id(given) as
    case
        when regexp_matches(given, '^[\s\x{A0}\x{3000}\x{FEFF}="''`]|[\s\x{A0}\x{3000}\x{FEFF}="''`]$')
            then nullif(trim(given, parse.blanks() || '="''`'), '')
        else nullif(given, '')
    end;

-- 4.83E+18: a spreadsheet has rounded the id and its last digits are gone.
create or replace macro parse.is_rounded(id) as contains(id, 'E+') and regexp_full_match(id, '-?\d(?:\.\d+)?E\+\d+');

create or replace macro parse.whole_number(given) as case when regexp_full_match(given, '-?\d+') then try_cast(given as bigint) end;

create or replace macro parse.truth(given) as
    case lower(given)
        when 'true' then true when 'false' then false when 't' then true when 'f' then false when '1' then true when '0' then false
        when 'yes' then true when 'no' then false when 'y' then true when 'n' then false when '是' then true when '否' then false
    end;

-- A local time that exists twice is the earlier one, one that does not exist moves forward (ICU alone takes the later).
create or replace macro parse.zoned(local_at, zone) as (
    case
        when timezone(zone, timezone(zone, local_at) - interval 2 hours) = local_at then timezone('UTC', timezone(zone, local_at) - interval 2 hours)
        when timezone(zone, timezone(zone, local_at) - interval 1 hour) = local_at then timezone('UTC', timezone(zone, local_at) - interval 1 hour)
        when timezone(zone, timezone(zone, local_at) - interval 30 minutes) = local_at then timezone('UTC', timezone(zone, local_at) - interval 30 minutes)
        else timezone('UTC', timezone(zone, local_at))
    end
);

-- Zones without clock changes since `fixed_since` need no calendar arithmetic: one subtraction instead of ICU.
create or replace macro parse.utc(local_at, zone, fixed_since, offset_seconds) as
    case
        when local_at >= fixed_since then make_timestamp(epoch_us(local_at) - 1000000 * offset_seconds)
        else parse.zoned(local_at, zone)
    end;

-- Forms of ISO 8601 that DuckDB's own cast leaves out: a space before the offset, +0800, no seconds, a small z.
create or replace macro parse.offset_instant(given) as try_cast(
    replace(given[1:10], '/', '-') || ' '
    || regexp_extract(given, '(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(?:[Zz]|[+-][\d:]+)$', 1)
    || case when given[-1] in ('Z', 'z') then '+00' else regexp_replace(given, '^.*([+-]\d{2}):?(\d{2})?$', '\1:\2').rtrim(':') end
    as timestamptz);

create or replace macro parse.iso_instant(given, zone, fixed_since, offset_seconds) as
    case
        when regexp_full_match(given, '\d{4}(?:-\d{2}-|/\d{2}/)\d{2}[ T](?:[01]\d|2[0-3]):\d{2}(?::\d{2}(?:\.\d{1,9})?)?')
            then parse.utc(try_cast(given as timestamp), zone, fixed_since, offset_seconds)
        when regexp_full_match(given, '\d{4}(?:-\d{2}-|/\d{2}/)\d{2}[ T](?:[01]\d|2[0-3]):\d{2}(?::\d{2}(?:\.\d{1,9})?)? ?(?:[Zz]|[+-]\d{2}(?::?\d{2})?)')
            then make_timestamp(epoch_us(coalesce(try_cast(given as timestamptz), parse.offset_instant(given))))
        when regexp_full_match(given, '\d{10}') then make_timestamp(1000000 * try_cast(given as bigint))
        when regexp_full_match(given, '\d{13}') then make_timestamp(1000 * try_cast(given as bigint))
    end;

-- `clock` is what holds for local times of the source: { timezone, fixed_since, offset_seconds }.
create or replace macro parse.instant(given, clock) as
    parse.iso_instant(given, clock.timezone, clock.fixed_since, clock.offset_seconds);

create or replace macro parse.calendar_day(given) as
    case when regexp_full_match(given, '\d{4}(?:-\d{2}-|/\d{2}/)\d{2}') then try_cast(given as date) end;

-- ¥1,234.50, 1234.5元, -12 or -: yuan as platforms print them, in minor units as text; what is no amount stays as it is, for quarantine.
create or replace macro parse.yuan_minor(given) as
    case
        when regexp_full_match(given, '[\s\x{3000}—–－-]*') then null
        when regexp_full_match(given, '\s*-?[¥￥]?\s*-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s*(?:元|CNY|RMB)?\s*')
            then try_cast(round(100 * try_cast(regexp_replace(given, '[^\d.-]', '', 'g') as decimal(18, 4))) as bigint)::varchar
        else given
    end;

-- 12秒, 3分20秒, 1小时5分: durations as platforms print them, in seconds.
create or replace macro parse.spoken_seconds(given) as
    case
        when regexp_full_match(given, '\d+(?:\.\d+)?') then try_cast(given as double)
        when regexp_full_match(given, '(?:\d+(?:小时|时))?(?:\d+(?:分钟|分))?(?:\d+(?:\.\d+)?秒)?') and given <> '' then
            3600 * coalesce(try_cast(regexp_extract(given, '(\d+)(?:小时|时)', 1) as double), 0)
            + 60 * coalesce(try_cast(regexp_extract(given, '(\d+)(?:分钟|分)', 1) as double), 0)
            + coalesce(try_cast(regexp_extract(given, '(\d+(?:\.\d+)?)秒', 1) as double), 0)
    end;

-- 93.4% as 0.934; - and empty as null.
create or replace macro parse.percentage(given) as
    try_cast(regexp_extract(parse.text(given), '^(-?\d+(?:\.\d+)?)\s*[%％]$', 1) as double) / 100;

-- The first of these that is not null is why a record cannot be read: '<column> <reason>'.
create or replace macro parse.needs(column_name, given, read) as
    case when read is null then if(given is null, column_name || ' missing', column_name || ' unreadable') end;

create or replace macro parse.allows(column_name, given, read) as
    case when read is null and given is not null then column_name || ' unreadable' end;

create or replace macro parse.knows(column_name, given, read) as
    case when read is null and given is not null then column_name || ' unknown' end;

create or replace macro parse.declared(column_name, read, is_declared) as
    case when read is not null and not is_declared then column_name || ' undeclared' end;

create or replace macro parse.keeps_digits(column_name, id) as
    case when parse.is_rounded(id) then column_name || ' rounded' end;
