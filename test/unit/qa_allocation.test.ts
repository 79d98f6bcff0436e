import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate, allocateNeyman, type StratumSpread } from '#lib/qa/allocation.ts';
import { assignReviews, reviewTasks, type Plan, type Reviewer } from '#lib/qa/assignment.ts';
import { DesignError } from '#lib/qa/sample.ts';
import { requiredSize, worstDeviation } from '#lib/qa/sample_size.ts';

const of = (...sizes: number[]) => sizes.map((size, index) => ({ stratum: `s${index}`, size }));
const spread = (...given: [size: number, deviation: number][]): StratumSpread[] =>
  given.map(([size, deviation], index) => ({ stratum: `s${index}`, size, deviation }));
const sizesOf = (allocation: readonly { size: number }[]) => allocation.map(({ size }) => size);
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

describe('an allocation', () => {
  test('is proportional to size, rounded by the largest remainders', () => {
    expect(sizesOf(allocate('proportional', of(500, 300, 200), 50))).toEqual([25, 15, 10]);
    // 51 × (0.5, 0.3, 0.2) = 25.5, 15.3, 10.2
    expect(sizesOf(allocate('proportional', of(500, 300, 200), 51))).toEqual([26, 15, 10]);
    expect(sizesOf(allocate('proportional', of(100, 100, 100), 31))).toEqual([11, 10, 10]);
  });

  test('is equal for strata to be compared, as far as they have cases', () => {
    expect(sizesOf(allocate('equal', of(500, 300, 200), 30))).toEqual([10, 10, 10]);
    expect(sizesOf(allocate('equal', of(500, 300, 4), 30))).toEqual([13, 13, 4]);
  });

  test('by Neyman is proportional to size times deviation', () => {
    expect(sizesOf(allocateNeyman(spread([400, 20], [400, 10], [200, 20]), 80))).toEqual([40, 20, 20]);
    expect(sizesOf(allocateNeyman(spread([10, 90], [990, 1]), 60))).toEqual([10, 50]);
  });

  test('by Neyman is proportional to size where scores do not vary', () => {
    expect(sizesOf(allocateNeyman(spread([300, 0], [100, 0]), 40))).toEqual([30, 10]);
    expect(sizesOf(allocateNeyman(spread([300, 0], [100, 0], [5, 30]), 45))).toEqual([30, 10, 5]);
  });

  test('gives a small stratum two cases where it has them, one where the total allows no more', () => {
    expect(sizesOf(allocate('proportional', of(1000, 3, 1), 20))).toEqual([17, 2, 1]);
    expect(sizesOf(allocate('proportional', of(1000, 500, 3), 4))).toEqual([2, 1, 1]);
  });

  test('of fewer cases than strata, or more than there are, is refused', () => {
    expect(() => allocate('proportional', of(5, 5, 5), 2)).toThrow(DesignError);
    expect(() => allocate('equal', of(5, 5, 5), 16)).toThrow(/3 to 15 can be drawn/);
    expect(() => allocate('equal', of(5, 5, 5), 3.5)).toThrow(DesignError);
  });

  test('of any method adds up, is within each stratum and leaves none out', () => {
    const strata = fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 50 })), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(strata, fc.double({ min: 0, max: 1, noNaN: true }), (given, part) => {
        const list = spread(...given);
        const available = sum(sizesOf(list));
        const total = list.length + Math.floor(part * (available - list.length));
        for (const drawn of [
          allocate('proportional', list, total),
          allocate('equal', list, total),
          allocateNeyman(list, total),
        ]) {
          expect(sum(sizesOf(drawn))).toBe(total);
          drawn.forEach(({ stratum, size }, index) => {
            expect(stratum).toBe(list[index]?.stratum);
            expect(size).toBeGreaterThanOrEqual(1);
            expect(size).toBeLessThanOrEqual(list[index]?.size ?? 0);
          });
          if (total >= sum(list.map(({ size }) => Math.min(2, size))))
            expect(drawn.every(({ size }, index) => size >= Math.min(2, list[index]?.size ?? 0))).toBe(true);
        }
      }),
    );
  });
});

describe('the size a sample needs', () => {
  test('is Cochran’s for proportions in the worst case: 385 of very many and 278 of 1,000 for ± 5', () => {
    expect(requiredSize(1e9, 5)).toBe(385);
    expect(requiredSize(1000, 5)).toBe(278);
    expect(requiredSize(1e9, 3)).toBe(1068);
    expect(worstDeviation).toBe(50);
  });

  test('is smaller where scores vary less, never under what an estimate needs, never more than there are', () => {
    expect(requiredSize(2000, 2, 15)).toBe(196);
    expect(requiredSize(2000, 20, 15)).toBe(20);
    expect(requiredSize(12, 1)).toBe(12);
    expect(requiredSize(500, 0)).toBe(500);
    expect(requiredSize(500, 2, 0)).toBe(20);
  });

  test('shrinks with the margin wanted and never exceeds the population', () => {
    const margin = fc.double({ min: 0.5, max: 30, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), margin, margin, (population, a, b) => {
        const [narrow, wide] = [Math.min(a, b), Math.max(a, b)];
        expect(requiredSize(population, narrow)).toBeGreaterThanOrEqual(requiredSize(population, wide));
        expect(requiredSize(population, narrow)).toBeLessThanOrEqual(population);
      }),
    );
  });
});

