import { afterAll, describe, expect, test } from 'vitest';
import { openTraps } from './traps_project.ts';

const trap = await openTraps({
  day_first: {
    settings: `datetime_format: '%d/%m/%Y %H:%M'`,
    files: {
      'refunds.csv': 'refund_id,applied_at,refunded_at\nd,3/4/2026 09:05,30/4/2026 9:05\nx,04/30/2026 09:05,\n',
    },
  },
  month_first: {
    settings: `datetime_format: '%m/%d/%Y %I:%M %p'`,
    files: { 'refunds.csv': 'refund_id,applied_at\nm,04/03/2026 09:05 AM\n' },
  },
  chinese_dates: {
    settings: `datetime_format: '%Y年%m月%d日 %H时%M分'`,
    files: { 'refunds.csv': 'refund_id,applied_at\nz,2026年4月3日 9时05分\n' },
  },
  no_form: {
    files: {
      'refunds.csv': 'refund_id,applied_at\nslash,2026/04/03 09:05\nunclear,03/04/2026 09:05\nday,2026-04-03\n',
    },
  },
  disorder: {
    files: {
      'tickets.csv': `ticket_id,opened_at,closed_at,status,updated_at
closed first,2026-03-02 09:00:00,2026-03-01 09:00:00,closed,2026-03-02 09:00:00
event first,2026-03-02 09:00:00,,solved,
answered first,2026-03-02 09:00:00,,open,
`,
      'events.csv': `ticket_id,at,kind\nevent first,2026-03-01 09:00:00,solved\nevent first,2026-03-02 12:00:00,closed\n`,
      'messages.csv': `message_id,ticket_id,sent_at,sender
1,answered first,2026-03-02 09:10:00,agent
2,answered first,2026-03-02 09:20:00,customer
3,answered first,2026-03-02 09:20:30,agent
4,answered first,2026-03-02 09:00:00,customer
5,answered first,2026-03-02 08:00:00,bot
`,
      'refunds.csv': `refund_id,applied_at,approved_at,buyer_shipped_at,received_at,refunded_at
paid first,2026-03-02 09:00:00,2026-03-02 08:00:00,2026-03-05 09:00:00,2026-03-04 09:00:00,2026-03-01 09:00:00
`,
    },
  },
  new_york: {
    settings: 'timezone: America/New_York',
    files: {
      'tickets.csv': `ticket_id,opened_at,status,vendor_id
twice,2026-11-01 01:30:00,open,manhattan
never,2026-03-08 02:30:00,open,manhattan
short night,2026-03-07 22:00:00,open,manhattan
long night,2026-10-31 22:00:00,open,manhattan
offset,2026-11-01T01:30:00-05:00,open,manhattan
`,
      'messages.csv': `message_id,ticket_id,sent_at,sender
1,short night,2026-03-08 05:00:00,agent
2,long night,2026-11-01 05:00:00,agent
3,twice,2026-11-01 02:00:00,agent
4,never,2026-03-08 04:00:00,agent
`,
    },
  },
  half_hour: {
    settings: 'timezone: Australia/Lord_Howe',
    files: {
      'tickets.csv': 'ticket_id,opened_at,status\ntwice,2026-04-05 01:45:00,open\nnever,2026-10-04 02:15:00,open\n',
    },
  },
});
afterAll(() => trap.project.close());

const { project, refunds, quarantined, cases } = trap;

