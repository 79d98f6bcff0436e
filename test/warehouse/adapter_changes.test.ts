import { afterAll, expect, test } from 'vitest';
import { AdapterError } from '../../pipeline/build/adapters.ts';
import { openWarehouseProject } from './warehouse_project.ts';

const yaml = `timezone: Asia/Shanghai
brands: [{ id: b1 }]
sources: [{ name: desk, kind: own_desk, brand: b1, tables: { rows: rows.csv } }]
`;

const tickets = (more: string): string =>
  `-- One row per ticket.\nselect number as ticket_id, opened as opened_at, 'open' as status${more}, _load, _record from raw.rows\n`;
const events = (more: string): string =>
  `-- One row per state.\nselect number as ticket_id, opened as "at", 'open' as kind${more}, _load, _record from raw.rows\n`;

const project = await openWarehouseProject(yaml);
afterAll(() => project.close());

test('an adapter that begins to read a column gets it from files already loaded, and no event counts twice', async () => {
  await project.put('rows.csv', 'number,opened,place,grade\n1,2026-10-01 09:00:00,7,B\n');
  await project.put('own_desk/tickets.sql', tickets(''));
  await project.put('own_desk/events.sql', events(''));
  await project.run();
  expect(await project.rows('select severity from marts.cases')).toEqual([{ severity: null }]);

  await project.put('own_desk/tickets.sql', tickets(', grade as severity'));
  await project.put('own_desk/events.sql', events(', place as seq'));
  expect((await project.run()).newLoads).toBe(1);
  expect(await project.rows('select severity from marts.cases')).toEqual([{ severity: 'B' }]);
  expect(await project.rows('select seq::integer as seq from marts.events')).toEqual([{ seq: 7 }]);
  expect((await project.run()).newLoads).toBe(0);
});

test.each([
  [', nosuch(grade) as severity', /tickets[.]sql: .*nosuch/],
  [', place as recieved_at', /tickets[.]sql: gives recieved_at, which is no column of tickets; allowed: ticket_id, .*/],
  [', place as Closed_At', /gives Closed_At, .*did you mean closed_at[?]/],
])(
  'adapter SQL that cannot be used (%s) fails the run by file and name, and the snapshot stays',
  async (more, said) => {
    const before = await project.hashes();
    await project.put('own_desk/tickets.sql', tickets(more));
    const attempt = project.run();
    await expect(attempt).rejects.toThrow(AdapterError);
    await expect(attempt).rejects.toThrow(said);
    expect(await project.hashes()).toEqual(before);
  },
);
