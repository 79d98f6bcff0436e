import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOriginal, originalsKey, originalsVariable, sealOriginal } from '#lib/server/originals.ts';
import { listLoads } from '../../pipeline/extract/loads.ts';
import { registerSealing } from '../../pipeline/extract/originals.ts';
import { type Project, openProject } from './extract_project.ts';
import { type WarehouseProject, openWarehouseProject } from './warehouse_project.ts';

const secret = 'a key for tests, long enough to be taken';
const key = keyOf(secret);
const phone = '13812345678';
const inbox = `message_id,ticket_id,sent_at,sender,customer_id,body\n1,t1,2026-11-01 10:00:00,customer,c1,电话${phone}\n2,t1,2026-11-01 10:01:00,agent,c1,好的\n`;

function keyOf(text: string) {
  const made = originalsKey({ [originalsVariable]: text });
  if (!made) throw new Error('no key');
  return made;
}

describe('a kept original', () => {
  const place = { loadId: 'a', column: 'body' };

  test('opens with its key in its place only', () => {
    const sealed = sealOriginal(key, place, `电话${phone}`);
    expect(openOriginal(key, place, sealed)).toBe(`电话${phone}`);
    expect(openOriginal(keyOf('quite another key, as long as it takes'), place, sealed)).toBeNull();
    expect(() => openOriginal(key, { loadId: 'b', column: 'body' }, sealed)).toThrow();
    expect(() => openOriginal(key, { loadId: 'a', column: 'note' }, sealed)).toThrow();
    const changed = Buffer.from(sealed.slice(sealed.indexOf('.') + 1), 'base64');
    changed[14] = (changed[14] ?? 0) ^ 1;
    expect(() => openOriginal(key, place, `${key.id}.${changed.toString('base64')}`)).toThrow();
  });

  test('looks different every time, so that equal texts do not show', () => {
    expect(sealOriginal(key, place, phone)).not.toBe(sealOriginal(key, place, phone));
  });

  test('needs a key of 32 characters', () => {
    expect(originalsKey({})).toBeNull();
    expect(() => originalsKey({ [originalsVariable]: 'short' })).toThrow('AFTERSIGHT_PII_KEY: needs at least 32');
  });
});

describe('raw', () => {
  let project: Project;
  beforeAll(async () => {
    project = await openProject();
    registerSealing(project.connection, key);
    await project.put('messages.csv', inbox);
  });
  afterAll(() => project.close());

  test('keeps an original, sealed, only where masking changed a text, and loads a file again for it', async () => {
    const masked = await project.extract();
    expect(Object.keys((await project.rows(masked.loads[0]))[0] ?? {})).not.toContain('_original_body');
    const { loads } = await project.extract('2026-11-21T02:30:00.000Z', true);
    const [load] = loads;
    const rows = await project.rows(load);
    expect(rows.map((row) => row['body'])).toEqual(['电话［手机号］', '好的']);
    expect(rows[1]?.['_original_body']).toBeNull();
    const place = { loadId: load?.id ?? '', column: 'body' };
    expect(openOriginal(key, place, rows[0]?.['_original_body'] ?? '')).toBe(`电话${phone}`);
    expect((await readFile(load?.path ?? '')).includes(phone)).toBe(false);
    expect((await project.extract('2026-11-22T02:30:00.000Z', true)).loads).toEqual([]);
    expect((await project.extract('2026-11-23T02:30:00.000Z', false)).loads).toEqual([]);
  });
});

describe('a run with pii: keep', () => {
  let project: WarehouseProject;
  beforeAll(async () => {
    project = await openWarehouseProject(
      'timezone: Asia/Shanghai\nbrands: [{ id: b }]\npii: keep\nsources:\n  - { name: shop, kind: files, brand: b, tables: { tickets: tickets.csv, messages: messages.csv } }\n',
    );
    await project.put('tickets.csv', 'ticket_id,opened_at,status\nt1,2026-11-01 10:00:00,open\n');
    await project.put('messages.csv', inbox);
  });
  afterAll(() => project.close());

  test('needs the key, and says how to make one', async () => {
    await expect(project.run()).rejects.toThrow('AFTERSIGHT_PII_KEY is not set');
  });

  test('brings no original and nothing sealed into a snapshot', async () => {
    await project.run({ env: { [originalsVariable]: secret } });
    const columns = await project.rows('select column_name from duckdb_columns()');
    expect(columns.filter(({ column_name: name }) => String(name).includes('original'))).toEqual([]);
    const [load] = (await listLoads(project.dataDir)).filter(({ table }) => table === 'messages');
    const snapshots = join(project.dataDir, 'snapshots');
    const files = (await readdir(snapshots)).filter((name) => name.endsWith('.duckdb'));
    const contents = await Promise.all(
      [...files.map((name) => join(snapshots, name)), load?.path ?? ''].map((path) => readFile(path)),
    );
    expect(contents.map((content) => content.includes(phone))).toEqual([false, false]);
    expect(contents[0]?.includes(`${key.id}.`)).toBe(false);
  });
});
