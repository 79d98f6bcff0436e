import { z } from 'zod';
import { ensureChromium, openBrowser } from '../e2e/chromium.ts';
import { visit } from '../e2e/visit.ts';
import { percentile, type Row } from './rows.ts';

const moves = 60;
const periods = [
  ['a month', 'from=2026-09-01&until=2026-09-30'],
  ['a year', 'from=2025-11-01&until=2026-10-31'],
] as const;

/** Milliseconds from moving the pointer over the timeline of Explore to the frame that shows all charts filtered by it. */
export async function measureBrush(baseUrl: string, cookie: string): Promise<Row[]> {
  const chromium = ensureChromium();
  if (chromium === null) return [];
  const browser = await openBrowser(chromium);
  try {
    const rows: Row[] = [];
    for (const [name, query] of periods) {
      const times = await brushTimes(await visit(browser, baseUrl, cookie), query);
      rows.push({
        what: `Explore, brush to paint over ${name}, p95`,
        measured: percentile(times, 0.95),
        unit: 'ms',
        budget: '',
        note: `median ${percentile(times, 0.5).toFixed(0)} ms, ${times.length} moves`,
      });
    }
    return rows;
  } finally {
    await browser.close();
  }
}

async function brushTimes({ page, close }: Awaited<ReturnType<typeof visit>>, query: string): Promise<number[]> {
  await page.goto(`/explore?${query}`);
  const plot = page.locator('.plot.live').first();
  await plot.waitFor();
  const box = await plot.boundingBox();
  if (!box) throw new Error('the timeline has no place on the page');
  // The task after a frame's callbacks runs once that frame is painted.
  await page.evaluate(`
    window.paints = [];
    addEventListener('pointermove', (event) => {
      const from = event.timeStamp;
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => paints.push(performance.now() - from);
        port2.postMessage(null);
      });
    }, true);`);
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.2, y);
  await page.mouse.down();
  for (let move = 0; move < moves; move++) await page.mouse.move(box.x + box.width * (0.22 + (0.6 * move) / moves), y);
  await page.mouse.up();
  const times = z.array(z.number()).parse(await page.evaluate('paints'));
  await close();
  return times;
}
