import { hash as nodeHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { portableHash } from '#lib/qa/hash.ts';
import { DuplicateCaseError, populationOf, strataOf, type PopulationCase } from '#lib/qa/population.ts';
import {
  ChangedPopulationError,
  DesignError,
  drawSample,
  redraw,
  replaceCase,
  type Design,
  type Sample,
} from '#lib/qa/sample.ts';

const sha256 = (text: string) => nodeHash('sha256', text);

/** Cases helpdesk/T1 …, the first `a` of stratum a, the next `b` of stratum b. */
function cases(a: number, b: number): PopulationCase[] {
  return Array.from({ length: a + b }, (_, index) => ({
    caseId: `helpdesk/T${index + 1}`,
    stratum: index < a ? 'a' : 'b',
  }));
}

const idsOf = (sample: Sample) => sample.cases.map(({ caseId }) => caseId);
const perStratum = (a: number, b: number): Design => ({
  kind: 'stratified',
  sizes: [
    { stratum: 'a', size: a },
    { stratum: 'b', size: b },
  ],
});

describe('a population', () => {
  test('has the same hash whatever the order of its cases, and another when a case or its stratum changes', () => {
    const { hash } = populationOf(cases(6, 4));
    expect(populationOf(cases(6, 4).toReversed()).hash).toBe(hash);
    expect(populationOf(cases(6, 5)).hash).not.toBe(hash);
    expect(populationOf(cases(5, 5)).hash).not.toBe(hash);
  });

  test('is hashed as lines of JSON, so that sha256sum gives the same', () => {
    // printf '["helpdesk/T1","a"]\n["helpdesk/T2","b"]\n' | sha256sum
    expect(populationOf(cases(1, 1)).hash).toBe('83a04c74baa8226793f5cf1adfe058939249a788f09d34fd561c7aeed4a721c6');
  });

  test('keeps ids and strata apart that only look the same when written one after the other', () => {
    const of = (caseId: string, stratum: string) => populationOf([{ caseId, stratum }]).hash;
    expect(of('T1","a', 'b')).not.toBe(of('T1', 'a","b'));
    expect(of('T1\n', 'a')).not.toBe(of('T1', '\na'));
  });

  test('is sorted by code units, not as a language sorts', () => {
    const ids = ['b', 'a', 'Z', '10', '9', 'é', '退'].map((caseId) => ({ caseId, stratum: '' }));
    expect(populationOf(ids).cases.map(({ caseId }) => caseId)).toEqual(['10', '9', 'Z', 'a', 'b', 'é', '退']);
  });

  test('lists no case twice', () => {
    expect(() => populationOf([...cases(3, 0), ...cases(0, 1)])).toThrow(DuplicateCaseError);
  });
});

describe('a sample', () => {
  // for n in $(seq 12); do printf '2026-10 suda\nhelpdesk/T%s' $n | sha256sum | cut -c-64 | sed "s|$| T$n|"; done | sort
  test('is drawn by SHA-256 of seed and id: the same on any machine, for ever', () => {
    const population = populationOf(cases(8, 4));
    const simple = drawSample(population, '2026-10 suda', { kind: 'simple', size: 4 });
    expect(idsOf(simple)).toEqual(['helpdesk/T3', 'helpdesk/T5', 'helpdesk/T2', 'helpdesk/T8']);
    const stratified = drawSample(population, '2026-10 suda', perStratum(3, 2));
    expect(stratified.cases).toEqual([
      { caseId: 'helpdesk/T3', stratum: 'a', place: 1 },
      { caseId: 'helpdesk/T5', stratum: 'a', place: 2 },
      { caseId: 'helpdesk/T2', stratum: 'a', place: 3 },
      { caseId: 'helpdesk/T9', stratum: 'b', place: 1 },
      { caseId: 'helpdesk/T10', stratum: 'b', place: 2 },
    ]);
  });

  test('is the same whoever computes the hash', () => {
    const text = fc.string({ unit: fc.constantFrom(...'aZ09\n退é😀') });
    fc.assert(fc.property(text, (given) => portableHash(given) === sha256(given)));
    const population = populationOf(cases(60, 40));
    const design = perStratum(6, 5);
    expect(drawSample(population, 's', design)).toEqual(
      drawSample(populationOf(cases(60, 40), sha256), 's', design, sha256),
    );
  });

  test('does not depend on the order of the population, and differs with the seed', () => {
    const drawn = (seed: string, list: PopulationCase[]) =>
      idsOf(drawSample(populationOf(list), seed, { kind: 'simple', size: 20 }));
    expect(drawn('one', cases(70, 30).toReversed())).toEqual(drawn('one', cases(70, 30)));
    expect(drawn('two', cases(70, 30))).not.toEqual(drawn('one', cases(70, 30)));
  });

  test('keeps its cases when others join the population, unless one of those is drawn', () => {
    const design: Design = { kind: 'simple', size: 20 };
    const before = new Set(idsOf(drawSample(populationOf(cases(100, 0)), 's', design)));
    const after = idsOf(drawSample(populationOf(cases(100, 10)), 's', design));
    const old = new Set(cases(100, 0).map(({ caseId }) => caseId));
    expect(after.filter((id) => old.has(id)).every((id) => before.has(id))).toBe(true);
  });

  test('takes from each stratum what the design says', () => {
    const sample = drawSample(populationOf(cases(60, 40)), 's', perStratum(7, 3));
    const count = (stratum: string) => sample.cases.filter((one) => one.stratum === stratum).length;
    expect([count('a'), count('b')]).toEqual([7, 3]);
    expect(sample.strata).toEqual(strataOf(populationOf(cases(60, 40))));
    const simple = drawSample(populationOf(cases(60, 40)), 's', { kind: 'simple', size: 9 });
    expect(simple.strata).toEqual([{ stratum: '', size: 100 }]);
    expect(simple.cases.map(({ place }) => place)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('of a design that leaves a stratum out, names an unknown one or asks for too many is refused', () => {
    const population = populationOf(cases(6, 4));
    const draw = (design: Design) => () => drawSample(population, 's', design);
    expect(draw({ kind: 'stratified', sizes: [{ stratum: 'a', size: 3 }] })).toThrow(
      /stratum "b": 0 cases asked for, 1 to 4/,
    );
    expect(draw({ kind: 'stratified', sizes: [{ stratum: 'c', size: 3 }] })).toThrow(/"c" has no case/);
    expect(draw(perStratum(3, 5))).toThrow(DesignError);
    expect(draw({ kind: 'simple', size: 11 })).toThrow(DesignError);
    expect(draw({ kind: 'simple', size: 2.5 })).toThrow(DesignError);
  });

  test('draws every case equally often: chi-square of 4,000 draws within its 99.9 % point', () => {
    const population = populationOf(cases(40, 0));
    const drawn = new Map<string, number>();
    const draws = 4000;
    for (let seed = 0; seed < draws; seed++)
      for (const id of idsOf(drawSample(population, `seed ${seed}`, { kind: 'simple', size: 10 }, sha256)))
        drawn.set(id, (drawn.get(id) ?? 0) + 1);
    const expected = draws / 4;
    const counts = population.cases.map(({ caseId }) => drawn.get(caseId) ?? 0);
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / (expected * 0.75), 0) * (39 / 40);
    expect(chiSquare).toBeLessThan(72.1);
  });
});

describe('a case given up', () => {
  const population = populationOf(cases(12, 5));
  const sample = drawSample(population, 'seed', perStratum(4, 3));
  const first = sample.cases.find(({ stratum }) => stratum === 'b')?.caseId ?? '';

  test('is replaced by the next draw of its stratum', () => {
    const longer = drawSample(population, 'seed', perStratum(4, 4));
    const next = longer.cases.find(({ stratum, place }) => stratum === 'b' && place === 4);
    const replaced = replaceCase(population, sample, first);
    expect(replaced?.replaced).toEqual([{ caseId: first, by: next?.caseId }]);
    expect(replaced?.cases.find(({ place, stratum }) => stratum === 'b' && place === 4)).toEqual(next);
    expect(replaced && idsOf(replaced)).not.toContain(first);
    expect(replaced?.cases).toHaveLength(7);
  });

  test('never comes back, and has no replacement once its stratum is used up', () => {
    let current: Sample | null = sample;
    const seen = new Set(idsOf(sample));
    for (let left = 2; left > 0 && current !== null; left--) {
      current = replaceCase(population, current, current.cases.find(({ stratum }) => stratum === 'b')?.caseId ?? '');
      const by = current?.replaced.at(-1)?.by ?? '';
      expect(seen.has(by)).toBe(false);
      seen.add(by);
    }
    const last = current?.cases.find(({ stratum }) => stratum === 'b')?.caseId ?? '';
    expect(current && replaceCase(population, current, last)).toBeNull();
  });

  test('is part of what a redraw gives again', () => {
    const replaced = replaceCase(population, sample, first) ?? sample;
    const again = redraw(populationOf(cases(12, 5).toReversed()), replaced);
    expect(again).toEqual(replaced);
    expect(again).not.toEqual(sample);
  });

  test('of a population that changed is refused, as is a redraw', () => {
    const changed = populationOf(cases(13, 5));
    expect(() => redraw(changed, sample)).toThrow(ChangedPopulationError);
    expect(() => replaceCase(changed, sample, first)).toThrow(ChangedPopulationError);
    expect(() => replaceCase(population, sample, 'nobody')).toThrow(DesignError);
  });
});
