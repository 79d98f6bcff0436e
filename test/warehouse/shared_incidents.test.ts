import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { RunResult } from '../../pipeline/run.ts';
import { describeShared, readSharedCsv, shared } from './shared_data.ts';
import { type WarehouseProject, openWarehouseProject, totalOf } from './warehouse_project.ts';

describeShared('incidents: the history of 890 real cases', () => {
  const config = `
timezone: UTC
brands: [{ id: it }]
vendors: [{ id: desk }]
sources:
  - name: log
    kind: incidents
    brand: it
    vendor: desk
    datetime_format: '%d-%m-%Y %H:%M'
    tables: { log: log.csv }
`;
  const tickets = `-- One row per incident: its latest record.
-- require: number, incident_state, opened_at
select
    number as ticket_id,
    case incident_state when 'Resolved' then 'solved' when 'Closed' then 'closed' when 'New' then 'open' when 'Active' then 'open' else 'pending' end as status,
    nullif(opened_at, '?') as opened_at,
    case when incident_state = 'Closed' then nullif(closed_at, '?') end as closed_at,
    nullif(assigned_to, '?') as agent_id,
    _load, _record,
from raw.log
qualify row_number() over (partition by number order by _load desc, _record desc) = 1
`;
  const events = `-- One row per record of the audit log, in its own order.
select
    number as ticket_id, nullif(sys_updated_at, '?') as "at",
    case
        when incident_state in ('New', 'Active') then 'open'
        when incident_state like 'Awaiting %' then 'pending'
        when incident_state = 'Resolved' then 'solved'
        when incident_state = 'Closed' then 'closed'
        when incident_state <> '?' then incident_state
    end as kind,
    _record as seq, _load, _record,
from raw.log
`;
  const caseRows = `
    select ticket_id, reopens, solution_at::varchar as solution_at, solution_calendar_seconds, first_completed_at::varchar as first_completed_at
    from marts.cases order by case_id`;
  const stateRows = `
    select t.ticket_id, e.seq, e.kind::varchar as kind, e.happened_at::varchar as happened_at, t.opened_at::varchar as opened_at, t.status::varchar as status
    from staging.events as e join staging.tickets as t using (ticket_key) order by all`;

  async function load(log: string, datetimeFormat: string | null): Promise<WarehouseProject> {
    const line = `    datetime_format: '%d-%m-%Y %H:%M'\n`;
    const own = datetimeFormat === null ? '' : `    datetime_format: '${datetimeFormat}'\n`;
    const project = await openWarehouseProject(config.replace(line, own));
    await project.put('incidents/tickets.sql', tickets);
    await project.put('incidents/events.sql', events);
    await project.put('log.csv', log);
    return project;
  }

  let project: WarehouseProject;
  let result: RunResult;
  let dialectA: string;
  let dialectB: string;
  beforeAll(async () => {
    dialectA = await readFile(join(shared, 'incidents/events_dialect_a.csv'), 'utf8');
    dialectB = await readFile(join(shared, 'incidents/events_dialect_b.csv'), 'utf8');
    project = await load(dialectA, '%d-%m-%Y %H:%M');
    result = await project.run();
  });
  afterAll(() => project.close());

  test('every record of the log is loaded', () => {
    const accounts = result.files.filter((file) => file.table === 'events');
    expect(accounts).toMatchObject([{ records: 5998, loaded: 5998 }]);
    expect(result.checks.filter((check) => check.rows > 0)).toEqual([]);
  });

  test('reopens equal the count that the data set itself keeps, for 890 of 890', async () => {
    const truth = await readSharedCsv(
      'incidents/truth_from_dataset.csv',
      z.object({ number: z.string(), reopen_count: z.coerce.number().int() }),
    );
    const rows = await project.rows('select ticket_id as number, reopens as reopen_count from marts.cases');
    expect(truth).toHaveLength(890);
    expect(byNumber(rows)).toEqual(byNumber(truth));
  });

  test('264 of 890 are solved within 24 h, counted from the first solved event', async () => {
    expect(totalOf(await project.totals(), 'resolution_24h')).toMatchObject({
      numerator: 264,
      denominator: 890,
      pending: 0,
    });
  });

  test('the other dialect gives the same values for its rows', async () => {
    const lines = dialectB.trimEnd().split('\n').length;
    expect(lines).toBe(199);
    const sameOfA = await load(`${dialectA.split('\n').slice(0, lines).join('\n')}\n`, '%d-%m-%Y %H:%M');
    const ofB = await load(dialectB, '%d/%m/%Y %H:%M');
    try {
      await sameOfA.run();
      await ofB.run();
      expect(await ofB.rows('select count(*)::int as n from marts.cases')).toEqual([{ n: 32 }]);
      expect(await ofB.rows(stateRows)).toEqual(await sameOfA.rows(stateRows));
      expect(await ofB.rows(caseRows)).toEqual(await sameOfA.rows(caseRows));
      const complete = new Set((await ofB.rows(caseRows)).map((row) => row['ticket_id']));
      complete.delete('INC0000101');
      const whole = (await project.rows(caseRows)).filter((row) => complete.has(row['ticket_id']));
      expect((await ofB.rows(caseRows)).filter((row) => complete.has(row['ticket_id']))).toEqual(whole);
    } finally {
      await sameOfA.close();
      await ofB.close();
    }
  });

  test('without its form of instants every record is in quarantine, none is guessed', async () => {
    const lost = await load(dialectB, null);
    try {
      const { files } = await lost.run();
      expect(files.find((file) => file.table === 'tickets')).toMatchObject({ loaded: 0, quarantined: 32 });
      expect(await lost.rows('select distinct column_name, reason from quarantine.records order by all')).toEqual([
        { column_name: 'at', reason: 'unreadable' },
        { column_name: 'opened_at', reason: 'unreadable' },
      ]);
    } finally {
      await lost.close();
    }
  });
});

function byNumber(rows: readonly Record<string, unknown>[]): Map<unknown, unknown> {
  return new Map(rows.map((row) => [row['number'], row['reopen_count']]));
}
