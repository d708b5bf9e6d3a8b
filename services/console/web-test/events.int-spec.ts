import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { chromiumPath, eventually, screens } from './testing/console-in-chromium.js';
import { consoleOver } from './testing/console-over.js';
import { expectSoon } from './testing/expect-soon.js';
import { settled } from './testing/settled.js';
import { ReconStandIn } from './recon-stand-in.js';

const at = '2026-11-21T07:33:00.000Z';
const link = { id: 'evt_1', kind: 'raw', type: 'charge.succeeded', at, postingKey: null, result: null };
const fact = { ...link, id: 'fact_1', kind: 'canonical', type: 'ar.payment-received' };
const request = { ...link, id: 'req_1', kind: 'request', type: 'postings.posting-requested', postingKey: 'kinetic-main/cash-receipt/ch_1' };
const outcome = { ...request, id: 'out_1', kind: 'outcome', type: 'erp.posting-concluded', result: 'posted' };
const chain = { raw: link, canonical: [fact], requests: [request], outcomes: [outcome] };
const fields = [
  { path: 'amount', type: 'tributary.common.Money', meaning: null, doc: 'Captured amount, gross of fees.', value: null, masked: false },
  {
    path: 'amount.minor',
    type: 'long (minor-units)',
    meaning: 'minor units: 294.29 USD',
    doc: 'Integer minor units.',
    value: '29429',
    masked: false,
  },
  { path: 'payer.name', type: 'string or null', meaning: null, doc: 'Name on the payment.', value: 'Ada \u202EL', masked: false },
];
const record = {
  ...{
    source: 'topic',
    problem: null,
    topic: 'ar.v1',
    partition: 3,
    offset: '4711',
    key: 'cus_1',
    writtenAt: at,
    bytes: 412,
    cut: false,
    body: null,
    masked: false,
  },
  headers: [{ name: 'ce_id', value: 'fact_1' }],
  schema: {
    id: 12,
    record: 'tributary.ar.PaymentReceived',
    subject: 'ar.v1-tributary.ar.PaymentReceived',
    version: 1,
    compatibility: 'FULL_TRANSITIVE',
    current: true,
  },
  fields,
};
const groups = [
  {
    ...{
      group: 'tributary-translate',
      does: "Makes canonical facts of Stripe's events",
      lag: '0',
      members: 2,
      meaning: 'Up to date.',
      problem: null,
    },
    topics: [{ topic: 'stripe.events.v1', newest: '9152', lag: '0' }],
  },
  {
    ...{ group: 'tributary-sink-kinetic-main', does: 'Posts documents to kinetic-main', lag: '42', members: 0, problem: null },
    meaning: 'Nobody is in this group, and 42 messages wait for it: start its service.',
    topics: [{ topic: 'postings.kinetic-main.v1', newest: '8801', lag: '42' }],
  },
];
const events = [{ eventId: 'evt_1', type: 'charge.succeeded', state: 'posted', reason: null, deliveries: 2, firstReceivedAt: at }];
const answers = {
  '/events': { events, next: '7~evt_0', previous: '9~evt_9' },
  '/events/totals': {
    count: 1_234,
    kinds: [
      { name: 'charge.succeeded', count: 1_000 },
      { name: 'customer.created', count: 234 },
    ],
  },
  '/canonical-events': {
    canonicalEvents: [{ canonicalId: 'fact_1', eventId: 'evt_1', type: fact.type, ignoredReason: null, translatedAt: at }],
    next: null,
  },
  '/canonical-events/totals': { count: 1, kinds: [{ name: fact.type, count: 1 }] },
  '/postings/totals': { count: 1, kinds: [{ name: 'cash-receipt', count: 1 }] },
  '/outcomes/totals': { count: 0, kinds: [] },
  '/outcomes': { outcomes: [], next: null },
  '/postings': {
    postings: [{ requestId: 'req_1', postingKey: request.postingKey, eventId: 'evt_1', result: 'posted', requestedAt: at }],
    next: null,
  },
  '/messages/fact_1': { ...fact, topic: 'ar.v1', target: null, eventId: 'evt_1', chargeId: 'ch_1', deliveries: [], chain },
  '/messages/fact_1/record': record,
  '/messages/fact_1/fixture': {
    eventId: 'evt_1',
    fileName: 'charge.succeeded.evt_1.json',
    body: '{\n  "id": "evt_1"\n}\n',
    replaced: ['data.object.name'],
  },
  '/consumer-groups': { asOf: at, groups },
};

