/// <reference lib="dom" />
import { join } from 'node:path';
import type { PaymentDetail } from '@tributary/contracts';
import type { Page } from 'playwright-core';
import { SinkStandIn } from '../src/testing/sink-stand-in.js';
import { chromiumPath, ConsoleInChromium, screens } from './testing/console-in-chromium.js';
import { expectSoon } from './testing/expect-soon.js';
import { paymentStories } from './testing/payment-stories.js';
import { ReconStandIn } from './recon-stand-in.js';
import { phone, tooWide } from './testing/narrow.js';

const record = (change: object): object => ({
  ...{ source: 'topic', topic: 'stripe.events.v1', partition: 4, offset: '79', writtenAt: '2026-11-21T07:31:39.000Z', schema: null },
  ...{ problem: null, fields: [], cut: false, body: null, masked: false, ...change },
});
const field = (path: string, value: string | null): object => ({ path, value, masked: false, meaning: null, doc: null });
const records = {
  '/messages/evt_story/record': record({ body: '{"id":"evt_story","amount":29429,"currency":"usd"}' }),
  '/messages/fact_story/record': record({
    topic: 'ar.v1',
    fields: [field('id', 'fact_story'), field('amount', null), field('amount.minor', '29429'), field('currency', 'usd')],
  }),
};
const call = {
  ...{
    id: 'c1',
    postingKey: 'kinetic-main/cash-receipt/ch_story',
    call: 'post',
    result: 'rejected',
    at: '2026-11-21T07:31:39.700Z',
    ms: 812,
  },
  ...{ masked: true, problem: null },
  exchanges: [
    {
      ...{
        method: 'POST',
        path: '/api/v2/odata/EPIC06/Erp.BO.CashRecSvc/Update',
        request: '{"Name":"[masked]","Amt":294.29}',
        status: 400,
      },
      ...{ answer: '{"ErrorMessage":"[masked]"}', problem: null, ms: 640, cut: false },
    },
  ],
};

const plain = (text: string | null): string => (text ?? '').replaceAll(/\s+/g, ' ').trim();

