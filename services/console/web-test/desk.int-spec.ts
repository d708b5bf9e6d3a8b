/// <reference lib="dom" />
import { join } from 'node:path';
import type { OpenBatchView, ReleaseOrderView } from '@tributary/contracts';
import type { Page } from 'playwright-core';
import { hostileRows } from '@tributary/console/testing';
import { SinkStandIn } from '../src/testing/sink-stand-in.js';
import { chromiumPath, ConsoleInChromium, eventually, screens } from './testing/console-in-chromium.js';
import { expectSoon } from './testing/expect-soon.js';
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
const aGroup = (change: Partial<OpenBatchView> = {}): OpenBatchView => ({
  ...{
    target: 'kinetic-main',
    batchId: 'G100',
    kind: 'cash-receipt',
    date: '2026-11-21',
    bankAccount: '1',
    state: 'failed',
    documents: 12,
  },
  ...{ attempts: 1, text: 'The period is closed.', openedAt: '2026-11-21T05:00:00.000Z', byPerson: false },
  amounts: [
    { minor: '129400', currency: 'USD', text: '1294.00', exact: true },
    { minor: '25000', currency: 'EUR', text: '250.00', exact: true },
  ],
  ...change,
});
const aRelease: ReleaseOrderView = {
  ...{ id: 'rel_1', target: 'kinetic-main', batchId: 'G100', state: 'waiting-approval', by: 'Ada', reason: 'the period is open again' },
  ...{
    waitsFor: ['it is about 1294 USD, and 500 USD is the most'],
    postingKeys: ['kinetic-main/cash-receipt/ch_1'],
    amounts: aGroup().amounts,
  },
  ...{ sums: [], digest: 'd'.repeat(64), orderedAt: '2026-11-21T07:00:00.000Z', expiresAt: '2026-11-24T07:00:00.000Z', decidedBy: null },
  ...{ decisionReason: null, code: null, endedAt: null },
};
const letterRow = (id: string, change: object = {}): object => ({
  ...{ id, state: 'open', result: null, cause: 'kinetic.period-closed', text: 'period 2026-11 is closed', held: false, sequence: 'pi_1' },
  ...{
    group: 'tributary-sink-kinetic-main',
    topic: 'postings.kinetic-main.v1',
    eventType: 'posting.requested',
    deadAt: '2026-11-21T07:33:00Z',
  },
  ...{ money: usd('1050', '10.50'), parkedBehind: 1, question: null, assignee: null, replays: 0, previous: null },
  ...change,
});
const preview = (change: object = {}): object => ({
  ...{ letters: 2, sequences: 1, money: [usd('2100', '21.00')], withoutMoney: 0, targets: ['kinetic-main'], waitsFor: [], leftOut: [] },
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
  const sink = new SinkStandIn();
  const shown = new ConsoleInChromium();
  let page: Page;

  beforeAll(async () => {
    const address = await sink.start();
    await shown.start({ RECON_URL: await recon.start(), ERP_SINK_URLS: `kinetic-main=${address}` });
  }, 120_000);
  afterAll(async () => {
    await shown.stop();
    await Promise.all([recon.stop(), sink.stop()]);
  });
  beforeEach(() => {
    recon.reset();
    sink.status = 200;
    sink.asked.length = 0;
    sink.answers = {
      'GET /targets': { targets: [] },
      'GET /batches': {
        batches: [aGroup(), aGroup({ batchId: 'G101', state: 'open', byPerson: false })],
        ...{ next: '1~kinetic-main~G101', previous: null },
        total: { batches: 620, documents: 1_240, amounts: [usd('258800', '2588.00')] },
      },
      'GET /release-orders': { orders: [] },
      'POST /batches/G100/release-orders': { batchId: 'G100', state: 'failed', order: aRelease },
      'POST /release-orders/rel_1/approve': { ...aRelease, state: 'running' },
    };
    recon.records = {
      '/dead-letters/causes': { causes: [cause({}), cause({ cause: 'refund.approval', held: true, count: 2, ordered: 0 })] },
      '/dead-letters/sequences': {
        sequences: [sequence('pi_1'), sequence('pi_2'), sequence('pi_1', { group: 'tributary-translate', topic: 'ar.v1' })],
        ...{ next: '7~x', previous: '3~w' },
      },
      '/reconciliation/documents': { documents: [], next: null, previous: null },
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
    await expectSoon(() => tabs.getByRole('link', { name: 'Causes' }).textContent()).toBe('2 Causes840.00 USD');
    await expectSoon(() => page.locator('.desk-table tbody tr').count()).toBe(2); // as many as the tab says, the held one among them
    await expectSoon(() => tabs.getByRole('link', { name: 'Held' }).textContent()).toBe('40 Held and questions420.00 USD');
    await page.getByLabel('Group', { exact: true }).selectOption('tributary-sink-kinetic-main');
    await page.getByLabel('Cause', { exact: true }).selectOption('refund.approval');
    await expectSoon(() => tabs.getByRole('link', { name: 'Causes' }).textContent()).toBe('1 of 2 Causes420.00 USD');
    await expectSoon(() => page.locator('.desk-table tbody tr').count()).toBe(1);
    await page.goBack();
    await page.goBack();
    await page.getByRole('link', { name: 'kinetic.period-closed' }).click();
    await expectSoon(() => page.url()).toBe(
      `${shown.url}/desk?view=sequences&cause=kinetic.period-closed&group=tributary-sink-kinetic-main&held=false`,
    );
    await page.getByText('40 letters of 20 sequences · 420.00 USD · 60 messages waiting behind').waitFor();
    await page.getByLabel('State').selectOption('open');
    await eventually(async () => expect(recon.asked.some((path) => /sequences\?.*state=open/.test(path))).toBe(true));
    await page.getByRole('link', { name: 'Next page' }).click();
    await eventually(async () => expect(recon.asked.some((path) => /sequences\?.*after=7~x|after=7%7Ex/.test(path))).toBe(true));
    await page.getByRole('link', { name: 'Page before' }).click();
    await eventually(async () => expect(recon.asked.some((path) => /sequences\?.*before=3(~|%7E)w/.test(path))).toBe(true));
    await page.getByRole('link', { name: /Cause: kinetic.period-closed: take this filter away/ }).click();
    await expectSoon(() => page.url()).not.toContain('cause=');
  });

  it('selects by keyboard, says what an order is about, and gives one for each group and topic', async () => {
    await open('/desk?view=sequences');
    await page.locator('.desk-table tbody tr').nth(2).waitFor();
    for (const key of ['j', ' ', 'j', 'j', ' ', 'p']) await page.keyboard.press(key);
    await page.locator('.order-size').waitFor();
    await expectSoon(() => page.locator('.order-size').textContent()).toBe('4 letters of 2 sequences, 42.00 USD');
    await give('the period is open');
    await expectSoon(() => page.url()).toBe(`${shown.url}/desk?view=orders`);
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
    await expectSoon(() => page.locator('.order-size').textContent()).toContain('3 letters');
    await expectSoon(() => page.getByLabel('Why').inputValue()).toBe('test payments');
    await page.getByRole('dialog').locator('button.primary').click();
    await expectSoon(() => new URL(page.url()).pathname).toBe('/orders/ord_7');
    expect(recon.posted.at(-1)?.body).toMatchObject({ action: 'skip', expectedLetters: 3, reason: 'test payments' });
  });

  it('resolves what was put right by hand, says what its ledger does not show, and skips or resolves all that fits', async () => {
    const leftOut = [{ letter: 'dl_9', text: 'kinetic-main has no cash-receipt with the posting key k' }];
    recon.records['POST /dead-letter-orders/preview'] = preview({ leftOut });
    await open('/desk');
    await page.getByLabel('Select kinetic.period-closed').check();
    await page.getByRole('button', { name: 'Resolve', exact: true }).click();
    await page.getByRole('dialog').getByText('1 letter of what fits stays as it is, because the ledger does not show it:').waitFor();
    await page.getByRole('dialog').getByText('kinetic-main has no cash-receipt with the posting key k').waitFor();
    await page.screenshot({ path: join(screens, 'desk-resolve.png') });
    await give('entered by hand');
    await expectSoon(() => new URL(page.url()).pathname).toBe('/orders/ord_7');
    const query = { cause: 'kinetic.period-closed', group: 'tributary-sink-kinetic-main', held: false };
    expect(recon.posted.at(-1)?.body).toMatchObject({
      action: 'resolve',
      scope: 'query',
      query,
      reason: 'entered by hand',
      expectedLetters: 2,
    });

    await page.goto(`${shown.url}/desk?view=letters&cause=kinetic.period-closed`);
    recon.records['/dead-letters'] = { deadLetters: [letterRow('dl_1')], next: null };
    for (const [button, action] of [
      ['Skip all that fits', 'skip'],
      ['Resolve all that fits', 'resolve'],
    ] as const) {
      await page.goto(`${shown.url}/desk?view=letters&cause=kinetic.period-closed`);
      await page.getByRole('button', { name: button }).click();
      await give('test payments');
      await expectSoon(() => new URL(page.url()).pathname).toBe('/orders/ord_7');
      expect(recon.posted.at(-1)?.body).toMatchObject({ action, scope: 'query', query: { cause: 'kinetic.period-closed' } });
    }
  });

  it('shows groups that are not released with their money, releases one, and has a second person approve what they are shown', async () => {
    await open('/desk?view=groups');
    await page.getByText('620 groups with 1,240 documents · 2,588.00 USD').waitFor();
    await expectSoon(() => page.locator('.desk-tabs [aria-current=page]').textContent()).toBe('620 Unreleased groups2,588.00 USD');
    const row = page.locator('.desk-table tbody tr').filter({ hasText: 'G100' });
    await expectSoon(async () => (await row.innerText()).replaceAll(/\s+/g, ' ')).toMatch(/Release failed .* 12 1,294\.00 USD 250\.00 EUR/);
    await expectSoon(() => page.getByText('is released by itself').count()).toBe(1);
    await page.screenshot({ path: join(screens, 'desk-groups.png'), fullPage: true });
    await page.getByRole('button', { name: 'Release group G100' }).click();
    await page.getByText('12 documents, 1,294.00 USD, 250.00 EUR: the next sweep').waitFor();
    await page.getByLabel('Why').fill('the period is open again');
    sink.answers = { ...sink.answers, 'GET /release-orders': { orders: [aRelease] } };
    await page.getByRole('button', { name: 'Release', exact: true }).click();
    await page.getByText('Ada wants group G100').waitFor();
    await page.getByText('a second person decides').waitFor();
    await page.getByText('it is about 1294 USD, and 500 USD is the most').waitFor();
    await page.screenshot({ path: join(screens, 'desk-groups-waiting.png'), fullPage: true });
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByLabel('Why').fill('compared with the statement');
    await page.getByRole('button', { name: 'Approve' }).click();
    const posted = (): unknown[] => sink.asked.flatMap(({ method, url, body }) => (method === 'POST' ? [[url, body]] : []));
    await eventually(async () =>
      expect(posted()).toEqual([
        ['/batches/G100/release-orders?target=kinetic-main', { reason: 'the period is open again' }],
        ['/release-orders/rel_1/approve?target=kinetic-main', { reason: 'compared with the statement', digest: 'd'.repeat(64) }],
      ]),
    );
    expect(sink.asked.some(({ url }) => url === '/batches?unreleased=true&limit=100')).toBe(true);
    await page.getByRole('link', { name: 'Next page' }).click();
    await eventually(async () =>
      expect(sink.asked.some(({ url }) => /^\/batches\?unreleased=true&limit=100&after=\d+(~|%7E)kinetic-main(~|%7E)G101$/.test(url))).toBe(
        true,
      ),
    );
    await page.getByLabel('Rows of a page').selectOption('1000');
    await eventually(async () => expect(sink.asked.some(({ url }) => url.includes('unreleased=true&limit=1000'))).toBe(true));
    sink.answers = {
      ...sink.answers,
      'GET /batches': { batches: [aGroup(), aGroup({ batchId: 'G101' })], next: null, previous: null, total: null },
    };
    const saved = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Export as CSV' }).click();
    expect((await saved).suggestedFilename()).toBe('groups.csv');
    await page.getByText('2 groups saved.').waitFor();
  });

  it('gives the selected letters to somebody, and names whoever was quicker', async () => {
    recon.records['/dead-letters'] = {
      deadLetters: [letterRow('dl_1'), letterRow('dl_2', { assignee: { subject: 'person:bob', name: 'Bob' } })],
      next: null,
    };
    recon.records['POST /dead-letters/dl_1/assignment'] = { assignee: { subject: 'local', name: 'local' } };
    recon.refusals.set('/dead-letters/dl_2/assignment', {
      status: 409,
      body: {
        error: 'assignment.changed',
        message: 'Somebody was quicker: dead letter dl_2 is assigned to Eve by now. Nothing was changed.',
      },
    });
    await open('/desk?view=letters&cause=kinetic.period-closed');
    await page.getByLabel('Select all that are shown').check();
    await page.getByLabel('Give to').selectOption('me');
    await page.getByText('1 letter given to you.').waitFor();
    await page.getByText('dead letter dl_2 is assigned to Eve by now').waitFor();
    shown.problems.length = 0; // the browser reports the 409 itself
    expect(recon.posted.map(({ body }) => body)).toEqual([
      { assignee: 'me', replaces: null },
      { assignee: 'me', replaces: 'person:bob' },
    ]);
  });

  it('leads in one press to what failed again, and every row says how often and to the letter before', async () => {
    recon.records['/dead-letters'] = { deadLetters: [letterRow('dl_5', { replays: 2, previous: 'dl_4' })], next: null };
    await open('/desk');
    await page.getByRole('navigation', { name: 'Lists of the desk' }).getByRole('link', { name: 'Failed again' }).click();
    await page.getByRole('link', { name: 'The letter before: dl_4' }).waitFor();
    await expectSoon(() => page.locator('.desk-table tbody tr td[data-title="Failed replays"]').textContent()).toBe('2, before');
    expect(recon.asked.some((path) => path.startsWith('/dead-letters?') && path.includes('again=true'))).toBe(true);
    await page.screenshot({ path: join(screens, 'desk-again.png'), fullPage: true });
    await page.getByRole('button', { name: 'Replay all that fits' }).click();
    await give('mended');
    await eventually(async () => expect(recon.posted.at(-1)?.body).toMatchObject({ action: 'replay', query: { again: true } }));
    recon.records['/dead-letter-orders'] = { orders: [anOrder({ failed: 2, done: 0, pending: 0, state: 'done' })] };
    await page.goto(`${shown.url}/desk?view=orders`);
    await page.getByRole('link', { name: '2 failed again' }).click();
    await expectSoon(() => page.url()).toBe(`${shown.url}/orders/ord_7?kind=failed`);
  });

  it.each([
    ['causes', '/dead-letters/causes.csv'],
    ['sequences', '/dead-letters/sequences.csv'],
    ['letters&cause=x', '/dead-letters.csv'],
    ['held', '/dead-letters.csv'],
    ['again', '/dead-letters.csv'],
    ['breaks&of=different', '/payments.csv'],
    ['breaks&of=documents', '/reconciliation/documents.csv'],
    ['orders', '/dead-letter-orders.csv'],
  ])('saves the list %s as a file', async (view, path) => {
    recon.files[path] = 'id\r\n1\r\n"end of the list","1 rows"\r\n';
    await open(`/desk?view=${view}`);
    const saved = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Export as CSV' }).click();
    expect((await saved).suggestedFilename()).toMatch(/\.csv$/);
    await page.getByText(/1 \w+ saved\./).waitFor();
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
    await expectSoon(() => page.getByLabel('Hash of its content').inputValue()).toBe('a'.repeat(64));
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
