import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CanonicalRow } from '../warehouse/month.ts';
import { writeDelimited } from '../warehouse/month_files.ts';

/** What somebody writes wherever they may write, to have it run by whoever reads it. */
export const hostile = `x"'><img src=x onerror="window.hacked=1"><svg onload=window.hacked=1></script><script>window.hacked=1</script>{{at}}$t(access.signIn.title)`;

/** As much of it as a case id, which is a path, may hold without becoming another. */
export const hostileId = `t"'><img src=x onerror=window.hacked=1>`;

const quoted = JSON.stringify(hostile);
const name = `{ zh-CN: ${quoted}, zh-TW: ${quoted}, en: ${quoted} }`;

const yaml = `
timezone: Asia/Shanghai
brands: [{ id: north, name: ${name} }, { id: harbor }]
vendors: [{ id: suda, name: ${name} }, { id: rival }]
taxonomy: { reasons: [{ id: size, name: ${name} }] }
contracts: [{ vendor: suda, brand: north, from: 2026-01-01, targets: { first_response: 95% } }]
sources:
  - { name: desk, kind: files, timezone: UTC, tables: { tickets: inbox/tickets*, messages: inbox/messages*, events: inbox/events*, refunds: inbox/refunds*, products: inbox/products* } }
`;

const day = (index: number, time: string) => `2026-10-${String(1 + (index % 25)).padStart(2, '0')} ${time}`;

function tables(): Record<string, CanonicalRow[]> {
  const ids = Array.from({ length: 60 }, (_, index) => (index === 0 ? hostileId : `t${index}`));
  return {
    tickets: [
      ...ids.map((ticket_id, index) => ({
        ticket_id,
        brand_id: index % 4 === 3 ? 'harbor' : 'north',
        shop_id: hostile,
        platform: 'tmall',
        channel: 'chat',
        vendor_id: index % 4 === 2 ? 'rival' : 'suda',
        agent_id: index % 2 === 0 ? hostile : `agent-${index}`,
        customer_id: 'customer',
        order_id: `${hostile}${index}`,
        sku_id: hostile,
        request_type: 'return_refund',
        priority: '1',
        severity: 'A',
        opened_at: day(index, '02:00:00'),
        closed_at: day(index, '08:00:00'),
        status: 'closed',
        reason_agent: index % 3 === 0 ? 'size' : hostile,
      })),
      { ticket_id: hostile, brand_id: hostile, opened_at: hostile, status: hostile },
    ],
    messages: ids.flatMap((ticket_id, index) => [
      {
        message_id: `${hostile}${index}`,
        ticket_id,
        sent_at: day(index, '02:00:00'),
        sender: 'customer',
        agent_id: '',
        content_type: 'text/html',
        body: hostile,
      },
      {
        message_id: `a${index}`,
        ticket_id,
        sent_at: day(index, '02:05:00'),
        sender: 'agent',
        agent_id: hostile,
        content_type: hostile,
        body: `<b>${hostile}</b> javascript:window.hacked=1`,
      },
    ]),
    events: ids.map((ticket_id, index) => ({
      ticket_id,
      at: day(index, '03:00:00'),
      kind: 'assigned',
      actor: hostile,
      agent_id: hostile,
      detail: hostile,
    })),
    refunds: ids.map((ticket_id, index) => ({
      refund_id: `${hostile}${index}`,
      ticket_id,
      order_id: `${hostile}${index}`,
      sku_id: hostile,
      brand_id: index % 4 === 3 ? 'harbor' : 'north',
      vendor_id: 'suda',
      request_type: 'return_refund',
      region: hostile,
      applied_at: day(index, '04:00:00'),
      buyer_shipped_at: day(index, '05:00:00'),
      refunded_at: index % 2 === 0 ? day(index, '06:00:00') : '',
      goods_status: 'in_transit',
      status: hostile,
      phase: hostile,
      amount_applied_minor: '10000',
      amount_refunded_minor: '10000',
      currency: 'CNY',
      reason_buyer: index % 3 === 0 ? 'size' : hostile,
      reason_warehouse: hostile,
      tracking_no: hostile,
    })),
    products: [
      {
        sku_id: hostile,
        brand_id: 'north',
        spu_id: hostile,
        title: hostile,
        category: hostile,
        attributes: JSON.stringify({ [hostile]: hostile }),
      },
    ],
  };
}

/** Writes a project that is hostile in every text, the names of its files included, and returns its configuration. */
export async function writeHostile(folder: string): Promise<string> {
  await mkdir(join(folder, 'inbox'));
  const path = join(folder, 'aftersight.yaml');
  await writeFile(path, yaml);
  const files = Object.entries(tables());
  for (const [table, rows] of files)
    await writeFile(join(folder, 'inbox', `${table}<img src=x onerror=window.hacked=1>.csv`), writeDelimited(rows));
  return path;
}
