/// <reference lib="dom" />
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { hostileRows } from '../src/testing/hostile-rows.js';
import { chromiumPath, eventually, screens } from './testing/console-in-chromium.js';
import { settled } from './testing/settled.js';
import { consoleOver } from './testing/console-over.js';
import { expectSoon } from './testing/expect-soon.js';
import { ReconStandIn } from './recon-stand-in.js';

const money = (text: string, currency: string): object => ({ minor: text.replace('.', ''), currency, text, exact: true });
const pair = { postingKey: 'x', since: '2026-11-21T05:02:00Z', others: [], result: 'posted' };
const customer = {
  ...{ customerId: 'cus_4', name: 'Kettle Creek Ltd', state: 'doubtful', lastPaymentAt: '2026-11-21T05:06:00Z' },
  pairs: [
    { ...pair, target: 'kinetic-main', state: 'several', reference: { CustNum: '9', CustID: 'KETTLE' }, others: ['cus_7'] },
    { ...pair, target: 'sl-main', state: 'doubtful', reference: null, since: null, result: 'held' },
  ],
};
const question = {
  ...{ letterId: 'dl_1', customerId: 'cus_4', state: 'open', target: 'sl-main', cause: 'sl.customer-ambiguous', asksWho: true },
  ...{
    text: 'could be any of C100 (Kettle Creek Ltd), C200 (Kettle)',
    since: '2026-11-21T05:02:00Z',
    money: null,
    parkedBehind: 2,
    answers: [],
  },
  candidates: [
    { title: 'Kettle Creek Ltd', reference: { CustId: 'C100' } },
    { title: 'Kettle', reference: { CustId: 'C200' } },
  ],
};
const detail = {
  ...customer,
  questions: [question],
  hints: [
    {
      kind: 'shared',
      target: 'kinetic-main',
      text: 'kinetic-main has one customer, CustNum 9, for cus_4 and for cus_7',
      customers: ['cus_7'],
    },
  ],
  payments: { count: 3, amounts: [money('7.00', 'EUR'), money('1210.00', 'USD')] },
  events: [
    { eventId: 'evt_9', type: 'customer.created', state: 'held', reason: 'sl.customer-ambiguous', receivedAt: '2026-11-21T05:00:00Z' },
  ],
  erasedAt: null,
};
const settings = {
  ...{ service: 'recon', version: '0.1.0', commit: 'c'.repeat(40), licence: 'Apache-2.0', schemaVersion: '0015 Customers' },
  startedAt: '2026-11-21T05:00:00Z',
  limits: [{ name: 'RECON_APPROVAL_HOURS', value: '72', text: 'hours that an order waits', isDefault: true }],
  secrets: [{ name: 'DATABASE_URL', text: 'PostgreSQL', from: 'file', readAt: '2026-11-21T05:00:00Z' }],
};

const finding = {
  ...{ code: 'topic.missing', level: 'missing', about: 'postings.sl-main.v1', text: 'The topic is not there.' },
  action: 'Make it as the set-up does (`dist/setup`), or see [Kafka is away](runbooks/kafka-away.md).',
  page: 'docs/installation-findings.md#topicmissing',
};
const examined = {
  ...{ startedAt: '2026-11-21T05:00:00Z', endedAt: '2026-11-21T05:00:07Z', startedBy: 'Ada', leftOut: 0 },
  findings: [
    finding,
    { ...finding, about: 'postings.p21-main.v1' },
    { ...finding, code: 'group.idle', level: 'warning', about: 'tributary-sink-sl-main', text: 'Nobody is in the group; 3 messages wait.' },
    { ...finding, code: 'installation.passed', level: 'ok', about: 'recon', text: 'All migrations are applied.', action: 'Nothing.' },
  ],
};

