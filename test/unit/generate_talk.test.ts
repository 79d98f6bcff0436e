import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawCase, type Case } from '../../pipeline/generate/case_facts.ts';
import { generate } from '../../pipeline/generate/generate.ts';
import { Random } from '../../pipeline/generate/random.ts';
import { FILES } from '../../pipeline/generate/sample_files.ts';
import { scriptFor, scriptForReturn, textsFor } from '../../pipeline/generate/scripts.ts';

type Row = Record<string, string>;

/** A ticket, the facts it was drawn from, and what was said in it, oldest first. */
interface Talk {
  ticket: Row;
  facts: Case;
  messages: Row[];
}

const count = 4000;
const seed = 11;
let out: string;
const talks: Talk[] = [];
let refunds: Row[] = [];

beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'aftersight-talk-'));
  await generate({ cases: count, seed, out });
  const read = async (path: string): Promise<Row[]> =>
    parse(await readFile(join(out, path), 'utf8'), { columns: true, relax_column_count: true });
  const tickets = new Map((await read(FILES.tickets.path)).map((row) => [row.ticket_id ?? '', row]));
  const messages = Map.groupBy(await read(FILES.messages.path), (row) => row.ticket_id ?? '');
  refunds = await read(FILES.refunds.path);
  const random = new Random(seed, 'facts');
  let facts: Case | undefined;
  for (let index = 0; index < count; index++) {
    facts = drawCase(random, index, count, facts);
    const ticket = tickets.get(facts.ticketId);
    if (!ticket) throw new Error(`no ticket ${facts.ticketId}`);
    const said = (messages.get(facts.ticketId) ?? []).filter((row) => row.body !== 'known defect');
    talks.push({ ticket, facts, messages: said });
  }
});
afterAll(() => rm(out, { recursive: true }));

function unreachable(): never {
  throw new Error('nothing was drawn');
}

/** What was said where something holds of a case, with the ticket's id, that matches a pattern. */
function saying(pattern: RegExp, holds: (facts: Case) => boolean, sender = /./): string[] {
  return talks
    .filter(({ facts }) => holds(facts))
    .flatMap(({ facts, messages }) =>
      messages
        .filter((row) => sender.test(row.sender ?? '') && row.is_public !== 'false' && pattern.test(row.body ?? ''))
        .map((row) => `${facts.ticketId} ${row.body}`),
    );
}

const goodsOf = ({ sku }: Case): string => sku.spu.goods;

test('every step of every script has texts for the cases it is played in, in both tones', () => {
  for (const { facts } of talks)
    for (const { speaker, pool } of [...scriptFor(facts), ...scriptForReturn(facts)]) {
      if (speaker === 'E') continue;
      const side = speaker === 'C' ? 'C' : 'A';
      for (const isCurt of [false, true]) textsFor(facts).pool(side, pool, isCurt);
    }
  expect(() => textsFor(talks[0]?.facts ?? unreachable()).pool('A', 'no such texts', false)).toThrow(RangeError);
});

describe('nobody says what cannot be', () => {
  test.each<[what: string, pattern: RegExp, holds: (facts: Case) => boolean]>([
    ['a return address for goods never sent', /退货地址|寄到.*售后组收|地址发您/, ({ stage }) => stage === 'unshipped'],
    ['goods sent back that were never sent', /已寄出|寄了 |上门取件了/, ({ stage }) => stage === 'unshipped'],
    ['free returns without reason before delivery', /商品完好就可以退|吊牌/, ({ stage }) => stage !== 'delivered'],
    [
      'tags on goods that have none',
      /吊牌/,
      (facts) => ['digital', 'kitchen', 'gear', 'bed'].includes(goodsOf(facts)) && facts.vendor.id !== 'yunting',
    ],
    ['a restart or a main board of clothes', /重启|主板|换根线|换了线/, (facts) => goodsOf(facts) !== 'digital'],
    ['a quality fault of what is only not liked', /质量问题/, ({ reason }) => reason === 'changed_mind'],
    ['a refund in an exchange', /入库就给您退|收到货退|退款会原路返回/, (facts) => facts.requestType === 'exchange'],
    ['money arrived in a question', /钱到了|退了 谢谢/, (facts) => facts.requestType === 'enquiry'],
    ['an interception of a lost parcel', /拦截/, ({ reason }) => reason === 'lost'],
    ['a larger size of goods without sizes', /大一码|小一码/, ({ sku }) => sku.size === ''],
  ])('%s', (_what, pattern, holds) => {
    expect(talks.filter(({ facts }) => holds(facts)).length).toBeGreaterThan(0);
    expect(saying(pattern, holds)).toEqual([]);
  });

  test('a false rule where returns are not the question', () => {
    const rule = /不能退的亲|不退不换|不支持退货|概不退换|运费自理$/;
    const others = saying(rule, (f) => ['price', 'invoice', 'late', 'lost', 'promise'].includes(f.reason), /agent/);
    expect(others.filter((body) => !body.includes('无理由'))).toEqual([]);
    expect(saying(/不能退的亲|不退不换|概不退换/, (f) => f.vendor.id === 'yunting').length).toBeGreaterThan(0);
    expect(saying(/不能退的亲|不退不换|概不退换/, (f) => f.vendor.id !== 'yunting')).toEqual([]);
  });
});