describe('review tasks', () => {
  const cases = Array.from({ length: 45 }, (_, index) => ({ caseId: `T${index}`, stratum: '', place: index + 1 }));

  test('score a random share twice, rounded up, the same for the same seed', () => {
    const twice = (seed: string) => reviewTasks(cases, 0.1, seed).filter(({ reviews }) => reviews === 2);
    expect(twice('s')).toHaveLength(5);
    expect(twice('s')).toEqual(twice('s'));
    expect(twice('s')).not.toEqual(twice('t'));
    expect(reviewTasks(cases, 0, 's').every(({ reviews }) => reviews === 1)).toBe(true);
    expect(reviewTasks(cases, 1, 's').every(({ reviews }) => reviews === 2)).toBe(true);
  });
});

describe('assignments', () => {
  const reviewers = (...limits: number[]): Reviewer[] =>
    limits.map((limit, index) => ({ reviewerId: `r${index}`, limit }));
  const tasks = (...reviews: number[]) => reviews.map((count, index) => ({ caseId: `c${index}`, reviews: count }));
  const nobody = () => false;
  const byReviewer = ({ assignments }: Plan, id: string) =>
    assignments.filter(({ reviewerId }) => reviewerId === id).map(({ caseId }) => caseId);

  test('go round', () => {
    const plan = assignReviews(tasks(1, 1, 1, 1, 1), reviewers(9, 9), nobody);
    expect([byReviewer(plan, 'r0'), byReviewer(plan, 'r1')]).toEqual([
      ['c0', 'c2', 'c4'],
      ['c1', 'c3'],
    ]);
  });

  test('give a case that is scored twice to two people', () => {
    const plan = assignReviews(tasks(2, 2), reviewers(2, 2), nobody);
    expect([byReviewer(plan, 'r0'), byReviewer(plan, 'r1')]).toEqual([
      ['c0', 'c1'],
      ['c0', 'c1'],
    ]);
    expect(assignReviews(tasks(2), reviewers(5), nobody).unassigned).toEqual([{ caseId: 'c0', reviews: 1 }]);
  });

  test('stop at limits and say what is left', () => {
    const plan = assignReviews(tasks(1, 1, 1, 2), reviewers(2, 1), nobody);
    expect(plan.assignments).toHaveLength(3);
    expect(plan.unassigned).toEqual([{ caseId: 'c3', reviews: 2 }]);
  });

  test('move no case while somebody else has room', () => {
    const plan = assignReviews(tasks(1, 1, 1), reviewers(1, 5), nobody);
    expect([byReviewer(plan, 'r0'), byReviewer(plan, 'r1')]).toEqual([['c0'], ['c1', 'c2']]);
  });

  test('move a case when only somebody with a full list may take the next', () => {
    const plan = assignReviews(tasks(1, 1), reviewers(1, 1), (reviewer, id) => reviewer === 'r1' && id === 'c1');
    expect([byReviewer(plan, 'r0'), byReviewer(plan, 'r1')]).toEqual([['c1'], ['c0']]);
  });

  const instance = fc.record({
    limits: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 3 }),
    reviews: fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 4 }),
    conflicts: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
  });

  test('keep limits and conflicts, name nobody twice for a case, and are as many as any assignment could be', () => {
    fc.assert(
      fc.property(instance, ({ limits, reviews, conflicts }) => {
        const people = reviewers(...limits);
        const work = tasks(...reviews);
        const conflict = (reviewer: string, id: string) =>
          conflicts[Number(reviewer.slice(1)) * 4 + Number(id.slice(1))] ?? false;
        const plan = assignReviews(work, people, conflict);
        for (const { reviewerId, limit } of people)
          expect(byReviewer(plan, reviewerId).length).toBeLessThanOrEqual(limit);
        expect(plan.assignments.some(({ reviewerId, caseId }) => conflict(reviewerId, caseId))).toBe(false);
        expect(new Set(plan.assignments.map((one) => JSON.stringify(one))).size).toBe(plan.assignments.length);
        expect(plan.assignments.length + sum(plan.unassigned.map((one) => one.reviews))).toBe(sum(reviews));
        expect(plan.assignments.length).toBe(most(people, work, conflict));
      }),
    );
  });

  /** Finds by trying all of them how many reviews can be assigned. */
  function most(
    people: Reviewer[],
    work: { caseId: string; reviews: number }[],
    conflict: (reviewer: string, id: string) => boolean,
  ): number {
    const [task, ...later] = work;
    if (task === undefined) return 0;
    const groups = people.reduce<Reviewer[][]>((sets, one) => [...sets, ...sets.map((set) => [...set, one])], [[]]);
    const possible = groups.filter(
      (group) =>
        group.length <= task.reviews &&
        group.every(({ reviewerId, limit }) => limit > 0 && !conflict(reviewerId, task.caseId)),
    );
    return Math.max(
      ...possible.map((group) => {
        const left = people.map((one) => (group.includes(one) ? { ...one, limit: one.limit - 1 } : one));
        return group.length + most(left, later, conflict);
      }),
    );
  }
});