describe('instants', () => {
  test('D/M/Y and M/D/Y of the same day are told apart by datetime_format alone', async () => {
    expect(await refunds('day_first', 'applied_at')).toEqual({ d: '2026-04-03 01:05:00' });
    expect(await refunds('day_first', 'refunded_at')).toEqual({ d: '2026-04-30 01:05:00' });
    expect(await refunds('month_first', 'applied_at')).toEqual({ m: '2026-04-03 01:05:00' });
    expect(await refunds('chinese_dates', 'applied_at')).toEqual({ z: '2026-04-03 01:05:00' });
    expect(await quarantined('day_first')).toEqual([[2, 'applied_at', '04/30/2026 09:05', 'unreadable']]);
  });

  test('without datetime_format an ambiguous date is not guessed', async () => {
    expect(await refunds('no_form', 'applied_at')).toEqual({ slash: '2026-04-03 01:05:00' });
    expect(await quarantined('no_form')).toEqual([
      [2, 'applied_at', '03/04/2026 09:05', 'unreadable'],
      [3, 'applied_at', '2026-04-03', 'unreadable'],
    ]);
  });

  test('closings before openings are kept and flagged, and in no duration', async () => {
    const rows = await cases(
      'disorder',
      'has_impossible_order, solution_calendar_seconds, first_completed_at::varchar as completed',
    );
    expect(rows).toEqual([
      { ticket_id: 'answered first', has_impossible_order: false, solution_calendar_seconds: null, completed: null },
      {
        ticket_id: 'closed first',
        has_impossible_order: true,
        solution_calendar_seconds: null,
        completed: '2026-03-01 01:00:00',
      },
      {
        ticket_id: 'event first',
        has_impossible_order: true,
        solution_calendar_seconds: 3 * 3600,
        completed: '2026-03-01 01:00:00',
      },
    ]);
    expect(await quarantined('disorder')).toEqual([]);
  });

  test('answers before questions are kept, and no response to them', async () => {
    const messages = await project.rows(
      `select count(*)::int as n from marts.messages as m join marts.cases as c using (case_key) where c.source = 'disorder'`,
    );
    expect(messages).toEqual([{ n: 5 }]);
    const [answered] = await cases(
      'disorder',
      'first_response_calendar_seconds, first_touch_calendar_seconds, is_customer_started',
    );
    expect(answered).toEqual({
      ticket_id: 'answered first',
      first_response_calendar_seconds: 600,
      first_touch_calendar_seconds: 600,
      is_customer_started: true,
    });
    const rounds = await project.rows(`
      select reply_calendar_seconds from marts.rounds as n join marts.cases as c using (case_key) where c.source = 'disorder' order by asked_at`);
    expect(rounds).toEqual([{ reply_calendar_seconds: 600 }, { reply_calendar_seconds: 30 }]);
  });

  test('a refund paid before it was applied for is kept and flagged, its impossible legs null', async () => {
    const rows = await project.rows(`
      select has_impossible_order, refund_calendar_seconds, decide_calendar_seconds, transit_calendar_seconds, ship_calendar_seconds
      from marts.refunds where source = 'disorder'`);
    expect(rows).toEqual([
      {
        has_impossible_order: true,
        refund_calendar_seconds: null,
        decide_calendar_seconds: null,
        transit_calendar_seconds: null,
        ship_calendar_seconds: 73 * 3600,
      },
    ]);
    const counted = await project.rows(
      `select denominator, value from kpis.refund_time where case_id like 'disorder/%'`,
    );
    expect(counted).toEqual([{ denominator: 1, value: null }]);
  });
});

describe('changes of clocks', () => {
  test('a local time that exists twice is the earlier one, one that does not exist moves forward', async () => {
    const rows = await cases('new_york', 'opened_at::varchar as opened_at');
    const opened = Object.fromEntries(rows.map((row) => [row['ticket_id'], row['opened_at']]));
    expect(opened).toMatchObject({
      twice: '2026-11-01 05:30:00',
      never: '2026-03-08 07:30:00',
      offset: '2026-11-01 06:30:00',
    });
  });

  test('also where clocks change by half an hour', async () => {
    const rows = await cases('half_hour', 'opened_at::varchar as opened_at');
    expect(rows.map((row) => row['opened_at'])).toEqual(['2026-10-03 15:45:00', '2026-04-04 14:45:00']);
  });

  test('business hours over a change of clocks are as long as they really were', async () => {
    const rows = await cases(
      'new_york',
      'first_response_calendar_seconds / 3600 as calendar, first_response_business_seconds / 3600 as business',
    );
    const hours = Object.fromEntries(rows.map((row) => [row['ticket_id'], [row['calendar'], row['business']]]));
    expect(hours).toMatchObject({ 'short night': [6, 4], 'long night': [8, 6], twice: [1.5, 1.5], never: [0.5, 0.5] });
  });
});
