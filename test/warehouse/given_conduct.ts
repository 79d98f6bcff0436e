import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { ConductCheck } from '#lib/qa/conduct.ts';
import { Given, type GivenRows, runGiven } from './given.ts';

const rowSchema = z.object({
  case_id: z.string(),
  passed: z.boolean(),
  message_id: z.string().nullable(),
  detail: z.string().nullable(),
});

/** passed, not judged at all, or failed with the detail and, where it is kept, the message that shows it. */
export type Judged = 'passed' | 'not judged' | readonly ['failed', detail: string | null, message?: string];

/** Puts the conversations of many rules into one warehouse; each rule is a test of what a check says of its ticket `a`. */
export function conductRules(
  check: ConductCheck,
): (rule: string, give: (given: Given) => Given, expected: Judged) => void {
  const all: GivenRows = { tickets: [], messages: [], events: [], refunds: [] };
  const found = new Map<string, z.output<typeof rowSchema>>();
  let rules = 0;
  beforeAll(async () => {
    const project = await runGiven(all);
    const sql = `select case_id, passed, message_id, detail from rollups.conduct join marts.cases using (case_key)
      where conduct_check = '${check}'`;
    for (const row of z.array(rowSchema).parse(await project.rows(sql))) {
      expect(found.has(row.case_id), 'one row per case').toBe(false);
      found.set(row.case_id, row);
    }
    await project.close();
  });
  afterAll(() => found.clear());
  return (rule, give, expected) => {
    const name = `c${String(++rules).padStart(3, '0')}`;
    const { rows } = give(new Given(name));
    for (const table of ['tickets', 'messages', 'events', 'refunds'] as const) all[table].push(...rows[table]);
    test(rule, () => {
      const row = found.get(`desk/${name}-a`);
      if (!row) return expect('not judged').toEqual(expected);
      if (row.passed) return expect('passed').toEqual(expected);
      const message = row.message_id?.replace(`${name}-`, '');
      expect(['failed', row.detail, ...(message === undefined ? [] : [message])]).toEqual(expected);
    });
  };
}
