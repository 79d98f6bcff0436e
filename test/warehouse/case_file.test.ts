import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { textParts } from '#lib/masked.ts';
import { metricIds } from '#lib/metrics/registry.ts';
import { type CaseFile, openCase, recordsOf } from '#lib/server/case_file.ts';
import { messagesRead } from '#lib/server/case_reads.ts';
import { risksOf } from '#lib/server/case_risks.ts';
import { timelineOf } from '#lib/server/case_timeline.ts';
import { type Warehouse, openWarehouse, read } from '#lib/server/warehouse.ts';
import { type Scope, everything } from '#lib/access/principal.ts';
import { Given, type GivenRows, asOf, runGiven } from './given.ts';
import type { WarehouseProject } from './warehouse_project.ts';

const rows: GivenRows = { tickets: [], messages: [], events: [], refunds: [] };

function give(name: string, build: (given: Given) => Given): void {
  const given = build(new Given(name)).rows;
  for (const table of ['tickets', 'messages', 'events', 'refunds'] as const) rows[table].push(...given[table]);
}

give('met', (a) => a.ticket({ vendor_id: 'split' }).customer('10:00:00').agent('10:08:12'));
give('late', (a) => a.ticket({ vendor_id: 'split' }).customer('10:00:00').agent('10:12:00'));
give('night', (a) =>
  a.ticket({ vendor_id: 'split', opened_at: '20:00:00' }).customer('20:00:00').agent('2026-10-13 09:05:00'),
);
give('never', (a) => a.ticket({ vendor_id: 'split' }).customer('10:00:00'));
give('new', (a) => a.ticket({ vendor_id: 'open', opened_at: '2026-11-05 08:55:00' }).customer('2026-11-05 08:55:00'));
give('soon', (a) => a.ticket({ opened_at: '2026-11-05 08:55:00' }).agent('2026-11-05 08:55:40'));
give('own', (a) => a.ticket({ severity: 'C' }).agent('09:59:00').customer('10:01:00').event('11:00:00', 'closed'));
give('spam', (a) => a.ticket({ is_spam: 'true' }).customer('10:00:00'));
give('into', (a) =>
  a
    .ticket({ customer_id: 'dup' })
    .customer('10:00:00')
    .ticket({ ticket_id: 'b', merged_into: 'a', customer_id: 'dup' })
    .event('12:00:00', 'platform_intervened'),
);
give('lone', (a) => a.refund({ ticket_id: '', order_id: 'o' }));
give('back', (a) =>
  a
    .ticket({ vendor_id: 'split' })
    .customer('10:00:00')
    .agent('10:01:00')
    .event('11:00:00', 'solved')
    .event('15:00:00', 'reopened')
    .event('16:00:00', 'closed')
    .refund({
      request_type: 'return_refund',
      approved_at: '12:00:00',
      received_at: '13:00:00',
      refunded_at: '2026-10-12 17:30:00',
      amount_refunded_minor: '9900',
      reason_buyer: '偏大',
    }),
);
give('talk', (a) =>
  a
    .ticket({ vendor_id: 'split' })
    .customer('10:00:00', {
      message_id: 'm2',
      body: '电话 13812345678，邮箱 a@example.com，住北京市朝阳区建国路 8 号 3 号楼 201 室',
    })
    .agent('10:00:00', { message_id: 'm1', is_automatic: 'true', body: '<b>您好</b>' })
    .event('10:00:00', 'assigned')
    .agent('10:03:00', { message_id: 'm3' }),
);
for (const [name, vendor] of [
  ['mine', 'split'],
  ['theirs', 'owl'],
] as const)
  give(name, (a) =>
    a
      .ticket({ vendor_id: vendor, customer_id: 'shared' })
      .customer('10:00:00')
      .refund({ refund_id: 'r1' })
      .refund({ refund_id: 'r2', applied_at: '2026-10-11 10:00:00' }),
  );
give('older', (a) => a.ticket({ vendor_id: 'split', customer_id: 'shared', opened_at: '2026-10-01 10:00:00' }));

let project: WarehouseProject;
let warehouse: Warehouse;
beforeAll(async () => {
  project = await runGiven(rows);
  warehouse = await openWarehouse(project.dataDir);
});
afterAll(async () => {
  warehouse.close();
  await project.close();
});

const of = (vendor: string): Scope => ({ ...everything, vendors: [vendor] });

async function opened(id: string, scope: Scope = everything): Promise<CaseFile> {
  const file = await openCase(warehouse, scope, `desk/${id}`);
  if (!file) throw new Error(`no case desk/${id}`);
  return file;
}

async function verdict(id: string, metric: string) {
  const { verdicts } = await opened(id);
  return verdicts.filter((one) => one.metric === metric);
}