(chromiumPath ? describe : describe.skip)('the rooms of customers and settings', () => {
  const { recon, shown } = consoleOver(new ReconStandIn());
  let page: Page;

  beforeEach(() => {
    recon.reset();
    recon.records = {
      '/customers': { customers: [customer], next: 'cus_4', previous: null },
      '/customers/questions': { questions: [question], more: false },
      '/customers/cus_4': detail,
      '/service-settings': settings,
      '/installation/examination': { running: null, last: null, problem: null },
    };
  });
  afterEach(() => page.close());

  it('lists customers, filters them in the address, and leads to one', async () => {
    page = await shown.open('/customers', { viewport: { width: 1400, height: 1000 } });
    await page.locator('tbody tr').first().waitFor();
    await page.screenshot({ path: join(screens, 'customers.png'), fullPage: true });
    await page.getByText('Filter', { exact: true }).click();
    await page.getByLabel('State').selectOption('doubtful');
    await page.getByRole('button', { name: 'Show' }).click();
    await eventually(async () => expect(recon.asked).toContain('/customers?state=doubtful&limit=50'));
    await page.locator('tbody').getByRole('link', { name: 'cus_4' }).click();
    await expectSoon(() => new URL(page.url()).pathname).toBe('/customers/cus_4');
    await page.getByText('1,210.00').waitFor();
    await page.getByText('Answer it', { exact: true }).click();
    await page.screenshot({ path: join(screens, 'customer.png'), fullPage: true });
    await expectSoon(() => page.getByRole('link', { name: '3 payments' }).getAttribute('href')).toBe('/payments?customer=cus_4');
    await page.getByText('kinetic-main has one customer, CustNum 9, for cus_4 and for cus_7').waitFor();
  });

  it('answers a doubtful match with one of its candidates and a reason, as the command does', async () => {
    page = await shown.open('/customers', { viewport: { width: 1400, height: 1000 } });
    const sent: unknown[] = [];
    await page.route('**/api/dead-letter-orders', async (route) => {
      sent.push(route.request().postDataJSON());
      const refused = sent.length === 1;
      const message = 'Not believed: sl-main has no customer with the posting key. Nothing was ordered.';
      await route.fulfill(
        refused
          ? { status: 409, json: { error: 'resolve.not-there', message } }
          : { status: 202, json: { id: 'ord_1', state: 'waiting-approval' } },
      );
    });
    await page.getByText('Which customer of sl-main is it?').waitFor();
    await page.getByText('Answer it', { exact: true }).click();
    await page.getByLabel('It is Kettle Creek Ltd (CustId C100)').check();
    await page.getByLabel('Why').fill('same tax number');
    await page.getByRole('button', { name: 'Order it' }).click();
    await page.getByText('Not believed: sl-main has no customer').waitFor();
    shown.problems.length = 0; // the browser reports the 409 itself
    await page.getByLabel(/Also when the ledger does not say so/).check();
    await page.getByRole('button', { name: 'Order it' }).click();
    await page.getByText('Ordered as ord_1: it waits for the approval of somebody else.').waitFor();
    const body = { action: 'resolve', reference: { CustId: 'C100' }, scope: 'one', ids: ['dl_1'], reason: 'same tax number' };
    expect(sent).toEqual([body, { ...body, acceptDifference: true }]);
  });

  it('shows roles, limits, secrets by reference, and what is installed', async () => {
    page = await shown.open('/settings', { viewport: { width: 1400, height: 1000 } });
    await page.getByText('RECON_APPROVAL_HOURS').waitFor();
    await page.getByText('Approver: approves what others order').click();
    await page.getByText('approve or refuse what somebody else ordered above their limit').waitFor();
    await expectSoon(() => page.locator('tr', { hasText: 'DATABASE_URL' }).first().textContent()).toContain('a file');
    await page.getByText('0015 Customers').waitFor();
    await page.screenshot({ path: join(screens, 'settings.png'), fullPage: true });
  });

  it('examines the installation when somebody asks, and says what is wrong, where, and what to do', async () => {
    page = await shown.open('/settings', { viewport: { width: 1400, height: 1000 } });
    const card = page.locator('section', { has: page.getByRole('heading', { name: 'Installation', exact: true }) });
    await card.getByText('Nobody has examined it from here yet.').waitFor();
    const begun = { running: { startedAt: examined.startedAt, startedBy: 'Ada' }, last: null, problem: null };
    recon.records = { ...recon.records, '/installation/examination': begun, 'POST /installation/examination': begun };
    await card.getByRole('button', { name: 'Examine now' }).click();
    await card.getByText('Looking; it takes up to 30 seconds. Ada asked.').waitFor();
    await expectSoon(() => card.getByRole('button', { name: 'Examine now' }).isDisabled()).toBe(true);
    expect(recon.posted.at(-1)?.path).toBe('/installation/examination');
    recon.records['/installation/examination'] = { running: null, last: examined, problem: null };
    await card.getByText('2 missing, 1 warning').waitFor();
    await card.getByText('postings.p21-main.v1: The topic is not there.').waitFor();
    await card
      .getByText('What to do: Make it as the set-up does (dist/setup), or see Kafka is away (docs/runbooks/kafka-away.md).')
      .first()
      .waitFor();
    await expectSoon(() => card.getByText('What to do:').count()).toBe(2);
    await card.getByText('What only the command looks at').click();
    await card.getByText('the key and mode at Stripe, and the signing secrets of ingest').waitFor();
    await page.screenshot({ path: join(screens, 'examination.png'), fullPage: true });
    await expectSoon(() => card.getByRole('button', { name: 'Examine now' }).isEnabled()).toBe(true);
    expect(await shown.violations(page)).toEqual([]);
  });

  it('draws any rows, on a phone as well', async () => {
    const rows = hostileRows.map(({ row }) => row);
    recon.records['/customers'] = { customers: [...rows, { ...customer, pairs: rows }], next: null, previous: null };
    recon.records['/customers/questions'] = { questions: rows, more: true };
    recon.records['/installation/examination'] = { running: null, last: { ...examined, findings: [...rows, finding] }, problem: null };
    recon.records['/customers/cus_4'] = { ...detail, pairs: rows, questions: rows, hints: rows, events: rows };
    for (const path of ['/customers', '/customers/cus_4', '/settings']) {
      page = await shown.open(path, { viewport: { width: 360, height: 740 } });
      await page.locator('tbody tr').first().waitFor();
      expect([path, await page.getByText('could not be shown').count()]).toEqual([path, 0]);
      await expectSoon(async () => [path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, 360]);
      if (path !== '/settings') await page.close();
    }
  });

  it.each(['light', 'dark'] as const)('breaks no rule of WCAG 2.2 A and AA that a machine can check, %s', async (theme) => {
    for (const path of ['/customers', '/customers/cus_4', '/settings']) {
      page = await shown.open(path, { bypassCSP: true, colorScheme: theme });
      await page.locator('main h2').first().waitFor();
      await settled(page);
      expect([path, await shown.violations(page)]).toEqual([path, []]);
      await page.screenshot({ path: join(screens, `${path.slice(1).replace('/', '-')}-${theme}.png`), fullPage: true });
      if (path !== '/settings') await page.close();
    }
  });
});
