import { expect, test } from 'vitest';
import { drawCase, type Case } from '../../pipeline/generate/case_facts.ts';
import { encodeGb18030 } from '../../pipeline/generate/gb18030.ts';
import { dayOf } from '../../pipeline/generate/local_time.ts';
import { drawCard, drawIdentityNumber } from '../../pipeline/generate/people.ts';
import { DEFECTS } from '../../pipeline/generate/planted.ts';
import { Random } from '../../pipeline/generate/random.ts';
import { nextStaffed } from '../../pipeline/generate/staffing.ts';
import { REASONS } from '../../pipeline/generate/taxonomy.ts';
import { vendorById } from '../../pipeline/generate/vendors.ts';

const random = new Random(5, 'facts');
const cases: Case[] = [];
for (let index = 0; index < 40_000; index++) cases.push(drawCase(random, index, 40_000, cases.at(-1)));

test('a case draws the same facts whatever was drawn before it', () => {
  const again = drawCase(new Random(5, 'facts'), 123, 40_000, cases[122]);
  expect(again).toEqual(cases[123]);
});

test('cases come in the order of their opening, more of them in a campaign than in a quiet week', () => {
  expect(cases.every((facts, k) => k === 0 || facts.openedAt >= (cases[k - 1]?.openedAt ?? 0))).toBe(true);
  const inWeek = (monday: string) =>
    cases.filter((facts) => Math.floor((facts.openedAt / 86_400 - dayOf(monday)) / 7) === 0).length;
  expect(inWeek('2025-11-10')).toBeGreaterThan(1.5 * inWeek('2026-01-05'));
});

test.each(DEFECTS)('defect $id begins and ends on its days and raises the cases by about its factor', (defect) => {
  const concerned = cases.filter(
    ({ sku, stage }) =>
      stage === 'delivered' &&
      sku.spuId === defect.spuId &&
      (!defect.colour || sku.colour === defect.colour) &&
      (!defect.batch || sku.batch === defect.batch),
  );
  const showing = concerned.filter((facts) => facts.defect?.id === defect.id);
  expect(showing.every(({ orderDay }) => orderDay >= defect.fromDay && orderDay < defect.untilDay)).toBe(true);
  expect(showing.every(({ reason }) => reason === defect.reason)).toBe(true);
  const during = concerned.filter(({ orderDay }) => orderDay >= defect.fromDay && orderDay < defect.untilDay);
  const factor = during.length / (during.length - showing.length);
  expect(factor).toBeGreaterThan(defect.factor * 0.7);
  expect(factor).toBeLessThan(defect.factor * 1.4);
});

test('nobody of the vendor with empty nights answers between 23:00 and 08:00', () => {
  const night = dayOf('2026-05-06') * 86_400 + 23.5 * 3600;
  expect(nextStaffed(vendorById('xiaolan'), night)).toBe(dayOf('2026-05-07') * 86_400 + 8 * 3600);
});

test('GB18030 gives back every text, also letters of two and four bytes', () => {
  const text = '退款 ¥12.50，“偏小”😓𠮷 ①ÄǱ€\r\n';
  expect(new TextDecoder('gb18030', { fatal: true }).decode(encodeGb18030(text))).toBe(text);
});

test('names and synonyms of reasons belong to one reason each', () => {
  const words = REASONS.flatMap((reason) => [...new Set([reason.id, reason.zh, reason.en, ...reason.synonyms])]);
  expect(words.filter((word, k) => words.indexOf(word) !== k)).toEqual([]);
});

test('bank cards and identity numbers have right check digits, so that a masker finds them', () => {
  const digits = (text: string) => [...text].map(Number);
  for (let k = 0; k < 50; k++) {
    const luhn = digits(drawCard(random))
      .reverse()
      .reduce((sum, d, i) => sum + (i % 2 ? (d * 2 > 9 ? d * 2 - 9 : d * 2) : d), 0);
    expect(luhn % 10).toBe(0);
    const id = drawIdentityNumber(random);
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    expect('10X98765432'[weights.reduce((sum, w, i) => sum + w * Number(id[i]), 0) % 11]).toBe(id[17]);
  }
});
