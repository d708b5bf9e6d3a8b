/// <reference lib="dom" />
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { hostileRows } from '@tributary/console/testing';
import { chromiumPath, ConsoleInChromium, eventually, screens } from './testing/console-in-chromium.js';
import { ReconStandIn } from './recon-stand-in.js';

const usd = (minor: string, text: string): object => ({ minor, currency: 'USD', text, exact: true });
const cause = (change: object): object => ({
  ...{ cause: 'kinetic.period-closed', group: 'tributary-sink-kinetic-main', held: false, count: 40, ordered: 3, parkedBehind: 7 },
  ...{ moneyAtRisk: [usd('42000', '420.00')], moneyBehind: [usd('700', '7.00')], oldestAt: '2026-11-21T07:33:00Z' },
  ...{ newestAt: '2026-11-21T08:33:00Z', example: 'period 2026-11 is closed' },
  ...change,
});
const sequence = (name: string, change: object = {}): object => ({
  ...{ group: 'tributary-sink-kinetic-main', topic: 'postings.kinetic-main.v1', sequence: name, head: `dl_${name}` },
  ...{ cause: 'kinetic.period-closed', text: 'period 2026-11 is closed', held: false, letters: 2, ordered: 0, parkedBehind: 3 },
  ...{ money: [usd('2100', '21.00')], oldestAt: '2026-11-21T07:33:00Z', list: '/dead-letters' },
  ...change,
});
const preview = (change: object = {}): object => ({
  ...{ letters: 2, sequences: 1, money: [usd('2100', '21.00')], withoutMoney: 0, targets: ['kinetic-main'], waitsFor: [] },
  ...change,
});
const anOrder = (change: object = {}): object => ({
  ...{ id: 'ord_7', action: 'replay', scope: 'query', state: 'running', total: 2, pending: 2, given: 0, done: 0, failed: 0, stopped: 0 },
  ...{ results: {}, reason: 'the period is open', by: 'Ada', subject: 'person:ada', ratePerSecond: 10, orderedAt: '2026-11-21T07:33:00Z' },
  ...{ endedAt: null, targets: ['kinetic-main'], waitsFor: [], contentHash: 'a'.repeat(64), expiresAt: '2026-11-24T07:33:00Z' },
  ...change,
});

