import { join } from 'node:path';
import type { TargetFindingView } from '@tributary/contracts';
import type { Page } from 'playwright-core';
import { SinkStandIn } from '../src/testing/sink-stand-in.js';
import { aTarget, outcomesOf } from './testing/targets.js';
import { chromiumPath, ConsoleInChromium, screens } from './testing/console-in-chromium.js';
import { expectSoon } from './testing/expect-soon.js';
import { ReconStandIn } from './recon-stand-in.js';

const paused = { at: '2026-11-21T06:00:00.000Z', by: 'Ada', reason: 'month \u202Eend' };
const failed = {
  ...{ target: 'kinetic-main', batchId: 'G100', kind: 'cash-receipt', date: '2026-11-21', bankAccount: '1', state: 'failed' },
  ...{ documents: 12, attempts: 1, text: 'The period is closed.', openedAt: '2026-11-21T05:00:00.000Z', byPerson: false },
  amounts: [{ minor: '129400', currency: 'USD', text: '1294.00', exact: true }],
};
const waiting = {
  ...{ id: 'rel_1', target: 'kinetic-main', batchId: 'G100', state: 'waiting-approval', by: 'Ada', reason: 'the period is open again' },
  ...{ waitsFor: ['12 documents'], postingKeys: ['a', 'b'], amounts: failed.amounts, sums: [], digest: 'd'.repeat(64) },
  ...{ orderedAt: '2026-11-21T07:00:00.000Z', expiresAt: null, decidedBy: null, decisionReason: null, code: null, endedAt: null },
};
const found: TargetFindingView[] = [
  { code: 'check.passed', level: 'ok', about: 'login', text: 'The login is accepted.', fix: '' },
  { code: 'check.right-missing', level: 'missing', about: 'right', text: 'Receipts may not be written.', fix: 'Add the service.' },
];

