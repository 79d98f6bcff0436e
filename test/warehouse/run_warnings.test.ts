import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openWarehouseProject } from './warehouse_project.ts';

const yaml = `timezone: Asia/Shanghai
brands: [{ id: b1 }]
sources: [{ name: desk, brand: b1, tables: { tickets: inbox/tickets*.csv, messages: inbox/mesages*.csv } }]
`;
const project = await openWarehouseProject(yaml);
afterAll(() => project.close());

test('a pattern that no file matches is told until something was loaded for its table', async () => {
  await project.put('inbox/tickets.csv', 'ticket_id,opened_at,status\nT1,2026-10-01 09:00:00,open\n');
  expect((await project.run()).unmatched).toEqual([
    { source: 'desk', table: 'messages', pattern: 'inbox/mesages*.csv' },
  ]);
  await project.remove('inbox/tickets.csv');
  expect((await project.run()).unmatched.map(({ table }) => table)).toEqual(['messages']);
});

test.each([
  ['cut off', 'PAR1'],
  ['no Parquet', 'nothing of ours'],
])(
  'a load that is damaged (%s) fails the run by its name and what to do, and the snapshot stays',
  async (_how, content) => {
    const before = await project.hashes();
    const folder = join(project.dataDir, 'raw/desk/tickets');
    const path = join(folder, (await readdir(folder))[0] ?? '');
    await writeFile(path, content);
    const attempt = project.run();
    await expect(attempt).rejects.toThrow(`${path}: a damaged load`);
    await expect(attempt).rejects.toMatchObject({ remedy: expect.stringContaining('move it out of raw') });
    expect(await project.hashes()).toEqual(before);
  },
);