(chromiumPath ? describe : describe.skip)('the page of a payment', () => {
  const recon = new ReconStandIn();
  const sink = new SinkStandIn();
  const shown = new ConsoleInChromium();
  let page: Page | undefined;

  beforeAll(async () => {
    await shown.start({ RECON_URL: await recon.start(), ERP_SINK_URLS: `kinetic-main=${await sink.start()}` });
  }, 120_000);
  afterAll(async () => {
    await shown.stop();
    await recon.stop();
    await sink.stop();
  });
  beforeEach(() => recon.reset());
  afterEach(() => page?.close());

  async function open(
    story: PaymentDetail,
    path = '/payments/ch_story',
    options: Parameters<ConsoleInChromium['open']>[1] = {},
  ): Promise<Page> {
    recon.trace = story as unknown as Record<string, unknown>;
    recon.payments = [story.payment as unknown as Record<string, unknown>];
    page = await shown.open(path, { viewport: { width: 1400, height: 900 }, ...options });
    await page.locator('#payment-status').waitFor();
    return page;
  }
  const said = async (on: Page): Promise<string> => plain(await on.locator('#payment-status').textContent());

  it('says in one sentence where a payment stands, and its values lead on', async () => {
    const on = await open(paymentStories.refunded);
    await expectSoon(() => said(on)).toMatch(
      /^In the ledger of kinetic-main as 942; 223\.55 USD refunded, booked as CM-118 in kinetic-main; Paid out on Nov 23, 2026, .* in po_story\.$/,
    );
    await expectSoon(() => on.title()).toBe('Payment 294.29 USD ch_story · Tributary');
    await on.locator('#payment-status').getByText('CM-118').click();
    await expectSoon(() => on.evaluate(() => document.activeElement?.textContent)).toContain('kinetic-main/credit-memo/re_story');
    await expectSoon(() => on.locator('#payment-status').getByText('po_story').getAttribute('href')).toBe('/movements?id=txn_po');
  });

  it('goes from gross to net, tells the currencies apart, and each figure leads to where it is from', async () => {
    const on = await open(paymentStories.foreign);
    const tables = on.locator('.from-gross table');
    await expectSoon(async () => (await tables.locator('caption').allTextContents()).map(plain)).toEqual([
      'At the customer',
      'On Stripe’s balance, in USD',
      'In kinetic-main',
    ]);
    await expectSoon(async () => plain(await on.locator('.conversion').textContent())).toBe(
      'Stripe made 294.29 USD of 271.40 EUR (rate 1.084340)',
    );
    await expectSoon(async () => (await tables.nth(1).locator('tr').allTextContents()).map(plain)).toEqual([
      'Charged 294.29 USD',
      'Fee -8.83 USD',
      'Net285.46 USD',
    ]);
    await expectSoon(() => tables.nth(1).locator('a').first().getAttribute('href')).toBe('/movements?id=txn_story');
  });

  it('marks the difference of a ledger, in money and line by line', async () => {
    const on = await open(paymentStories.severalTargets);
    await expectSoon(async () => (await on.locator('.from-gross .difference').allTextContents()).map(plain)).toEqual([
      'Difference-45.00 USD',
    ]);
    await on.locator('.of-ledger').first().locator('> summary').click(); // nothing of this ledger needs a person
    await on.locator('.documents').first().getByText('Rule receipts').click();
    await expectSoon(async () => plain(await on.locator('.documents').first().locator('.record').textContent())).toContain(
      'debit CLR 1150-00-00 294.29 USD by profiles/kinetic-main.yaml:57',
    );
    const rows = on.locator('.documents tr.differs');
    await expectSoon(async () => (await rows.allTextContents()).map(plain)).toEqual([
      'CLR (differs)1150-00-00294.29 USD249.29 USD',
      'AR (differs)1100294.29 USD249.29 USD',
    ]);
    await expectSoon(() => on.getByRole('link', { name: 'Open in the ERP' }).getAttribute('href')).toBe('https://erp.example.com/942');
    await expectSoon(() => on.getByRole('link', { name: 'Open in Stripe' }).getAttribute('href')).toBe(
      'https://dashboard.stripe.com/payments/pi_story',
    );
  });

  it('shows decisions and long waits among the steps, and leads to the letter', async () => {
    const on = await open(paymentStories.failed);
    await expectSoon(() => said(on)).toMatch(
      /^Failed in kinetic-main since .*: the period 2026-11 is closed; 2 messages wait behind it\.$/,
    );
    await expectSoon(() => on.locator('#payment-status').getByText('Failed in kinetic-main').getAttribute('href')).toBe(
      '/letters/dl_story',
    );
    await expectSoon(async () => plain(await on.locator('.steps .gap').textContent())).toBe('2 hours later');
    await expectSoon(async () => plain(await on.locator('.steps .by-person').textContent())).toContain('Ada ordered to try it again');
    await expectSoon(() => on.getByText('Times in').count()).toBeGreaterThan(0);
  });

  it('opens what stands behind a step where it stands, by keyboard, and the address leads to it', async () => {
    recon.records = records;
    const on = await open(paymentStories.plain, '/payments/ch_story?alone=true', { permissions: ['clipboard-read', 'clipboard-write'] });
    const scripts = (): Promise<number> =>
      on.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).length);
    const before = await scripts();
    await on.locator('#step-message-evt_story summary').focus();
    await on.keyboard.press('Enter');
    const code = on.locator('#step-message-evt_story .cm-content');
    await code.waitFor();
    await expectSoon(() => scripts()).toBeGreaterThan(before);
    await expectSoon(async () => plain(await code.textContent())).toContain('"id": "evt_story"');
    await on.getByRole('button', { name: 'Copy: The event as it is stored' }).click();
    await expectSoon(async () => JSON.parse(await on.evaluate(() => navigator.clipboard.readText()))).toMatchObject({ amount: 29429 });
    await expectSoon(() => new URL(on.url()).hash).toBe('#step-message-evt_story');
    expect(recon.asked.filter((path) => path.endsWith('/record'))).toEqual(['/messages/evt_story/record']);

    await on.reload();
    await on.locator('#step-message-evt_story .cm-content').waitFor();
    await on.goto(`${shown.url}/payments/ch_story?alone=true#rule-kinetic-main.cash-receipt.ch_story`);
    await on.getByText('by profiles/kinetic-main.yaml:57').waitFor();
  });

  it('puts two steps side by side and marks what differs', async () => {
    recon.records = records;
    const on = await open(paymentStories.plain, '/payments/ch_story?alone=true', { bypassCSP: true });
    await on.getByRole('link', { name: 'Event beside fact: Understood as ar.payment-received' }).click();
    await on.locator('.cm-mergeView .cm-changedLine').first().waitFor();
    await expectSoon(() => new URL(on.url()).search).toBe('?alone=true&left=evt_story&right=fact_story');
    await expectSoon(async () => (await on.locator('.cm-mergeView .cm-content').allTextContents()).map(plain).join(' ')).toMatch(
      /"evt_story".*"minor": "29429"/,
    );
    await on.locator('.compare').scrollIntoViewIfNeeded();
    await on.screenshot({ path: join(screens, 'payment-compare.png'), fullPage: true });
    expect(await shown.violations(on)).toEqual([]);
    await on.getByLabel('Right', { exact: true }).selectOption({ label: 'In the ledger: cash receipt 942' });
    await expectSoon(async () => plain(await on.locator('.cm-mergeView').textContent())).toContain('1100-00-00');
    await on.reload();
    await expectSoon(async () => plain(await on.locator('.cm-mergeView').textContent())).toContain('1100-00-00');
  });

  it('shows what a ledger was sent and what it answered', async () => {
    sink.answers = { 'GET /calls': { calls: [call] } };
    const on = await open(paymentStories.plain, '/payments/ch_story?alone=true', { bypassCSP: true });
    expect(sink.asked.filter(({ url }) => url.startsWith('/calls'))).toEqual([]);
    const calls = on.locator('[id="calls-kinetic-main.cash-receipt.ch_story"]');
    await calls.locator('> summary').click();
    await calls.getByText('Texts are masked').waitFor();
    await expectSoon(async () => plain(await calls.locator('.calls > li > p').textContent())).toMatch(/^Sent .*: rejected in 1 request$/);
    await calls.locator('.calls summary').click();
    await expectSoon(async () => plain((await calls.locator('.cm-content').allTextContents()).join(' '))).toMatch(/294\.29.*ErrorMessage/);
    expect(sink.asked.map(({ url }) => url)).toContain('/calls?target=kinetic-main&postingKey=kinetic-main%2Fcash-receipt%2Fch_story');
    await on.screenshot({ path: join(screens, 'payment-calls.png'), fullPage: true });
    expect(await shown.violations(on)).toEqual([]);
    sink.answers = {};
  });

  it('has what a ledger was sent at the step that says what became of it', async () => {
    sink.answers = { 'GET /calls': { calls: [call] } };
    const on = await open(paymentStories.plain, '/payments/ch_story?alone=true');
    const calls = on.locator('.steps [id="step-calls-kinetic-main.cash-receipt.ch_story"]');
    await calls.locator('> summary').click();
    await calls.locator('.calls > li > p').waitFor();
    await expectSoon(async () => plain(await calls.locator('.calls > li > p').textContent())).toMatch(/^Sent .*: rejected in 1 request$/);
    await expectSoon(() => new URL(on.url()).hash).toBe('#step-calls-kinetic-main.cash-receipt.ch_story');
    await on.reload();
    await on.locator('.steps .calls > li > p').waitFor();
    sink.answers = {};
  });

  it('folds the documents of each ledger behind one line, the one that needs a person open, and prints all', async () => {
    const on = await open(paymentStories.severalTargets, '/payments/ch_story?alone=true');
    const sections = on.locator('.of-ledger');
    const opened = (): Promise<boolean[]> => sections.evaluateAll((all) => all.map((one) => (one as HTMLDetailsElement).open));
    await sections.nth(1).waitFor();
    const lines = (await sections.locator('> summary').allTextContents()).map(plain);
    expect(lines.length).toBeGreaterThan(1);
    const needs = lines.map((line) => /needs? a person/.test(line));
    expect(needs.filter(Boolean).length).toBeGreaterThan(0);
    await expectSoon(opened).toEqual(needs.map((need, index) => need && !needs.slice(0, index).includes(true)));
    const folded = needs.indexOf(false);
    const place = (await sections.nth(folded).locator('.documents > li').first().getAttribute('id')) ?? '';
    await on.goto(`${shown.url}/payments/ch_story?alone=true#${place}`);
    await on.reload();
    await expectSoon(async () => (await opened())[folded]).toBe(true);
    await on.goto(`${shown.url}/payments/ch_story?alone=true`);
    await expectSoon(async () => (await opened())[folded]).toBe(false);
    await on.emulateMedia({ media: 'print' });
    await expectSoon(opened).toEqual(lines.map(() => true));
    await on.emulateMedia({ media: 'screen' });
    await expectSoon(async () => (await opened())[folded]).toBe(false);
    await on.screenshot({ path: join(screens, 'payment-ledgers.png'), fullPage: true });
    await on.setViewportSize(phone);
    await expectSoon(() => tooWide(on)).toEqual([]);
  });

  it('stands alone when it is asked to, and beside the list again', async () => {
    const on = await open(paymentStories.plain);
    await on.getByRole('link', { name: 'Alone' }).click();
    await on.locator('#payments').waitFor({ state: 'hidden' });
    await expectSoon(() => new URL(on.url()).search).toBe('?alone=true');
    await on.getByRole('link', { name: 'Beside the list' }).click();
    await on.locator('#payments').waitFor();
    await on.goto(`${shown.url}/payments/re_7`);
    await on.getByText('It is the id of something else at Stripe').waitFor();
    shown.problems.length = 0; // the browser reports the 404 that was asked for
  });

  it.each(Object.entries(paymentStories))('is looked at and breaks no rule of WCAG: %s', async (name, story) => {
    const on = await open(story, '/payments/ch_story?alone=true', { bypassCSP: true });
    await on.screenshot({ path: join(screens, `payment-${name}.png`), fullPage: true });
    expect(await shown.violations(on)).toEqual([]);
  });

  it('fits a phone, in the dark', async () => {
    const on = await open(paymentStories.refunded, '/payments/ch_story', {
      viewport: { width: 360, height: 740 },
      colorScheme: 'dark',
      bypassCSP: true,
    });
    await on.screenshot({ path: join(screens, 'payment-phone.png'), fullPage: true });
    expect(await on.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await shown.violations(on)).toEqual([]);
    expect(shown.problems).toEqual([]);
  });
});
