/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { SinkStandIn } from '../src/testing/sink-stand-in.js';
import { ReconStandIn } from './recon-stand-in.js';
import { chromiumPath, ConsoleInChromium } from './testing/console-in-chromium.js';
import { expectSoon } from './testing/expect-soon.js';
import { whenSettled } from './testing/settled.js';

type Filters = Pick<URLSearchParams, 'get'>;
const usd = { minor: '1050', currency: 'USD', text: '10.50', exact: true };
const rows = (count: number, row: (n: number) => object): object[] => Array.from({ length: count }, (_, n) => row(n));

const causes = [
  { cause: 'a', group: 'g', held: false, count: 3, moneyAtRisk: [usd] },
  { cause: 'b', group: 'g', held: true, count: 2, moneyAtRisk: [usd] },
  { cause: 'b', group: 'h', held: false, count: 1, moneyAtRisk: [] },
];
const letters = [
  ...rows(3, (n) => ({ id: `dl_a${n}`, cause: 'a', group: 'g', held: false, again: n === 0, state: 'open', money: usd })),
  ...rows(2, (n) => ({ id: `dl_b${n}`, cause: 'b', group: 'g', held: true, again: false, state: 'open', money: usd })),
  { id: 'dl_c', cause: 'b', group: 'h', held: false, again: true, state: 'ordered', money: null },
];
const orders = [
  ...rows(64, (n) => ({ id: `ord_${n}`, state: 'done', action: 'replay', by: 'Ada', total: 1, done: 1, failed: 0 })),
  ...rows(2, (n) => ({ id: `ord_r${n}`, state: 'running', action: 'skip', by: 'Bob', total: 1, done: 0, failed: 0 })),
];
const anOrder = { id: 'ord_0', action: 'replay', state: 'done', total: 11, pending: 1, given: 1, done: 4, failed: 3, stopped: 2 };
const documents = rows(4, (n) => ({
  postingKey: `kinetic-main/invoice/${n}`,
  kind: 'invoice',
  state: n % 2 === 0 ? 'different' : 'missing',
}));
const reconciliations = ['different', 'different', 'missing', 'matched', 'matched', 'matched', 'pending'];

/** The rows that have what is filtered by. */
function fitting(list: readonly object[], filters: Filters, names: readonly string[]): object[] {
  return list.filter((row) =>
    names.every((name) => filters.get(name) === null || filters.get(name) === String((row as Record<string, unknown>)[name])),
  );
}

/** Orders that fit, page by page as recon answers them: a cursor is the place of a row. */
function ordersPage(filters: Filters): object {
  const found = fitting(orders, filters, ['state', 'action', 'by']);
  const [from, limit] = [Number(filters.get('after') ?? 0), Number(filters.get('limit'))];
  const total = { count: found.length, underWay: found.filter((one) => (one as { state: string }).state === 'running').length };
  return {
    orders: found.slice(from, from + limit),
    next: from + limit < found.length ? String(from + limit) : null,
    previous: null,
    total,
  };
}
const lettersThatFit = (filters: Filters): object[] => fitting(letters, filters, ['cause', 'group', 'held', 'again']);