describe('verdicts say what they rest on', () => {
  test('met: both instants, both clocks, the limit and the clock of the terms', async () => {
    expect(await verdict('met-a', 'first_response')).toEqual([
      {
        metric: 'first_response',
        outcome: 'good',
        sentence: 'within',
        item: null,
        clock: 'business',
        limitSeconds: 600,
        calendarSeconds: 492,
        businessSeconds: 492,
        from: '2026-10-12T02:00:00.000Z',
        to: '2026-10-12T02:08:12.000Z',
        deadline: '2026-10-12T02:10:00.000Z',
        words: {},
      },
    ]);
  });

  test('late', async () => {
    expect(await verdict('late-a', 'first_response')).toMatchObject([
      { outcome: 'bad', sentence: 'late', businessSeconds: 720, limitSeconds: 600 },
    ]);
  });

  test('an answer in the morning to a question of the night: in time by business, late by the calendar', async () => {
    expect(await verdict('night-a', 'first_response')).toMatchObject([
      { outcome: 'good', calendarSeconds: 47_100, businessSeconds: 300, deadline: '2026-10-13T01:10:00.000Z' },
    ]);
    expect(await verdict('night-a', 'human_pickup_5m')).toMatchObject([
      { outcome: 'bad', sentence: 'late', deadline: '2026-10-12T12:05:00.000Z' },
    ]);
  });

  test('breached: no second instant and no duration, never 0', async () => {
    expect(await verdict('never-a', 'first_response')).toMatchObject([
      { outcome: 'bad', sentence: 'breached', to: null, calendarSeconds: null, businessSeconds: null },
    ]);
    expect(await verdict('never-a', 'unanswered_24h')).toMatchObject([{ outcome: 'bad', sentence: 'neverAnswered' }]);
  });

  test('pending until the window closes, met early or not', async () => {
    const deadline = '2026-11-05T01:05:00.000Z';
    expect(await verdict('new-a', 'first_response')).toMatchObject([
      { outcome: 'pending', sentence: 'pendingOpen', deadline },
    ]);
    expect(await verdict('soon-a', 'first_response')).toMatchObject([
      { outcome: 'pending', sentence: 'pendingDone', calendarSeconds: 40, deadline },
    ]);
  });

  test('a reopening breaks the completion and says when', async () => {
    expect(await verdict('back-a', 'autonomous_completion')).toMatchObject([
      {
        outcome: 'bad',
        sentence: 'broken',
        words: { what: 'reopened' },
        from: '2026-10-12T03:00:00.000Z',
        to: '2026-10-12T07:00:00.000Z',
        calendarSeconds: 14_400,
        businessSeconds: 9000,
      },
    ]);
  });

  test('a refund is judged by its own id and instants', async () => {
    expect(await verdict('back-a', 'refund_after_receipt_24h')).toMatchObject([
      { outcome: 'good', sentence: 'within', item: 'back-r', calendarSeconds: 16_200, limitSeconds: 86_400 },
    ]);
    expect(await verdict('back-a', 'refund_time')).toMatchObject([
      { outcome: 'neutral', sentence: 'paidIn', calendarSeconds: 27_000 },
    ]);
    expect(await verdict('back-a', 'refunded_without_goods')).toMatchObject([
      { outcome: 'good', sentence: 'goodsBack' },
    ]);
  });

  test('those against the case come first', async () => {
    const { verdicts } = await opened('night-a');
    const outcomes = verdicts.map(({ outcome }) => outcome);
    expect(outcomes.lastIndexOf('bad')).toBeLessThan(outcomes.indexOf('good'));
  });

  test('every KPI is judged, or says why it does not count the case', async () => {
    const reason = async (id: string, metric: string) => (await verdict(id, metric)).map(({ sentence }) => sentence);
    expect(await reason('own-a', 'first_response')).toEqual(['agentStarted']);
    expect(await reason('own-a', 'autonomous_completion')).toEqual(['complex']);
    expect(await reason('own-a', 'csat')).toEqual(['notRated']);
    expect(await reason('never-a', 'reopen_rate')).toEqual(['notCompleted']);
    expect(await reason('never-a', 'refund_time')).toEqual(['noRefund']);
    expect(await reason('back-a', 'reason_agreement')).toEqual(['noAgentReason']);
    expect(await reason('mine-a', 'refund_after_receipt_24h')).toEqual(['notOfGoods']);
    expect(await reason('spam-a', 'dispute_rate')).toEqual(['spam']);
    expect(await reason('into-b', 'dispute_rate')).toEqual(['merged']);
    expect(await reason('refund/lone-r', 'first_response')).toEqual(['noTicket']);
    for (const id of ['met-a', 'own-a', 'spam-a', 'refund/lone-r'])
      expect(new Set((await opened(id)).verdicts.map(({ metric }) => metric))).toEqual(new Set(metricIds));
  });
});

