import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { describeShared, readSharedCsv, shared } from './shared_data.ts';
import { type WarehouseProject, openWarehouseProject } from './warehouse_project.ts';

describeShared('support-tweets: 634 real conversations in Zendesk tables', () => {
  let project: WarehouseProject;
  beforeAll(async () => {
    project = await openWarehouseProject(`
timezone: UTC
brands: [{ id: carrier }]
vendors: [{ id: social, calendar: office }]
calendars: { office: { timezone: UTC, hours: { mon-fri: ["09:00-18:00"] } } }
sources:
  - { name: tweets, kind: zendesk, brand: carrier, vendor: social, tables: { ticket: ticket.csv, ticket_comment: ticket_comment.csv, user: user.csv } }
`);
    for (const name of ['ticket.csv', 'ticket_comment.csv', 'user.csv'])
      await project.take(join(shared, 'support-tweets', name), name);
    await project.run();
  });
  afterAll(() => project.close());

  test('every ticket and message is loaded', async () => {
    expect(await project.rows('select count(*)::int as n from quarantine.records')).toEqual([{ n: 0 }]);
    expect(
      await project.rows(
        'select (select count(*) from marts.cases)::int as cases, (select count(*) from marts.messages)::int as messages',
      ),
    ).toEqual([{ cases: 634, messages: 2280 }]);
  });

  test('first response equals the expected minutes on both clocks, for 634 of 634', async () => {
    const expected = await readSharedCsv(
      'support-tweets/expected_first_reply.csv',
      z.object({
        ticket_id: z.string(),
        first_reply_time_calendar_minutes: z.string(),
        first_reply_time_business_minutes: z.string(),
      }),
    );
    const rows = await project.rows(`
      select ticket_id, first_response_calendar_seconds / 60 as calendar, first_response_business_seconds / 60 as business
      from marts.cases order by ticket_id`);
    const found = rows.map((row) => [row['ticket_id'], toMinutes(row['calendar']), toMinutes(row['business'])]);
    const wanted = expected.map((row) => [
      row.ticket_id,
      row.first_reply_time_calendar_minutes,
      row.first_reply_time_business_minutes,
    ]);
    expect(wanted).toHaveLength(634);
    expect(found.toSorted(byFirst)).toEqual(wanted.toSorted(byFirst));
  });

  test('the median is under 14 minutes, whatever the one reply that came six years late', async () => {
    const [total] = await project.totals({ metrics: ['first_response'], clock: 'calendar' });
    expect(total?.median).toBeGreaterThan(0);
    expect(total?.median).toBeLessThan(14 * 60);
  });
});

function toMinutes(value: unknown): string {
  return typeof value === 'number' ? value.toFixed(4) : '';
}

function byFirst(left: readonly unknown[], right: readonly unknown[]): number {
  return String(left[0]).localeCompare(String(right[0]));
}
