import { everything } from '#lib/access/principal.ts';
import { lastFullMonth, localDay } from '#lib/metrics/period.ts';
import { loadConfig } from '#lib/server/config.ts';
import { writeNote } from '#lib/server/quality/coaching.ts';
import { keepCase } from '#lib/server/quality/library.ts';
import { drawSample } from '#lib/server/quality/samples.ts';
import { makeAppeal } from '#lib/server/store/appeals.ts';
import { setConflict } from '#lib/server/store/conflicts.ts';
import { listReviewers } from '#lib/server/store/reviewers.ts';
import { listReviews } from '#lib/server/store/reviews.ts';
import { openStore } from '#lib/server/store/store.ts';
import { openWarehouse } from '#lib/server/warehouse.ts';

/** Puts an appeal, a coaching note, a typical case, a conflict of interest and a calibration beside scored reviews that nobody serves. */
export async function addWork(configPath: string): Promise<void> {
  const { dataDir, timezone } = await loadConfig(configPath);
  const store = await openStore(dataDir, {});
  const warehouse = await openWarehouse(dataDir);
  try {
    const at = { store, warehouse, scope: everything };
    const system = { userId: '', role: 'qa_lead', ...everything } as const;
    const people = await listReviewers(store, system);
    const lead = people.find(({ name }) => name === 'lead');
    const reviewer = people.find(({ name }) => name === 'reviewer');
    if (!lead || !reviewer) throw new Error('scoreReviews makes a lead and a reviewer');
    const by = { ...lead.principal, name: lead.name };
    const reviews = await listReviews(store, by, { states: ['submitted'] });
    const review = reviews.find(({ agentId }) => agentId !== null);
    if (!review) throw new Error('no submitted review of an agent');
    const { caseId, vendorId } = review;
    const vendor = { ...by, role: 'vendor_manager', vendors: vendorId === null ? null : [vendorId] } as const;
    await makeAppeal(store, vendor, review.id, { criterionId: 'empathy_tone', argument: '第二条消息已经致歉' });
    await writeNote(at, by, { caseId, reviewId: review.id, text: '先说明运费由谁承担', messageIds: [] });
    const entry = { title: '运费说明', lesson: '先讲规则，再给方案', example: 'good', tags: ['运费'] } as const;
    await keepCase(at, by, { ...entry, caseId, messageIds: [] });
    await setConflict(store, by, { userId: reviewer.principal.userId, vendorId: 'xiaolan', agentId: null });
    const { cardId, cardVersion } = review;
    await drawSample({ store, warehouse }, by, {
      name: '校准',
      kind: 'calibration',
      cardId,
      cardVersion,
      plan: {
        period: lastFullMonth(localDay(warehouse.current.asOf, timezone)),
        keys: { vendor: ['suda'] },
        strataBy: [],
        allocation: 'simple',
        rules: [],
        phrases: [],
        highValueMinor: 0,
        doubleShare: 0,
      },
      size: { kind: 'cases', cases: 2 },
      seed: 'calibration',
      dueAt: new Date(Date.parse(warehouse.current.asOf)),
      reviewers: [{ ...reviewer, limit: 10 }],
      expert: lead,
    });
  } finally {
    warehouse.close();
    await store.close();
  }
}
