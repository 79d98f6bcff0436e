import holidayData from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { z } from 'zod';
import type { Path } from './config_document.ts';
import { isMapping, type Findings } from './config_findings.ts';
import { calendarSchema } from './config_schema.ts';

/** Open from `opensMinute` to `closesMinute` of the local day, counted from its midnight; closing may be past 1440, on the next day. */
export interface OpenInterval {
  opensMinute: number;
  closesMinute: number;
}

/** A business calendar; `week[0]` is Monday. `daysOff` are closed, `workdays` have Monday's hours whatever their weekday. */
export interface Calendar {
  id: string;
  timezone: string;
  week: readonly (readonly OpenInterval[])[];
  daysOff: readonly string[];
  workdays: readonly string[];
  holidays: 'cn' | 'dates';
}

const cn = z
  .object({ holidays: z.record(z.string(), z.string()), workdays: z.record(z.string(), z.string()) })
  .parse(holidayData);
const cnYears = Object.keys(cn.holidays).map((day) => Number(day.slice(0, 4)));

/** The years for which holidays: cn knows holidays and make-up workdays. */
export const cnHolidayYears = { first: Math.min(...cnYears), last: Math.max(...cnYears) };

/** China's public holidays that fall on weekdays, and its make-up workdays. */
export const specialDays: readonly { day: string; is_workday: boolean }[] = [
  ...Object.keys(cn.holidays).map((day) => ({ day, is_workday: false })),
  ...Object.keys(cn.workdays).map((day) => ({ day, is_workday: true })),
];

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const dayMinutes = 1440;
const weekMinutes = 7 * dayMinutes;
const weekdaysAllowed = 'weekdays such as mon-fri, sat, sat-sun or mon,wed';
const intervalAllowed = 'an interval such as 09:00-18:00, 13:00-02:00 (past midnight) or 00:00-24:00';

function readWeekdays(text: string): number[] | null {
  const days: number[] = [];
  for (const part of text.toLowerCase().split(',')) {
    const ends = part
      .trim()
      .split('-')
      .map((name) => weekdays.indexOf(name.trim()));
    const first = ends[0] ?? -1;
    const last = ends[ends.length - 1] ?? -1;
    if (ends.length > 2 || first < 0 || last < 0) return null;
    for (let day = first; ; day = (day + 1) % 7) {
      days.push(day);
      if (day === last) break;
    }
  }
  return [...new Set(days)];
}

function readInterval(text: string): OpenInterval | null {
  const match = /^(\d{1,2}):(\d{2})\s*[-–—]\s*(\d{1,2}):(\d{2})$/.exec(text.trim());
  if (!match) return null;
  const [openHour = 0, openMinute = 0, closeHour = 0, closeMinute = 0] = match.slice(1).map(Number);
  const opensMinute = openHour * 60 + openMinute;
  const closesMinute = closeHour * 60 + closeMinute;
  if (openMinute > 59 || closeMinute > 59 || opensMinute >= dayMinutes || closesMinute > dayMinutes) return null;
  return { opensMinute, closesMinute: closesMinute <= opensMinute ? closesMinute + dayMinutes : closesMinute };
}

interface Placed {
  path: Path;
  text: string;
  from: number;
  to: number;
}

function reportOverlaps(findings: Findings, placed: readonly Placed[]): void {
  const sorted = [...placed].sort((a, b) => a.from - b.from);
  const first = sorted[0];
  const reported = new Set<Path>();
  let longest = first;
  const around = first
    ? [...sorted.slice(1), { ...first, from: first.from + weekMinutes, to: first.to + weekMinutes }]
    : [];
  for (const next of around) {
    if (longest && next.from < longest.to && !reported.has(next.path)) {
      reported.add(next.path);
      const day = weekdays[Math.floor((next.from % weekMinutes) / dayMinutes)] ?? '';
      findings.add(
        next.path,
        `intervals that do not overlap, over midnight into the next day neither (${longest.text} of ${weekdays[Math.floor(longest.from / dayMinutes) % 7] ?? ''} does)`,
        `${JSON.stringify(next.text)} on ${day}`,
      );
    }
    if (!longest || next.to > longest.to) longest = next;
  }
}

function readWeek(findings: Findings, hours: Record<string, string[]>, path: Path): OpenInterval[][] {
  const week: OpenInterval[][] = weekdays.map(() => []);
  const placed: Placed[] = [];
  for (const [key, texts] of Object.entries(hours)) {
    const days = readWeekdays(key);
    if (days === null) {
      findings.addKey([...path, key], weekdaysAllowed);
      continue;
    }
    texts.forEach((text, index) => {
      const interval = readInterval(text);
      if (interval === null) {
        findings.add([...path, key, index], intervalAllowed);
        return;
      }
      for (const day of days) {
        week[day]?.push(interval);
        placed.push({
          path: [...path, key, index],
          text,
          from: day * dayMinutes + interval.opensMinute,
          to: day * dayMinutes + interval.closesMinute,
        });
      }
    });
  }
  if (Object.values(hours).flat().length === 0)
    findings.add(path, 'at least one interval, such as mon-fri: ["09:00-18:00"]');
  reportOverlaps(findings, placed);
  return week.map((intervals) => intervals.sort((a, b) => a.opensMinute - b.opensMinute));
}

/** Resolves the calendars of a file; hours that overlap, unknown weekdays and days both off and at work are problems. */
export function resolveCalendars(findings: Findings, value: unknown, timezone: string): Calendar[] {
  if (value === undefined) return [];
  if (!isMapping(value)) {
    findings.add(['calendars'], 'a mapping of calendars, such as office: { hours: { mon-fri: ["09:00-18:00"] } }');
    return [];
  }
  return Object.entries(value).flatMap(([id, raw]) => {
    const path = ['calendars', id];
    const parsed = findings.parse(calendarSchema, raw, path);
    if (parsed === null) {
      const hours = isMapping(raw) ? calendarSchema.shape.hours.safeParse(raw['hours']) : null;
      if (hours?.success) readWeek(findings, hours.data, [...path, 'hours']);
      return [];
    }
    const own = new Set(parsed.workdays ?? []);
    const isCn = parsed.holidays === 'cn';
    const listed = Array.isArray(parsed.holidays) ? parsed.holidays : [];
    parsed.workdays?.forEach((day, index) => {
      if (listed.includes(day)) findings.add([...path, 'workdays', index], 'a day that is not among the holidays');
    });
    const daysOff = isCn ? Object.keys(cn.holidays).filter((day) => !own.has(day)) : listed;
    const workdays = isCn ? [...Object.keys(cn.workdays), ...own] : [...own];
    return {
      id,
      timezone: parsed.timezone ?? timezone,
      week: readWeek(findings, parsed.hours, [...path, 'hours']),
      daysOff: [...new Set(daysOff)].sort(),
      workdays: [...new Set(workdays)].sort(),
      holidays: isCn ? ('cn' as const) : ('dates' as const),
    };
  });
}
