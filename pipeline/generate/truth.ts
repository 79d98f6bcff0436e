import { DEFECTS, describePlanted } from './planted.ts';
import { FILES } from './sample_files.ts';
import type { FileName, Flaw } from './flaws.ts';
import { CUT_OFF, FIRST_DAY, LAST_DAY, writeDay, writeInstant } from './local_time.ts';
import type { SalesTotals } from './sales.ts';
import type { PersonalData } from './slots.ts';

/** Counts kept while the sample is drawn; none depends on the definition of a KPI. */
export interface Tally {
  refunds: number;
  refundsWithoutTicketId: number;
  refundsOfNoTicket: number;
  refundsIntervened: number;
  spam: number;
  merged: number;
  agentStarted: number;
  unanswered: number;
  gamed: number;
  transferred: number;
  defects: Record<string, number>;
  superseded: Record<FileName, number>;
  personalData: PersonalData;
}

/** A planted bad row and its place: the record number in its file, counted from 1 after the header. */
export interface PlacedFlaw extends Flaw {
  record: number;
}

/** Returns a tally of nothing. */
export function newTally(): Tally {
  return {
    refunds: 0,
    refundsWithoutTicketId: 0,
    refundsOfNoTicket: 0,
    refundsIntervened: 0,
    spam: 0,
    merged: 0,
    agentStarted: 0,
    unanswered: 0,
    gamed: 0,
    transferred: 0,
    defects: Object.fromEntries(DEFECTS.map((defect) => [defect.id, 0])),
    superseded: { tickets: 0, messages: 0, events: 0, refunds: 0, refunds_tmall: 0, sales: 0, products: 0 },
    personalData: { phones: 0, addresses: 0, mails: 0, identityNumbers: 0, cards: 0 },
  };
}

/** Writes the truth file: what is in the sample, what was planted, what must be rejected and why. */
export function truthText(
  options: { cases: number; seed: number },
  tally: Tally,
  flaws: PlacedFlaw[],
  records: Record<FileName, number>,
  ignored: Record<FileName, number>,
  sales: SalesTotals,
): string {
  const names = Object.keys(FILES).filter((name): name is FileName => name in records);
  const files = names.map((name) => {
    const quarantined = flaws.filter((flaw) => flaw.file === name).length;
    return {
      file: FILES[name].path,
      records: records[name],
      loaded: records[name] - tally.superseded[name] - ignored[name] - quarantined,
      superseded: tally.superseded[name],
      ignored: ignored[name],
      quarantined,
    };
  });
  const { defects, superseded: _, personalData, ...counts } = tally;
  return (
    JSON.stringify(
      {
        seed: options.seed,
        cases: options.cases,
        timezone: 'Asia/Shanghai',
        first_day: writeDay(FIRST_DAY),
        last_day: writeDay(LAST_DAY),
        cut_off: writeInstant(CUT_OFF),
        files,
        quarantined: flaws.map(({ file, record, column, value, reason }) => ({
          file: FILES[file].path,
          record,
          column,
          value,
          reason,
        })),
        counts: {
          tickets: options.cases,
          ...counts,
          cases_showing_defect: defects,
          personal_data_drawn: personalData,
          sales: { units: sales.units, orders: sales.orders, amount_minor: sales.amountMinor },
        },
        planted: describePlanted(),
      },
      null,
      2,
    ) + '\n'
  );
}
