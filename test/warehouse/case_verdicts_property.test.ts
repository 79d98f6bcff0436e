import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CaseFile, openCase } from '#lib/server/case_file.ts';
import { stepAt } from '#lib/server/case_refund.ts';
import { type Warehouse, openWarehouse } from '#lib/server/warehouse.ts';
import { everything } from '#lib/access/principal.ts';
import type { Uncounted, Verdict } from '#lib/metrics/verdict.ts';
import { drawMonth, monthDeclarations, peakAt } from './month.ts';
import { monthSource, writeMonth } from './month_files.ts';
import { type WarehouseProject, openWarehouseProject } from './warehouse_project.ts';

const asOf = new Date(peakAt * 1000).toISOString();
const mostCases = 120;

let project: WarehouseProject;
let warehouse: Warehouse;
const files: CaseFile[] = [];
beforeAll(async () => {
  project = await openWarehouseProject(`${monthDeclarations}${monthSource()}`);
  for (const [name, text] of writeMonth(drawMonth(11, 400))) await project.put(name, text);
  await project.run({ asOf });
  warehouse = await openWarehouse(project.dataDir);
  const ids = await project.rows(`select case_id from marts.cases order by md5(case_id) limit ${mostCases}`);
  for (const { case_id } of ids) {
    const file = await openCase(warehouse, everything, String(case_id));
    if (file) files.push(file);
  }
});
afterAll(async () => {
  warehouse.close();
  await project.close();
});

const windows = ['within', 'late', 'breached', 'pendingDone', 'pendingOpen'];

function judged(pick: (verdict: Verdict) => boolean): Verdict[] {
  return files.flatMap(({ verdicts }) => verdicts.filter(pick));
}

test('every case of the sample has a file', () => {
  expect(files).toHaveLength(mostCases);
});

describe('deadlines walked through opening hours agree with what the warehouse counted on its clocks', () => {
  test('a window is pending until its deadline has passed', () => {
    const dated = judged(({ sentence, deadline }) => windows.includes(sentence) && deadline !== null);
    expect(dated.filter(({ clock }) => clock === 'business').length).toBeGreaterThan(10);
    for (const { outcome, deadline } of dated) expect(outcome === 'pending').toBe((deadline ?? '') >= asOf);
  });

  test('what is within came by its deadline, what is late after it', () => {
    const met = judged(({ sentence, deadline }) => sentence === 'within' && deadline !== null);
    const late = judged(({ sentence, deadline }) => sentence === 'late' && deadline !== null);
    expect([met.length, late.length].every((count) => count > 20)).toBe(true);
    for (const { to, deadline } of met) expect((to ?? '') <= (deadline ?? '')).toBe(true);
    for (const { to, deadline } of late) expect((to ?? '') > (deadline ?? '')).toBe(true);
  });

  test('business time never exceeds the calendar’s', () => {
    for (const { calendarSeconds, businessSeconds } of judged(() => true))
      if (calendarSeconds !== null && businessSeconds !== null)
        expect(businessSeconds).toBeLessThanOrEqual(calendarSeconds + 1e-6);
  });
});

const isOfGoods = ({ requestType }: { requestType: string | null }): boolean =>
  requestType === 'return_refund' || requestType === 'refund_only_shipped';

/** When a reason for not counting a case holds. */
const holds: Record<Uncounted, (file: CaseFile) => boolean> = {
  spam: ({ head }) => head.is_spam,
  merged: ({ head }) => head.merged_into_key !== null,
  noTicket: ({ head }) => !head.is_ticket,
  agentStarted: ({ head }) => head.is_agent_started,
  notCompleted: ({ head }) => head.first_completed_at === null,
  complex: ({ head }) => head.severity === 'C',
  noAgentReason: ({ head }) => head.reason_agent === null,
  noBuyerReason: ({ head }) => head.reason_buyer === null,
  notRated: ({ head }) => head.csat_score === null,
  noRounds: ({ rounds, messages }) => rounds.length === 0 || messages.length > 0,
  noRefund: ({ refunds }) => refunds.length === 0,
  notPaid: ({ refunds }) => refunds.length > 0 && refunds.filter(isOfGoods).every((one) => !stepAt(one, 'refunded')),
  notOfGoods: ({ refunds }) => !refunds.some(isOfGoods),
  notReceived: ({ refunds }) => refunds.filter(isOfGoods).every((one) => !stepAt(one, 'received')),
  rejected: ({ refunds }) => refunds.some((one) => stepAt(one, 'received') && stepAt(one, 'rejected')),
};

test('why a KPI does not count a case is true of the case', () => {
  const seen = new Set<string>();
  for (const file of files)
    for (const { outcome, sentence, metric } of file.verdicts) {
      if (outcome !== 'uncounted') continue;
      seen.add(sentence);
      const [, isTrue] = Object.entries(holds).find(([reason]) => reason === sentence) ?? [];
      expect(isTrue?.(file), `${file.head.case_id} ${metric} ${sentence}`).toBe(true);
    }
  expect(seen.size).toBeGreaterThan(9);
});