describe('the timeline', () => {
  test('is in the order of time, messages of one instant by their id, before events of that instant', async () => {
    const file = await opened('talk-a');
    const entries = timelineOf(file, asOf, 'Asia/Shanghai').flatMap((row) => (row.kind === 'entry' ? [row.entry] : []));
    const first = entries.slice(0, 5).map((entry) => {
      if (entry.kind === 'message') return entry.message.message_id.slice(-2);
      return entry.kind === 'event' ? entry.event.kind : entry.kind;
    });
    expect(first).toEqual(['start', 'm1', 'm2', 'assigned', 'deadlines']);
    expect(entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).toSorted((a, b) => a - b));
  });

  test('an answer shows how long its round waited, and what the reply KPI says of it', async () => {
    const rowsOf = timelineOf(await opened('talk-a'), asOf, 'Asia/Shanghai');
    const replies = rowsOf.flatMap((row) =>
      row.kind === 'entry' && row.entry.kind === 'message' && row.entry.reply ? [row.entry.reply] : [],
    );
    expect(replies).toEqual([{ round: 1, calendarSeconds: 180, businessSeconds: 180, outcome: 'good' }]);
  });

  test('personal data in a message is shown as masked, markup as the text it is', async () => {
    const { messages } = await opened('talk-a');
    const bodies = messages.map(({ body }) => body ?? '');
    expect(bodies[0]).toBe('<b>您好</b>');
    expect(textParts(bodies[1] ?? '').flatMap(({ text, isMasked }) => (isMasked ? [text] : []))).toEqual([
      '［手机号］',
      '［邮箱］',
      '［地址］',
    ]);
  });

  test('what a platform did to a merged ticket stands in the case that took it in', async () => {
    expect((await opened('into-a')).events.map(({ kind }) => kind)).toEqual(['platform_intervened']);
    expect((await opened('into-b')).events).toEqual([]);
  });
});

describe('scope', () => {
  test('a case of another vendor is not there, like one of an unknown id', async () => {
    expect(await openCase(warehouse, of('owl'), 'desk/mine-a')).toBeNull();
    expect(await openCase(warehouse, everything, 'desk/nobody')).toBeNull();
    expect(await openCase(warehouse, everything, "desk/' or true --\0")).toBeNull();
    expect(await openCase(warehouse, { ...everything, brands: ['harbor'] }, 'desk/mine-a')).toBeNull();
    expect(await openCase(warehouse, { ...everything, agents: ['anna'] }, 'desk/mine-a')).toBeNull();
  });

  test('nothing of such a case comes by its key either', async () => {
    const { head } = await opened('mine-a');
    const asked = { case_key: head.case_key, most: 10, most_characters: 10 };
    expect(await read(warehouse, of('split'), messagesRead, asked)).toHaveLength(1);
    expect(await read(warehouse, of('owl'), messagesRead, asked)).toEqual([]);
  });

  test('neighbours and risk signs are those the principal may see', async () => {
    const seen = async (scope: Scope) => {
      const file = await opened('mine-a', scope);
      return { ids: file.neighbours.map(({ case_id }) => case_id), risks: risksOf(file) };
    };
    expect(await seen(everything)).toEqual({
      ids: ['desk/theirs-a', 'desk/older-a'],
      risks: { refunds: 4, ownRefunds: 2, isFrequent: true, repeatContacts: 1 },
    });
    expect(await seen(of('split'))).toEqual({
      ids: ['desk/older-a'],
      risks: { refunds: 2, ownRefunds: 2, isFrequent: false, repeatContacts: 0 },
    });
  });
});

describe('around a case', () => {
  test('a merged ticket names the case that took it in, and that one names it', async () => {
    const merged = await opened('into-b');
    expect(merged.neighbours).toMatchObject([{ case_id: 'desk/into-a', takes_this_in: true, is_same_customer: true }]);
    expect((await opened('into-a')).neighbours).toMatchObject([{ case_id: 'desk/into-b', is_merged_here: true }]);
  });

  test('without a customer there are no risk signs to tell', async () => {
    expect(risksOf(await opened('met-a'))).toBeNull();
  });

  test('every record it rests on is named with its file', async () => {
    const { head } = await opened('back-a');
    const records = await recordsOf(warehouse, everything, head);
    expect(await recordsOf(warehouse, of('owl'), head)).toEqual([]);
    expect(records.map(({ table_name, file }) => `${table_name} ${file}`)).toEqual([
      ...Array.from({ length: 3 }, () => 'events inbox/events.csv'),
      ...Array.from({ length: 2 }, () => 'messages inbox/messages.csv'),
      'refunds inbox/refunds.csv',
      'tickets inbox/tickets.csv',
    ]);
  });
});
