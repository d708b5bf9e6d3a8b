/// <reference lib="dom" />
import type { PaymentsPage } from '@tributary/contracts';
import { quantile } from '../bench/statistics.js';
import type { StackInBrowser } from './running-stack.js';

/** Rows that the list has while it is scrolled. */
const rows = 10_000;
const frames = 300;
const stepPx = 120;

/** Times between the frames of a list while it is scrolled. */
export interface Scrolled {
  readonly rows: number;
  /** Rows of the table that the page holds while it shows them. */
  readonly rowsDrawn: number;
  readonly framesMs: readonly number[];
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** What draws: headless Chromium on a machine without a graphics card does it in software. */
  readonly drawnBy: string;
}

/** Scrolls the list of payments of a recon that has 10,000 of them and answers with all at once: rows of the real list, with ids of their own. */
export async function scrollPayments(stack: StackInBrowser): Promise<Scrolled> {
  const { payments } = await stack.api<PaymentsPage>('/payments?limit=50');
  if (payments.length === 0) throw new Error('the stack has no payments to make a list of');
  const many = Array.from({ length: rows }, (_, n) => ({
    ...payments[n % payments.length],
    chargeId: `ch_${String(n).padStart(20, '0')}`,
  }));
  const page = await stack.open('/account', { viewport: { width: 1400, height: 900 } });
  await page.route(/\/api\/payments\?/, (route) => route.fulfill({ json: { payments: many, next: null, previous: null } }));
  await page.goto(`${stack.url}/payments`);
  await page.locator('main tbody tr').nth(20).waitFor();
  await page.waitForTimeout(3_000);
  const framesMs = await page.evaluate<number[]>(
    `new Promise((resolve) => {
      const taken = [];
      let before;
      const frame = (now) => {
        if (before !== undefined) taken.push(Math.round((now - before) * 10) / 10);
        before = now;
        if (taken.length === ${frames}) return resolve(taken);
        window.scrollBy(0, ${stepPx});
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    })`,
  );
  const rowsDrawn = await page.locator('main tbody tr').count();
  const drawnBy = await page.evaluate<string>(
    `(() => { const gl = document.createElement('canvas').getContext('webgl'); return gl === null ? 'software, no WebGL' : String(gl.getParameter(gl.RENDERER)); })()`,
  );
  await page.close();
  const sorted = framesMs.toSorted((a, b) => a - b);
  return { rows, rowsDrawn, framesMs, p50Ms: quantile(sorted, 0.5), p95Ms: quantile(sorted, 0.95), drawnBy };
}
