-- No rows: of every file, records = loaded + superseded + ignored + quarantined.
select load_id, table_name, file, records, loaded, superseded, ignored, quarantined
from quarantine.file_accounts
where records <> loaded + superseded + ignored + quarantined