(chromiumPath ? describe : describe.skip)('every count', () => {
  const recon = new ReconStandIn();
  const sink = new SinkStandIn();
  const shown = new ConsoleInChromium();
  let page: Page;

  beforeAll(async () => {
    const address = await sink.start();
    await shown.start({ RECON_URL: await recon.start(), ERP_SINK_URLS: `kinetic-main=${address}` });
  }, 180_000);
  afterAll(async () => {
    await shown.stop();
    await Promise.all([recon.stop(), sink.stop()]);
  });
  beforeEach(async () => {
    recon.reset();
    recon.payments = reconciliations.map((reconciliation, n) => ({
      ...recon.payments[0],
      chargeId: `ch_${n}`,
      reconciliation,
      standing: n < 2 ? 'needsPerson' : 'inLedger',
    }));
    const sumOf = (name: string, value: string): object => {
      const found = recon.payments.filter((payment) => payment[name] === value);
      return { count: found.length, amounts: [] };
    };
    recon.overview = {
      ...recon.overview,
      open: [
        { what: 'different', ...sumOf('reconciliation', 'different'), list: '/reconciliation?state=different' },
        { what: 'missing', ...sumOf('reconciliation', 'missing'), list: '/reconciliation?state=missing' },
        { what: 'ledgerEffects', count: documents.length, amounts: [], list: '/reconciliation/documents?state=open' },
        { what: 'deadLetters', count: letters.length, amounts: [usd], list: '/dead-letters?state=notClosed' },
      ],
      standings: Object.fromEntries(
        ['inLedger', 'onItsWay', 'needsPerson', 'notBooked', 'failedAtStripe'].map((name) => [name, sumOf('standing', name)]),
      ),
    };
    recon.records = {
      '/dead-letters/causes': { causes },
      '/dead-letters': (filters: Filters) => ({ deadLetters: lettersThatFit(filters), next: null }),
      '/dead-letters/totals': (filters: Filters) => ({ count: lettersThatFit(filters).length, amounts: [], sequences: 1, parkedBehind: 0 }),
      '/dead-letters/sequences': { sequences: [], next: null },
      '/dead-letter-orders': ordersPage,
      '/dead-letter-orders/ord_0': anOrder,
      '/dead-letter-orders/ord_0/letters': (filters: Filters) => {
        const { failed, stopped, pending, given, done } = anOrder;
        const counts: Readonly<Record<string, number>> = { failed, stopped, waiting: pending + given, done };
        return {
          letters: rows(counts[filters.get('kind') ?? ''] ?? 0, (n) => ({ letter: `dl_${n}`, sequence: 's', cause: 'a' })),
          next: null,
        };
      },
      '/reconciliation/documents': { documents, next: null, previous: null },
    };
    sink.answers = {
      'GET /targets': { targets: [] },
      'GET /batches': {
        batches: rows(3, (n) => ({
          target: 'kinetic-main',
          batchId: `G${n}`,
          state: 'open',
          documents: 2,
          amounts: [],
          openedAt: '2026-11-21T05:00:00Z',
        })),
        next: null,
        previous: null,
        total: { batches: 3, documents: 6, amounts: [] },
      },
      'GET /release-orders': { orders: [] },
    };
    page = await shown.open('/desk', { viewport: { width: 1360, height: 900 } });
  });
  afterEach(() => page.close());

  /** Rows that the tables of the page have together. */
  const rowsShown = (within: string): Promise<number> => page.locator(`${within} tbody tr:not(.space)`).count();
  const chosen = async (): Promise<number> =>
    Number(/^[\d,]+/.exec((await page.locator('.desk-tabs [aria-current=page]').textContent()) ?? '')?.[0] ?? NaN);

  it.each([
    ['/desk?view=causes', 3],
    ['/desk?view=causes&group=h', 1],
    ['/desk?view=held', 2],
    ['/desk?view=held&cause=a', 0],
    ['/desk?view=again', 2],
    ['/desk?view=again&cause=a', 1],
    ['/desk?view=breaks', 7],
    ['/desk?view=breaks&of=different', 2],
    ['/desk?view=breaks&of=missing', 1],
    ['/desk?view=breaks&of=documents', 4],
    ['/desk?view=groups', 3],
    ['/desk?view=orders&state=running', 2],
    ['/desk?view=orders&action=skip&by=Bob', 2],
  ])('in the tab of %s is that of the rows below it', async (path, count) => {
    await page.goto(`${shown.url}${path}`);
    await expectSoon(chosen).toBe(count);
    await expectSoon(() => rowsShown('.desk-room')).toBe(count);
    if (path.includes('of='))
      await expectSoon(() => page.locator('.desk-tabs [aria-current=page]').textContent()).toContain(' of 7 Breaks');
  });

  it('of orders is that of all their pages, with the filters of the address and of the file', async () => {
    await page.goto(`${shown.url}/desk?view=orders&by=Ada`);
    await expectSoon(() => page.locator('.desk-tabs [aria-current=page]').textContent()).toBe('64 of 66 Orders0 orders under way');
    await expectSoon(() => page.locator('.list-sum').textContent()).toBe('64 orders · 0 orders under way');
    await expectSoon(() => rowsShown('.desk-room')).toBe(50);
    await page.getByRole('link', { name: 'Next page' }).click();
    await expectSoon(() => rowsShown('.desk-room')).toBe(14);
    await expectSoon(() => new URL(page.url()).searchParams.get('by')).toBe('Ada');
    await expectSoon(() => page.locator('a[data-export]').getAttribute('href')).toBe('/api/dead-letter-orders.csv?by=Ada');
    await page
      .getByRole('link', { name: 'By: Ada: take this filter away' })
      .or(page.getByRole('link', { name: /^By Ada/ }))
      .click();
    await expectSoon(() => page.locator('.list-sum').textContent()).toBe('66 orders · 2 orders under way');
  });

  it('of the kinds of breaks is that of the list that each leads to', async () => {
    await page.goto(`${shown.url}/desk?view=breaks`);
    const kinds = page.locator('.break-kinds li');
    await expectSoon(() => kinds.allInnerTexts()).toEqual([
      'All',
      expect.stringContaining('2 payments'),
      expect.stringContaining('1 payment'),
      expect.stringContaining('4 documents'),
    ]);
    for (const [place, count] of [2, 1, 4].entries()) {
      await kinds
        .nth(place + 1)
        .getByRole('link')
        .click();
      await expectSoon(() => rowsShown('.desk-room')).toBe(count);
    }
  });

  it('of the letters of an order is that of the list that it leads to', async () => {
    await page.goto(`${shown.url}/orders/ord_0`);
    for (const [kind, count] of [
      ['Failed again', 3],
      ['Not dispatched', 2],
      ['To go', 2],
      ['Done', 4],
    ] as const) {
      const link = page.getByRole('navigation', { name: 'Letters by what came of them' }).getByRole('link', { name: kind });
      await link.click();
      await expectSoon(() => link.textContent()).toBe(`${kind} ${count}`);
      await expectSoon(() => rowsShown('section[aria-labelledby=order-letters]')).toBe(count);
    }
  });

  it('of Today is that of the list that it leads to', async () => {
    await page.goto(`${shown.url}/`);
    await page.locator('.standings .figure-link').first().waitFor();
    const figures = await whenSettled(page, () =>
      page
        .locator('.standings .figure-link')
        .evaluateAll((links) =>
          links.map((link) => [link.getAttribute('href') ?? '', Number(link.querySelector('.figure')?.textContent)] as const),
        ),
    );
    expect(figures.map(([, count]) => count)).toEqual([5, 0, 2, 0, 0]);
    for (const [href, count] of figures) {
      await page.goto(`${shown.url}${href}`);
      if (count === 0) await page.getByText('There is no such payment.').waitFor();
      else await expectSoon(() => page.locator('.list-sum').first().textContent()).toContain(`${count} payments`);
      await expectSoon(() => rowsShown('.payments')).toBe(count);
    }
  });

  it('is left out where nobody has said it: nothing is 0 because somebody is away', async () => {
    recon.overview = undefined;
    await page.goto(`${shown.url}/desk?view=breaks`);
    await expectSoon(() => rowsShown('.desk-room')).toBe(7);
    await expectSoon(async () => (await page.locator('.desk-tabs [aria-current=page]').textContent())?.trim()).toBe('Breaks');
    await expectSoon(() => page.locator('.break-kinds').textContent()).not.toMatch(/\d/);
  });
});