describe('a conversation', () => {
  test('by telephone is opened by the agent who picks up, after the call began, and holds nothing but speech', () => {
    const calls = talks.filter(({ facts }) => facts.channel === 'phone');
    expect(calls.length).toBeGreaterThan(100);
    for (const { ticket, messages } of calls) {
      const spoken = messages.filter((row) => row.is_public !== 'false');
      expect(spoken[0]?.sender, ticket.ticket_id).toBe('agent');
      expect((spoken[0]?.sent_at ?? '') > (ticket.opened_at ?? ''), ticket.ticket_id).toBe(true);
      expect(
        spoken.filter(({ body = '' }) => !/^（(通话|来电)）/.test(body)),
        ticket.ticket_id,
      ).toEqual([]);
    }
    expect(saying(/^（(通话|来电)）/, ({ channel }) => channel !== 'phone')).toEqual([]);
  });

  test('has no thanks before there was anything to thank for', () => {
    const early = talks.filter(({ messages }) => {
      const thanks = messages.findIndex(
        (row) => row.sender === 'customer' && /^(谢谢|谢谢啦|辛苦了|嗯 谢了)$/.test(row.body ?? ''),
      );
      const answer = messages.findIndex((row) => row.sender === 'agent' && row.is_automatic === '');
      return thanks >= 0 && (answer < 0 || thanks < answer);
    });
    expect(early.map(({ facts }) => facts.ticketId)).toEqual([]);
  });

  test('about how to use a product is answered about what was asked', () => {
    const scripts = talks.map(({ facts }) => scriptFor(facts).map(({ pool }) => pool));
    const topics = new Set(scripts.flat().flatMap((pool) => /^ask_(.+)$/.exec(pool)?.[1] ?? []));
    topics.delete('money');
    expect(topics).toEqual(new Set(['sending', 'redirecting', 'arrival', 'washing', 'handling', 'warranty']));
    for (const topic of topics)
      for (const pools of scripts.filter((one) => one.includes(`ask_${topic}`)))
        expect(pools.indexOf(`tell_${topic}`)).toBeGreaterThan(pools.indexOf(`ask_${topic}`));
  });

  test('seldom has the same words twice, and no sentence of agents is in one message of a hundred', () => {
    const bodies = talks.flatMap(({ messages }) => messages.filter((row) => row.sender === 'agent'));
    const often = Map.groupBy(bodies, (row) => row.body ?? '');
    expect([...often].filter(([, rows]) => rows.length / bodies.length > 0.012).map(([body]) => body)).toEqual([]);
    const repeating = talks.filter(({ messages }) => {
      const said = messages.map((row) => `${row.sender} ${row.body}`);
      return new Set(said).size < said.length;
    });
    expect(repeating.length / talks.length).toBeLessThan(0.02);
  });
});

describe('a refund', () => {
  const hourOf = (instant: string): number => Number(instant.slice(11, 13));

  test.each(['return_picked_up_at', 'received_at', 'inspected_at'])(
    'has %s while couriers and warehouses work',
    (column) => {
      const hours = refunds.flatMap((row) => (/^\d{4}-/.test(row[column] ?? '') ? [hourOf(row[column] ?? '')] : []));
      expect(hours.length).toBeGreaterThan(100);
      expect(hours.filter((hour) => hour < 8 || hour > 21)).toEqual([]);
    },
  );

  test('goes its way in order', () => {
    const way = ['applied_at', 'approved_at', 'buyer_shipped_at', 'return_picked_up_at', 'received_at', 'inspected_at'];
    for (const row of refunds.filter((one) => one.request_type === 'return_refund')) {
      const known = way.map((column) => row[column] ?? '').filter((instant) => instant !== '');
      expect([...known].sort(), row.refund_id).toEqual(known);
    }
  });
});
