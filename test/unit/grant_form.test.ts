import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Config, loadConfig } from '#lib/server/config.ts';
import { readGrant } from '#lib/server/grant_form.ts';

const folder = mkdtempSync(join(tmpdir(), 'aftersight-grant-'));
let config: Config;
beforeAll(async () => {
  const path = join(folder, 'aftersight.yaml');
  writeFileSync(path, 'timezone: UTC\nbrands: [{ id: b1 }, { id: b2 }]\nvendors: [{ id: v1 }]\n');
  config = await loadConfig(path, {});
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(...fields: [string, string][]) {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return readGrant(form, config);
}

test.each(['qa_lead', 'reviewer'])('a %s for whom nothing is picked is refused: all is a choice of its own', (role) => {
  expect(read(['role', role])).toEqual({ kind: 'scopeMissing', fields: ['brands', 'vendors'] });
  expect(read(['role', role], ['brands', 'b1'])).toEqual({ kind: 'scopeMissing', fields: ['vendors'] });
  expect(read(['role', role], ['brands', 'b1'], ['allVendors', 'on'])).toEqual({
    role,
    brands: ['b1'],
    vendors: null,
    agents: null,
  });
});

test('all is nothing that a role can be given which is for brands or vendors one by one', () => {
  expect(read(['role', 'brand_manager'], ['allBrands', 'on'])).toEqual({ kind: 'scopeMissing', fields: ['brands'] });
  expect(read(['role', 'vendor_manager'], ['allBrands', 'on'], ['allVendors', 'on'])).toEqual({
    kind: 'scopeMissing',
    fields: ['vendors'],
  });
});