const withChromium = chromiumPath ? describe : describe.skip;
withChromium('the room Events', () => {
  const { recon, shown } = consoleOver(new ReconStandIn());
  let page: Page;

  beforeEach(async () => {
    recon.reset();
    recon.records = answers;
    page = await shown.open('/events', { bypassCSP: true, locale: 'en-GB', timezoneId: 'Europe/Berlin' });
  });
  afterEach(() => page.close());

  it('stands in the rail, with its sections, its totals by type, and a file', async () => {
    await page.getByText('1,234 events').waitFor();
    const rail = page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'Events', exact: true });
    await expectSoon(() => rail.getAttribute('aria-current')).toBe('page');
    await expectSoon(() => page.getByRole('link', { name: 'Export as CSV' }).getAttribute('href')).toBe('/api/events.csv');
    await page.screenshot({ path: join(screens, 'events.png'), fullPage: true });
    await page.getByRole('link', { name: 'customer.created' }).click();
    await eventually(async () => expect(recon.asked).toContain('/events?type=customer.created&limit=50'));
    await page.getByRole('navigation', { name: 'Sections of the room' }).getByRole('link', { name: 'Outcomes' }).click();
    await page.getByText('There is no such outcome.').waitFor();
    await expectSoon(() => rail.getAttribute('aria-current')).toBe('page');
  });

  it('keeps filters in the address, and pages by key', async () => {
    await page.getByText('ledger day').waitFor();
    await page.getByText('1,234 events').waitFor();
    await page.getByText('Filter', { exact: true }).click();
    await page.getByLabel('Customer, charge or payment').fill('cus_1');
    await page.getByLabel('From').fill('2026-11-20');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await expectSoon(() => page.url()).toBe(`${shown.url}/events?key=cus_1&from=2026-11-19T23%3A00%3A00.000Z`);
    await eventually(async () => expect(recon.asked).toContain('/events?key=cus_1&from=2026-11-19T23%3A00%3A00.000Z&limit=50'));
    await page.getByRole('link', { name: 'Next page' }).click();
    await eventually(async () => expect(recon.asked.some((path) => /after=7(~|%7E)evt_0/.test(path))).toBe(true));
    await page.getByRole('link', { name: 'Page before' }).click();
    await eventually(async () => expect(recon.asked.some((path) => /before=9(~|%7E)evt_9/.test(path))).toBe(true));
    await page.getByRole('link', { name: /Customer, charge or payment cus_1: take this filter away/ }).click();
    await expectSoon(() => page.url()).toBe(`${shown.url}/events?from=2026-11-19T23%3A00%3A00.000Z`);
  });

  it('opens a message by keyboard, with its chain and every field explained', async () => {
    await page.goto(`${shown.url}/canonical-events`);
    await page.getByRole('link', { name: 'fact_1' }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByText('minor units: 294.29 USD').waitFor();
    await expectSoon(() => page.locator('.fields').textContent()).toContain('Captured amount, gross of fees.');
    await expectSoon(() => page.locator('.fields').textContent()).toContain(String.raw`Ada \u202EL`);
    const links = page.getByRole('list', { name: 'From the webhook to the outcomes' }).getByRole('link');
    await expectSoon(() => links.allTextContents()).toEqual([
      'charge.succeeded evt_1',
      'ar.payment-received',
      request.postingKey,
      outcome.postingKey,
    ]);
    await page.screenshot({ path: join(screens, 'message.png'), fullPage: true });
  });

  it('reads a record once, however often the figures change, because reading is in the audit trail', async () => {
    await page.goto(`${shown.url}/events/fact_1`);
    await page.getByText('minor units: 294.29 USD').waitFor();
    recon.counts = { ...recon.counts, accepted: 7 };
    recon.push();
    await page.waitForTimeout(500);
    expect(recon.asked.filter((path) => path === '/messages/fact_1/record')).toHaveLength(1);
    expect(recon.asked).not.toContain('/messages/fact_1/fixture');
  });

  it('makes a fixture when it is asked for, to copy or to save', async () => {
    await page.goto(`${shown.url}/events/fact_1`);
    await page.getByRole('button', { name: 'Make a fixture' }).click();
    await page.getByText('1 value replaced').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /Download/ }).click()]);
    expect(download.suggestedFilename()).toBe('charge.succeeded.evt_1.json');
  });

  it('says how far each group is in words, and has programs that read the topic', async () => {
    await page.goto(`${shown.url}/topics?topic=erp.v1`);
    await page.getByText('Nobody is in this group, and 42 messages wait for it: start its service.').waitFor();
    await page.getByRole('navigation', { name: 'Languages' }).getByRole('link', { name: 'Java' }).click();
    await page.getByText('WireReader.java BROKERS REGISTRY_URL erp.v1').waitFor();
    await expectSoon(() => page.locator('.program').last().textContent()).toContain('public final class WireReader');
    await page.screenshot({ path: join(screens, 'topics.png'), fullPage: true });
  });

  it('says that nobody knows an id', async () => {
    recon.records = {};
    await page.goto(`${shown.url}/events/nowhere`);
    await page.getByText('Look for it in a list above, by another of its ids.').waitFor();
    await settled(page);
    shown.problems.length = 0; // the browser reports the 404 itself
  });

  it.each([
    ['light', 1_280],
    ['dark', 360],
  ] as const)('breaks no rule of WCAG 2.2 A and AA, %s, %d pixels wide', async (colorScheme, width) => {
    for (const path of ['/events', '/canonical-events', '/postings', '/outcomes', '/topics', '/events/fact_1']) {
      const checked = await shown.open(path, { bypassCSP: true, colorScheme, viewport: { width, height: 800 } });
      await checked.locator('table, .notice').first().waitFor();
      expect([path, await shown.violations(checked)]).toEqual([path, []]);
      await expectSoon(async () => [path, await checked.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)]).toEqual(
        [path, true],
      );
      if (width === 360) await checked.screenshot({ path: join(screens, `narrow${path.replaceAll('/', '-')}.png`), fullPage: true });
      await checked.close();
    }
  });

  it('talks to nobody else, and reports no error', () => {
    expect([shown.elsewhere, shown.problems]).toEqual([[], []]);
  });
});