(chromiumPath ? describe : describe.skip)('the desk', () => {
  const recon = new ReconStandIn();
  const shown = new ConsoleInChromium();
  let page: Page;

  beforeAll(async () => {
    await shown.start({ RECON_URL: await recon.start() });
  }, 120_000);
  afterAll(async () => {
    await shown.stop();
    await recon.stop();
  });
  beforeEach(() => {
    recon.reset();
    recon.records = {
      '/dead-letters/causes': { causes: [cause({}), cause({ cause: 'refund.approval', held: true, count: 2, ordered: 0 })] },
      '/dead-letters/sequences': {
        sequences: [sequence('pi_1'), sequence('pi_2'), sequence('pi_1', { group: 'tributary-translate', topic: 'ar.v1' })],
        ...{ next: '7~x', previous: '3~w' },
      },
      '/dead-letters/totals': { count: 40, amounts: [usd('42000', '420.00')], sequences: 20, parkedBehind: 60 },
      'POST /dead-letter-orders/preview': preview(),
      'POST /dead-letter-orders': anOrder(),
      '/dead-letter-orders/ord_7': anOrder(),
      '/dead-letter-orders/ord_7/letters': { letters: [], next: null },
    };
  });
  afterEach(() => page.close());

  const open = async (path: string, options: object = {}): Promise<void> => {
    page = await shown.open(path, { viewport: { width: 1400, height: 900 }, ...options });
    await page.locator('.desk-room').waitFor();
  };
  const give = async (why: string): Promise<void> => {
    await page.locator('.order-size').waitFor();
    await page.getByLabel('Why').fill(why);
    await page.getByRole('dialog').locator('button.primary').click();
  };

  it('counts what is dead, held and ordered, with its money, and narrows down by filters in the address', async () => {
    await open('/desk');
    const tabs = page.getByRole('navigation', { name: 'Lists of the desk' });
    await eventually(async () => expect(await tabs.getByRole('link', { name: 'Causes' }).textContent()).toBe('40 Causes420.00 USD'));
    expect(await tabs.getByRole('link', { name: 'Held' }).textContent()).toBe('2 Held and questions420.00 USD');
    await page.getByRole('link', { name: 'kinetic.period-closed' }).click();
    await eventually(async () =>
      expect(page.url()).toBe(`${shown.url}/desk?view=sequences&cause=kinetic.period-closed&group=tributary-sink-kinetic-main&held=false`),
    );
    await page.getByText('40 letters of 20 sequences · 420.00 USD · 60 messages waiting behind').waitFor();
    await page.getByLabel('State').selectOption('open');
    await eventually(async () => expect(recon.asked.some((path) => /sequences\?.*state=open/.test(path))).toBe(true));
    await page.getByRole('link', { name: 'Next page' }).click();
    await eventually(async () => expect(recon.asked.some((path) => /sequences\?.*after=7~x|after=7%7Ex/.test(path))).toBe(true));
    await page.getByRole('link', { name: 'Page before' }).click();
    await eventually(async () => expect(recon.asked.some((path) => /sequences\?.*before=3(~|%7E)w/.test(path))).toBe(true));
    await page.getByRole('link', { name: /Cause: kinetic.period-closed: take this filter away/ }).click();
    await eventually(async () => expect(page.url()).not.toContain('cause='));
  });

  it('selects by keyboard, says what an order is about, and gives one for each group and topic', async () => {
    await open('/desk?view=sequences');
    await page.locator('.desk-table tbody tr').nth(2).waitFor();
    for (const key of ['j', ' ', 'j', 'j', ' ', 'p']) await page.keyboard.press(key);
    await page.locator('.order-size').waitFor();
    expect(await page.locator('.order-size').textContent()).toBe('4 letters of 2 sequences, 42.00 USD');
    await give('the period is open');
    await eventually(async () => expect(page.url()).toBe(`${shown.url}/desk?view=orders`));
    const given = recon.posted.filter(({ path }) => path === '/dead-letter-orders').map(({ body }) => body);
    const terms = { action: 'replay', scope: 'query', reason: 'the period is open', ratePerSecond: 10, expectedLetters: 2 };
    expect(given).toEqual([
      { ...terms, query: { group: 'tributary-sink-kinetic-main', topic: 'postings.kinetic-main.v1', sequences: ['pi_1'] } },
      { ...terms, query: { group: 'tributary-translate', topic: 'ar.v1', sequences: ['pi_1'] } },
    ]);
  });

  it('counts again when letters came in meanwhile, and keeps what was typed', async () => {
    await open('/desk?view=sequences');
    await page.getByLabel('Select pi_2').check();
    await page.getByRole('button', { name: 'Skip' }).click();
    const error = { error: 'order.count-changed', message: 'You were shown 2 dead letters, and 3 match now.' };
    recon.refusals.set('/dead-letter-orders', { status: 409, body: error });
    await page.locator('.order-size').waitFor();
    recon.records['POST /dead-letter-orders/preview'] = preview({ letters: 3 });
    await give('test payments');
    await page.getByText('3 match now').waitFor();
    shown.problems.length = 0; // the browser reports the 409 itself
    expect(await page.locator('.order-size').textContent()).toContain('3 letters');
    expect(await page.getByLabel('Why').inputValue()).toBe('test payments');
    await page.getByRole('dialog').locator('button.primary').click();
    await eventually(async () => expect(new URL(page.url()).pathname).toBe('/orders/ord_7'));
    expect(recon.posted.at(-1)?.body).toMatchObject({ action: 'skip', expectedLetters: 3, reason: 'test payments' });
  });

  it('says before the order that somebody else has to approve it, and shows them what they approve', async () => {
    const why = 'it is 4,200.00 USD, and 1,000 USD is the most';
    recon.records['POST /dead-letter-orders/preview'] = preview({ waitsFor: [why] });
    recon.records['POST /dead-letter-orders'] = anOrder({ state: 'waiting-approval', waitsFor: [why] });
    recon.records['/dead-letter-orders/ord_7'] = anOrder({ state: 'waiting-approval', waitsFor: [why] });
    recon.records['/dead-letter-orders/ord_7/letters'] = {
      letters: [
        { letter: 'dl_1', sequence: 'pi_1', cause: 'x', group: 'g', topic: 't', state: 'pending', result: null, money: usd('1', '0.01') },
      ],
      next: null,
    };
    await open('/desk');
    await page.getByLabel('Select kinetic.period-closed').check();
    await page.getByRole('button', { name: 'Replay', exact: true }).click();
    await page.getByRole('dialog').getByText(why).waitFor();
    await give('the period is open');
    await page.getByText('Nothing was dispatched: somebody other than Ada has to approve it.').waitFor();
    expect(await page.getByLabel('Hash of its content').inputValue()).toBe('a'.repeat(64));
    await page.getByRole('link', { name: 'dl_1' }).waitFor();
    await page.screenshot({ path: join(screens, 'order-waiting.png'), fullPage: true });
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByLabel('Why').fill('compared with the statement');
    await page.getByRole('button', { name: 'Approve' }).click();
    await eventually(async () =>
      expect(recon.posted.at(-1)).toEqual({
        path: '/dead-letter-orders/ord_7/approve',
        body: { reason: 'compared with the statement', contentHash: 'a'.repeat(64) },
      }),
    );
  });

  it('shows what other services wrote as text, whatever it is, on every list', async () => {
    const hostile = hostileRows as readonly object[];
    recon.records['/dead-letters/causes'] = { causes: [...hostile, cause({ cause: 'a\u202eb', example: '<img src=x onerror=alert(1)>' })] };
    recon.records['/dead-letters/sequences'] = { sequences: [...hostile, sequence('pi\u0000', { text: '\ud800' })], next: null };
    recon.records['/dead-letters'] = {
      deadLetters: [...hostile, { id: 'dl_\u202e', question: { code: '\u2066', answers: ['<b>'] } }],
      next: null,
    };
    recon.records['/dead-letter-orders'] = { orders: [...hostile, anOrder({ reason: '\u202e<script>' })] };
    for (const view of ['causes', 'sequences', 'letters', 'held', 'breaks', 'orders']) {
      await open(`/desk?view=${view}`);
      await page.locator('.desk-room tbody tr, .desk-room .notice').first().waitFor();
      expect([view, await page.getByText('could not be shown').count()]).toEqual([view, 0]);
      expect(await page.locator('main').textContent()).not.toMatch(/[\u202e\u0000\u2066]/);
      await page.close();
    }
    await open('/desk');
  });

  it.each(['light', 'dark'] as const)('fits a phone, and breaks no rule of WCAG that a machine can check, %s', async (theme) => {
    for (const view of ['causes', 'sequences', 'orders']) {
      await open(`/desk?view=${view}`, { viewport: { width: 360, height: 800 }, colorScheme: theme, bypassCSP: true });
      await page.locator('.desk-table tbody tr').first().waitFor();
      await page.screenshot({ path: join(screens, `desk-${view}-${theme}.png`), fullPage: true });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      expect([view, await shown.violations(page)]).toEqual([view, []]);
      await page.close();
    }
    await open('/desk', { colorScheme: theme });
    await page.screenshot({ path: join(screens, `desk-wide-${theme}.png`), fullPage: true });
  });

  it('reports no error, and talks to nobody else', () => {
    expect([shown.elsewhere, shown.problems]).toEqual([[], []]);
  });
});