(chromiumPath ? describe : describe.skip)('the room Targets', () => {
  const recon = new ReconStandIn();
  const [ledgers, stripe] = [new SinkStandIn(), new SinkStandIn()];
  const shown = new ConsoleInChromium();
  let page: Page;

  beforeAll(async () => {
    const [first, second] = [await ledgers.start(), await stripe.start()];
    await shown.start({
      RECON_URL: await recon.start(),
      ERP_SINK_URLS: `kinetic-main=${first},sl-main=${first},stripe-main=${second}`,
    });
  }, 120_000);
  afterAll(async () => {
    await shown.stop();
    await Promise.all([recon.stop(), ledgers.stop(), stripe.stop()]);
  });
  beforeEach(async () => {
    recon.reset();
    recon.records = {
      '/dead-letters': { deadLetters: [], next: null },
      '/target-outcomes': outcomesOf({
        'kinetic-main': [
          [0, 4, 9, 2],
          [0, 0, 1, 0],
        ],
      }),
    };
    ledgers.asked.length = 0;
    const batches = { open: 1, documents: 12, amounts: failed.amounts, list: [failed] };
    const kinetic = aTarget('kinetic-main', { postings: { open: 3, unknown: 1, held: 2, oldest: null }, batches });
    const sl = aTarget('sl-main', { state: 'paused', paused, product: 'dynamics-sl' });
    ledgers.answers = {
      'GET /targets': { targets: [kinetic, sl] },
      'GET /release-orders': { orders: [] },
      'POST /targets/kinetic-main/pause': kinetic,
      'POST /targets/kinetic-main/check': { at: '2026-11-21T08:00:00.000Z', findings: found },
      'POST /batches/G100/release-orders': { batchId: 'G100', state: 'failed', order: waiting },
      'POST /release-orders/rel_1/approve': waiting,
    };
    stripe.answers = { 'GET /targets': { targets: [aTarget('stripe-main', { product: 'stripe' })] } };
    page = await shown.open('/targets', { viewport: { width: 1400, height: 1000 } });
    await card('kinetic-main').waitFor();
  });
  afterEach(() => page.close());

  const card = (name: string) => page.getByRole('article', { name, exact: true });
  const orders = (): unknown[] => ledgers.asked.flatMap(({ method, url, body }) => (method === 'POST' ? [[url, body]] : []));

  it('shows each target with what is open, what became of its postings, and who paused it', async () => {
    const text = async (name: string): Promise<string> => (await card(name).innerText()).replaceAll(/\s+/g, ' ');
    await expectSoon(() => text('kinetic-main')).toMatch(/Working.*3 postings are open · 1 outcome is not known · 2 are held for a person/);
    await expectSoon(() => text('kinetic-main')).toMatch(/1 batch not released, 12 documents · 1,294\.00 USD/);
    await expectSoon(() => text('kinetic-main')).toContain('Last 4 hours: 15 outcomes written, 1 failed');
    await expectSoon(() => card('kinetic-main').locator('svg rect.failed').count()).toBe(4);
    await expectSoon(() => text('sl-main')).toContain(String.raw`Paused by Ada since`);
    await expectSoon(() => text('sl-main')).toContain(String.raw`“month \u202Eend”`);
    await page.screenshot({ path: join(screens, 'targets.png'), fullPage: true });
    await card('kinetic-main').getByRole('link', { name: '2 are held for a person' }).click();
    await expectSoon(() => page.url()).toBe(`${shown.url}/desk?view=held&topic=postings.kinetic-main.v1`);
  });

  it('pauses with a reason, after a second look, and keeps what was typed when that fails', async () => {
    await page.getByRole('button', { name: 'Pause kinetic-main' }).click();
    const form = page.getByRole('form', { name: 'Pause kinetic-main' });
    await expectSoon(() => form.getByRole('button', { name: 'Pause it' }).isDisabled()).toBe(true);
    await form.getByLabel('Why').fill('the ERP is upgraded');
    ledgers.status = 403;
    await form.getByRole('button', { name: 'Pause it' }).click();
    await form.getByRole('alert').waitFor();
    await expectSoon(() => form.getByLabel('Why').inputValue()).toBe('the ERP is upgraded');
    ledgers.status = 200;
    await form.getByRole('button', { name: 'Pause it' }).click();
    await form.waitFor({ state: 'detached' });
    expect(orders().at(-1)).toEqual(['/targets/kinetic-main/pause?target=kinetic-main', { reason: 'the ERP is upgraded' }]);
    shown.problems.length = 0; // the browser reports the 403 itself
  });

  it('tests the connection, and says first what is missing and what to do', async () => {
    await page.goto(`${shown.url}/targets/kinetic-main`);
    await page.getByRole('button', { name: 'Test the connection' }).click();
    ledgers.answers = {
      ...ledgers.answers,
      'GET /targets': { targets: [aTarget('kinetic-main', { check: { at: '2026-11-21T08:00:00.000Z', findings: found } })] },
    };
    const first = page.locator('.findings li').first();
    await expectSoon(() => first.innerText()).toContain('Receipts may not be written. Add the service. check.right-missing');
    await expectSoon(() => page.getByText('One thing is missing').count()).toBe(1);
    expect(orders()).toEqual([['/targets/kinetic-main/check?target=kinetic-main', {}]]);
    await page.screenshot({ path: join(screens, 'target.png'), fullPage: true });
  });

  it('orders the release of a failed batch, which a second person approves as it was shown', async () => {
    await page.goto(`${shown.url}/targets/kinetic-main`);
    await page.getByRole('button', { name: 'Release batch G100' }).click();
    const form = page.getByRole('form', { name: 'Release batch G100' });
    await form.getByLabel('Why').fill('the period is open again');
    ledgers.answers = { ...ledgers.answers, 'GET /release-orders': { orders: [waiting] } };
    await form.getByRole('button', { name: 'Order the release' }).click();
    await page.getByText('Ada ordered its release').waitFor();
    await page.getByRole('button', { name: 'Release batch G100' }).waitFor({ state: 'detached' });
    await page.screenshot({ path: join(screens, 'target-release.png'), fullPage: true });
    await page.getByRole('button', { name: 'Approve the release of G100' }).click();
    const approval = page.getByRole('form', { name: 'Approve the release of G100' });
    await approval.getByLabel('Why').fill('compared with the statement');
    await approval.getByRole('button', { name: 'Approve it' }).click();
    await approval.waitFor({ state: 'detached' });
    expect(orders()).toEqual([
      ['/batches/G100/release-orders?target=kinetic-main', { reason: 'the period is open again' }],
      ['/release-orders/rel_1/approve?target=kinetic-main', { reason: 'compared with the statement', digest: waiting.digest }],
    ]);
  });

  it('says which sink does not answer and since when, and shows the others', async () => {
    await stripe.stop();
    await page.reload();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    await expectSoon(() => alert.innerText()).toMatch(/^The sink of stripe-main does not answer since .* 2\d{3}.*: .*Nothing is lost/s);
    await expectSoon(() => card('kinetic-main').count()).toBe(1);
    expect(await card('stripe-main').count()).toBe(0);
    await page.goto(`${shown.url}/targets/stripe-main`);
    await page.getByRole('alert').waitFor();
    await page.goto(`${shown.url}/targets/kinetic-main`);
    await page.getByRole('heading', { name: 'Connection' }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await stripe.start();
  });

  it('shows a pause in the lines of Today', async () => {
    await page.goto(`${shown.url}/`);
    const row = page.locator('.target-lines li', { hasText: 'sl-main' });
    await row.waitFor();
    await expectSoon(() => row.innerText()).toContain('Paused by Ada');
    await row.getByRole('link', { name: 'sl-main' }).click();
    await expectSoon(() => page.url()).toBe(`${shown.url}/targets/sl-main`);
  });

  it('draws whatever a sink answers', async () => {
    ledgers.answers = {
      'GET /targets': {
        targets: [
          null,
          7,
          { target: 'sl-main', state: 'dancing', batches: { list: [null, {}], amounts: [null, 'x'] }, check: { findings: [null] } },
        ],
      },
      'GET /release-orders': { orders: [null] },
    };
    recon.records = { '/target-outcomes': { hours: 'none', targets: [null] } };
    await page.goto(`${shown.url}/targets`);
    await card('sl-main').waitFor();
    await expectSoon(() => card('sl-main').innerText()).toContain('Unknown: dancing');
    await page.goto(`${shown.url}/targets/sl-main`);
    await page.getByRole('heading', { name: 'Batches that are not released' }).waitFor();
    expect(await page.getByText('could not be shown').count()).toBe(0);
  });

  it.each([
    ['light', 1_400],
    ['dark', 1_400],
    ['light', 360],
    ['dark', 360],
  ] as const)('breaks no rule of WCAG that a machine can check, %s, %i px wide', async (colorScheme, width) => {
    ledgers.answers = {
      ...ledgers.answers,
      'GET /release-orders': { orders: [waiting] },
    };
    for (const path of ['/targets', '/targets/kinetic-main']) {
      const checked = await shown.open(path, { bypassCSP: true, colorScheme, viewport: { width, height: 800 } });
      await checked.getByText('Working').first().waitFor();
      expect([path, await shown.violations(checked)]).toEqual([path, []]);
      expect(await checked.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(
        0,
      );
      await checked.screenshot({ path: join(screens, `${path.slice(1).replace('/', '-')}-${colorScheme}-${width}.png`), fullPage: true });
      await checked.close();
    }
  });

  it('reports no error', () => {
    expect(shown.problems).toEqual([]);
    expect(shown.elsewhere).toEqual([]);
  });
});
