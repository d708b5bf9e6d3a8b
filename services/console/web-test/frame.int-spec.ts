/// <reference lib="dom" />
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { hostileRows } from '../src/testing/hostile-rows.js';
import { chromiumPath, eventually, screens } from './testing/console-in-chromium.js';
import { settled, whenSettled } from './testing/settled.js';
import { consoleOver } from './testing/console-over.js';
import { expectSoon } from './testing/expect-soon.js';
import { ReconStandIn } from './recon-stand-in.js';
import { phone, tooWide } from './testing/narrow.js';

/** Most that a browser loads before it can show the first page, bytes, as they go over the wire. */
const firstPageBytes = 250_000;

(chromiumPath ? describe : describe.skip)('the frame around every page', () => {
  const { recon, shown } = consoleOver(new ReconStandIn());
  let page: Page;

  beforeEach(async () => {
    recon.reset();
    page = await shown.open('/', { viewport: { width: 1400, height: 900 } });
    await page.getByText('Adds up').waitFor();
  });
  afterEach(() => page.close());

  const rooms = () => page.getByRole('navigation', { name: 'Rooms' });

  it('leads into every room, and says in which one somebody is', async () => {
    for (const [room, path] of [
      ['Payments', '/payments'],
      ['Books', '/books'],
      ['Desk', '/desk'],
      ['Today', '/'],
    ] as const) {
      await rooms().getByRole('link', { name: room, exact: true }).click();
      await expectSoon(() => new URL(page.url()).pathname).toBe(path);
      await expectSoon(() => rooms().locator('[aria-current]').allTextContents()).toEqual([room]);
      await expectSoon(() => page.title()).toBe(`${room} · Tributary`);
    }
  });

  it('says what is to do, and in which money, on every page', async () => {
    const toDo = page.locator('.to-do');
    await expectSoon(() => toDo.textContent()).toMatch(/To do \d+/);
    const said = await whenSettled(page, () => toDo.textContent());
    await page.goto(`${shown.url}/books`);
    await expectSoon(() => page.locator('.to-do').textContent()).toBe(said);
    await page.locator('.to-do').click();
    await expectSoon(() => new URL(page.url()).pathname).toBe('/');
  });

  it('is walked by single keys: next row, row before, open', async () => {
    await page.goto(`${shown.url}/payments`);
    const field = page.locator('main input[type=search]');
    await field.focus();
    await page.keyboard.type('j?'); // letters, while somebody types
    await expectSoon(() => field.inputValue()).toBe('j?');
    await field.fill('');
    await page.locator('tbody a').first().waitFor();
    await field.blur();
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');
    const links = await whenSettled(page, () => page.locator('tbody tr a:first-of-type').allTextContents());
    await page.keyboard.press('j');
    await expectSoon(async () => links.includes(await focused())).toBe(true);
    const first = await focused();
    await page.keyboard.press('j');
    await expectSoon(() => focused()).not.toBe(first);
    await page.keyboard.press('k');
    await expectSoon(() => focused()).toBe(first);
    await page.keyboard.press('Enter');
    await expectSoon(() => new URL(page.url()).pathname).toBe(`/payments/${first}`);
  });

  it('lists its keys, and leaves them alone where somebody turned them off', async () => {
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keys' });
    await sheet.waitFor();
    await sheet.getByRole('checkbox', { name: 'Use single keys' }).uncheck();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    await page.keyboard.press('?');
    await page.keyboard.press('/');
    expect(await sheet.isVisible()).toBe(false);
    await expectSoon(() => new URL(page.url()).pathname).toBe('/');
    await page.reload();
    await page.getByText('Adds up').waitFor();
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog', { name: 'Keys' }).isVisible()).toBe(false);
  });

  it('has the content first for whoever comes by keyboard', async () => {
    await page.keyboard.press('Tab');
    await expectSoon(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await expectSoon(() => page.evaluate(() => document.activeElement?.id)).toBe('content');
  });

  it('answers an address that is none with 404, and says so in the frame', async () => {
    const answer = await page.goto(`${shown.url}/elsewhere`);
    expect(answer?.status()).toBe(404);
    shown.problems.length = 0; // the browser reports the 404 itself
    await page.getByRole('heading', { name: /no such page|not found|There is no/i }).waitFor();
    await rooms().getByRole('link', { name: 'Payments', exact: true }).click();
    await page.locator('tbody tr').first().waitFor();
  });

  it.each(['light', 'dark'] as const)('breaks no rule of WCAG 2.2 A and AA that a machine can check, %s, on any page', async (theme) => {
    for (const path of [
      '/',
      '/payments',
      '/books',
      '/events',
      '/dead-letters',
      '/letters/dl_1',
      '/customers',
      '/audit',
      '/settings',
      '/desk',
      '/desk?view=sequences',
      '/desk?view=held',
      '/desk?view=breaks',
      '/desk?view=orders',
      '/orders/ord_1',
      '/account',
      '/elsewhere',
      '/sign-in',
    ]) {
      const checked = await shown.open(path, { bypassCSP: true, colorScheme: theme });
      await checked.locator('main h2, main h1').first().waitFor();
      await settled(checked);
      expect([path, await shown.violations(checked)]).toEqual([path, []]);
      await checked.close();
    }
    shown.problems.length = 0;
  });

  it('has its bar in one line where there is room, and hides nothing of it where there is less, whatever the company is called', async () => {
    await page.setViewportSize({ width: 1920, height: 900 });
    recon.format = {
      locale: null,
      timeZone: null,
      company: 'The Kettle Creek Outfitters and Provisions Company of Pennsylvania',
      livemode: true,
    };
    await page.goto(`${shown.url}/payments`);
    await page.locator('.to-do').waitFor();
    await page.locator('.place strong').waitFor();
    const middles = await page.evaluate<number[]>(
      `[...document.querySelectorAll('.top-line > *, .top-line > .tools > *')].flatMap((part) => {
        const { top, height, width } = part.getBoundingClientRect();
        return width === 0 ? [] : [Math.round(top + height / 2)];
      })`,
    );
    expect(middles.length).toBeGreaterThan(5);
    expect(Math.max(...middles) - Math.min(...middles)).toBeLessThanOrEqual(4);
    await expectSoon(() => page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(1920);
    await page.screenshot({ path: join(screens, 'bar.png') });

    await page.setViewportSize({ width: 1360, height: 900 });
    const hidden = `(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('.place'))`;
    await expectSoon(() => page.evaluate<number>(hidden)).toBeLessThanOrEqual(0);
    await expectSoon(() => page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(1360);
    await page.screenshot({ path: join(screens, 'bar-narrow.png') });
  });

  /** Lists of recon, and the member of the answer that has their rows. */
  const lists: Readonly<Record<string, string>> = {
    ...{
      '/customers': 'customers',
      '/audit': 'rows',
      '/events': 'events',
      '/canonical-events': 'canonicalEvents',
      '/postings': 'postings',
    },
    ...{ '/outcomes': 'outcomes', '/movements': 'movements', '/dead-letters': 'deadLetters', '/dead-letters/parked': 'parked' },
    ...{ '/reconciliation/documents': 'documents', '/dead-letters/sequences': 'sequences', '/notifications': 'notifications' },
    ...{ '/dead-letter-orders/ord_1/letters': 'letters' },
  };

  it('fits a phone in every room: nothing scrolls sideways, and no cell is cut off', async () => {
    const rows = hostileRows.map(({ row }) => row);
    recon.records = Object.fromEntries(Object.entries(lists).map(([path, name]) => [path, { [name]: rows, next: 'more', previous: null }]));
    const wide: Record<string, readonly string[]> = {};
    for (const path of [
      ...[
        '/',
        '/payments',
        '/payments/ch_EEo9FZ3nesEKo5Rey?alone=true',
        '/customers',
        '/books',
        '/targets',
        '/audit',
        '/settings',
        '/account',
      ],
      ...['/desk', '/desk?view=sequences', '/desk?view=letters', '/desk?view=orders', '/orders/ord_1', '/notifications'],
      ...['/events', '/canonical-events', '/postings', '/outcomes', '/topics', '/movements', '/dead-letters', '/parked', '/documents'],
    ]) {
      const narrow = await shown.open(path, { viewport: phone });
      await narrow.locator('main :is(h1, h2):visible').first().waitFor();
      await settled(narrow);
      const found = await tooWide(narrow);
      if (found.length > 0) wide[path] = found.slice(0, 5);
      await narrow.screenshot({ path: join(screens, `phone${path.replaceAll(/[^a-z]+/gi, '-')}.png`), fullPage: true });
      await narrow.close();
    }
    shown.problems.length = 0;
    expect(wide).toEqual({});
  }, 120_000);

  it('sees a table that does not fit', async () => {
    await page.setViewportSize(phone);
    await page.evaluate(`document.querySelector('main').insertAdjacentHTML('beforeend',
      '<div class="scroll" aria-label="Seeded"><table><tbody><tr><td style="min-width: 500px">wide</td></tr></tbody></table></div>')`);
    await expectSoon(() => tooWide(page)).toEqual(['scrolls: Seeded', 'cut: TD wide']);
  });

  it('loads at most 250 kB before the first page, compressed', async () => {
    const loaded = new Set<string>();
    const fresh = await shown.open('/account');
    fresh.on('request', (request) => loaded.add(new URL(request.url()).pathname));
    await fresh.goto(`${shown.url}/`);
    await fresh.getByText('Adds up').waitFor();
    await fresh.close();
    const assets = join(import.meta.dirname, '../web/dist/assets');
    const built = readdirSync(assets).filter((file) => loaded.has(`/assets/${file}`));
    expect(built.some((file) => file.endsWith('.js'))).toBe(true);
    const bytes = built.reduce((sum, file) => sum + gzipSync(readFileSync(join(assets, file))).length, 0);
    expect(bytes).toBeLessThanOrEqual(firstPageBytes);
    expect(readdirSync(assets).filter((file) => file.endsWith('.js')).length).toBeGreaterThan(built.length - 1); // the other pages wait
  });

  it('says on Today what needs a person, and leads from each figure to its list', async () => {
    const toDo = [
      {
        ...{ what: 'deadLetters', cause: 'posting.rejected', group: 'tributary-sink-kinetic-main', example: 'Customer \u202Eis on hold' },
        ...{ count: 3, amounts: [{ minor: '75612', currency: 'USD', text: '756.12', exact: true }] },
        ...{ list: '/dead-letters?state=open&cause=posting.rejected', oldestAt: '2026-11-21T07:33:00Z' },
      },
      {
        what: 'a new kind',
        cause: null,
        group: null,
        example: null,
        count: null,
        amounts: [null, 7],
        list: '/nowhere',
        oldestAt: 'yesterday',
      },
    ];
    recon.today = { ...recon.today, toDo };
    await page.goto(`${shown.url}/`);
    const row = page.locator('tr', { hasText: 'posting.rejected' });
    await row.waitFor();
    await expectSoon(() => row.textContent()).toContain('756.12 USD');
    await expectSoon(() => row.textContent()).toContain(String.raw`Customer \u202Eis on hold`);
    await expectSoon(() => page.locator('tr', { hasText: 'a new kind' }).count()).toBe(1);
    await row.getByRole('link').click();
    await expectSoon(() => page.url()).toBe(`${shown.url}/desk?state=open&cause=posting.rejected`);
    await page.getByText('No sequence that fits stands still.').waitFor();
  });

  it('shows the money of a day as a drawing and as a table, each figure with its list', async () => {
    const money = recon.today.money as { currency: string; inLedger: { count: number; amount: { text: string }; list: string } }[];
    const [day] = money;
    const table = page.locator('.day-figures');
    await table.waitFor();
    await expectSoon(() => page.locator('.day-flow .node').count()).toBeGreaterThan(2);
    await page.screenshot({ path: join(screens, 'today.png'), fullPage: true });
    await table.locator('tr', { hasText: 'In the ledger' }).getByRole('link').click();
    await expectSoon(() => page.url()).toBe(`${shown.url}${day?.inLedger.list}`);
    await page.getByText(/From .* 2026/).waitFor();
    await page.goBack();
    await page.getByRole('navigation', { name: 'Days' }).getByRole('link', { name: 'Day before' }).click();
    const before = new Date(Date.parse(String((recon.today.day as { date: string }).date)) - 86_400_000).toISOString().slice(0, 10);
    await eventually(async () => expect(recon.asked).toContain(`/today?day=${before}`));
  });

  it('talks to nobody else, and reports no error', () => {
    expect(shown.elsewhere).toEqual([]);
    expect(shown.problems).toEqual([]);
  });
});
