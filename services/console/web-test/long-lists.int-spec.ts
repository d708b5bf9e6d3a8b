/// <reference lib="dom" />
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { chromiumPath, screens } from './testing/console-in-chromium.js';
import { consoleOver } from './testing/console-over.js';
import { expectSoon } from './testing/expect-soon.js';
import { phone, tooWide } from './testing/narrow.js';
import { ReconStandIn } from './recon-stand-in.js';

const count = 1_000;
/** Most rows of a long list that the page may hold while it shows a window of it. */
const mostDrawn = 120;
const frames = 120;

(chromiumPath ? describe : describe.skip)('a list of a thousand rows', () => {
  const { recon, shown } = consoleOver(new ReconStandIn());
  let page: Page;

  beforeEach(() => {
    recon.reset();
    const [first] = recon.payments;
    recon.payments = Array.from({ length: count }, (_, n) => ({ ...first, chargeId: `ch_${String(n).padStart(6, '0')}` }));
  });
  afterEach(() => page?.close());

  /** The list with as many rows as recon is asked for, and a page behind the first one. */
  async function open(viewport: { readonly width: number; readonly height: number } = { width: 1400, height: 900 }): Promise<void> {
    page = await shown.open('/account', { viewport });
    await page.route(/\/api\/payments\?/, async (route) => {
      const limit = Number(new URL(route.request().url()).searchParams.get('limit'));
      await route.fulfill({ json: { payments: recon.payments.slice(0, limit), next: 'more', previous: null } });
    });
    await page.goto(`${shown.url}/payments`);
    await page.getByLabel('Rows of a page').selectOption({ label: '1,000' });
    await page.locator('[aria-rowindex="2"]').waitFor();
  }
  const drawn = (): Promise<number> => page.locator('.payments tbody tr[data-index]').count();
  const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');
  const indices = (): Promise<number[]> =>
    page.locator('.payments tbody tr[data-index]').evaluateAll((rows) => rows.map((row) => Number((row as HTMLElement).dataset.index)));

  it('draws what the window shows, says where each row stands, and keeps the number that was chosen', async () => {
    await open();
    await expectSoon(() => page.locator('.payments table').getAttribute('aria-rowcount')).toBe('1001');
    await expectSoon(drawn).toBeLessThanOrEqual(mostDrawn);
    await expectSoon(async () => (await indices())[0]).toBe(0);
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await page.locator('[aria-rowindex="1001"]').waitFor();
    await expectSoon(drawn).toBeLessThanOrEqual(mostDrawn);
    await expectSoon(() => page.locator('[aria-rowindex="1001"]').textContent()).toContain('ch_000999');
    await page.screenshot({ path: join(screens, 'long-list.png') });
    await page.reload();
    await page.locator('[aria-rowindex="2"], [aria-rowindex="1001"]').first().waitFor();
    await expectSoon(() => page.getByLabel('Rows of a page').inputValue()).toBe('1000');
  });

  it('is walked by keys, also past what is drawn, and after somebody scrolled away', async () => {
    await open();
    for (let press = 0; press < 60; press += 1) await page.keyboard.press('j');
    await expectSoon(focused).toContain('ch_000059');
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await page.locator('[aria-rowindex="1001"]').waitFor();
    await expectSoon(focused).toContain('ch_000059'); // it stays, with the focus on it
    await page.keyboard.press('j');
    await expectSoon(focused).toContain('ch_000060');
    await page.keyboard.press('ArrowUp');
    await expectSoon(focused).toContain('ch_000059');
    await page.keyboard.press('Enter');
    await expectSoon(() => new URL(page.url()).pathname).toBe('/payments/ch_000059');
  });

  it('is printed whole', async () => {
    await open();
    await page.emulateMedia({ media: 'print' });
    await expectSoon(() => page.locator('.payments tbody tr').count()).toBe(count);
    await page.emulateMedia({ media: 'screen' });
    await expectSoon(drawn).toBeLessThanOrEqual(mostDrawn);
  });

  it('fits a phone', async () => {
    await open(phone);
    await page.evaluate(() => window.scrollTo(0, 4_000));
    await expectSoon(async () => (await indices()).some((index) => index > 20)).toBe(true);
    await expectSoon(() => tooWide(page)).toEqual([]);
    await page.screenshot({ path: join(screens, 'long-list-phone.png') });
  });

  it('draws a window of it in every frame that it is scrolled by', async () => {
    await open();
    // How long a frame takes is measured by `npm run proof:console`.
    const drawnInFrames = await page.evaluate<number[]>(
      `new Promise((resolve) => {
        const drawn = [];
        const frame = () => {
          drawn.push(document.querySelectorAll('.payments tbody tr[data-index]').length);
          if (drawn.length === ${frames}) return resolve(drawn);
          window.scrollBy(0, 120);
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      })`,
    );
    expect(Math.max(...drawnInFrames)).toBeLessThanOrEqual(mostDrawn);
    await expectSoon(async () => (await indices()).at(-1)).toBeGreaterThan(200);
  });

  it('reports no error, and talks to nobody else', () => {
    expect([shown.elsewhere, shown.problems]).toEqual([[], []]);
  });
});
