/// <reference lib="dom" />
import { join } from 'node:path';
import type { PaymentDetail } from '@tributary/contracts';
import type { Page } from 'playwright-core';
import { chromiumPath, ConsoleInChromium, eventually, screens } from './testing/console-in-chromium.js';
import { paymentStories } from './testing/payment-stories.js';
import { ReconStandIn } from './recon-stand-in.js';

const plain = (text: string | null): string => (text ?? '').replaceAll(/\s+/g, ' ').trim();

(chromiumPath ? describe : describe.skip)('the page of a payment', () => {
  const recon = new ReconStandIn();
  const shown = new ConsoleInChromium();
  let page: Page | undefined;

  beforeAll(async () => {
    await shown.start({ RECON_URL: await recon.start() });
  }, 120_000);
  afterAll(async () => {
    await shown.stop();
    await recon.stop();
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
    expect(await said(on)).toMatch(
      /^In the ledger of kinetic-main as 942; 223\.55 USD refunded, booked as CM-118 in kinetic-main; Paid out on Nov 23, 2026, .* in po_story\.$/,
    );
    expect(await on.title()).toBe('Payment 294.29 USD ch_story · Tributary');
    await on.locator('#payment-status').getByText('CM-118').click();
    await eventually(async () =>
      expect(await on.evaluate(() => document.activeElement?.textContent)).toContain('kinetic-main/credit-memo/re_story'),
    );
    expect(await on.locator('#payment-status').getByText('po_story').getAttribute('href')).toBe('/movements?id=txn_po');
  });

  it('goes from gross to net, tells the currencies apart, and each figure leads to where it is from', async () => {
    const on = await open(paymentStories.foreign);
    const tables = on.locator('.from-gross table');
    expect((await tables.locator('caption').allTextContents()).map(plain)).toEqual([
      'At the customer',
      'On Stripe’s balance, in USD',
      'In kinetic-main',
    ]);
    expect(plain(await on.locator('.conversion').textContent())).toBe('Stripe made 294.29 USD of 271.40 EUR (rate 1.084340)');
    expect((await tables.nth(1).locator('tr').allTextContents()).map(plain)).toEqual([
      'Charged 294.29 USD',
      'Fee -8.83 USD',
      'Net285.46 USD',
    ]);
    expect(await tables.nth(1).locator('a').first().getAttribute('href')).toBe('/movements?id=txn_story');
  });

  it('marks the difference of a ledger, in money and line by line', async () => {
    const on = await open(paymentStories.severalTargets);
    expect((await on.locator('.from-gross .difference').allTextContents()).map(plain)).toEqual(['Difference-45.00 USD']);
    await on.locator('.documents').first().getByText('Rule receipts').click();
    expect(plain(await on.locator('.documents').first().locator('.record').textContent())).toContain(
      'debit CLR 1150-00-00 294.29 USD by profiles/kinetic-main.yaml:57',
    );
    const rows = on.locator('.documents tr.differs');
    expect((await rows.allTextContents()).map(plain)).toEqual([
      'CLR (differs)1150-00-00294.29 USD249.29 USD',
      'AR (differs)1100294.29 USD249.29 USD',
    ]);
    expect(await on.getByRole('link', { name: 'Open in the ERP' }).getAttribute('href')).toBe('https://erp.example.com/942');
    expect(await on.getByRole('link', { name: 'Open in Stripe' }).getAttribute('href')).toBe(
      'https://dashboard.stripe.com/payments/pi_story',
    );
  });

  it('shows decisions and long waits among the steps, and leads to the letter', async () => {
    const on = await open(paymentStories.failed);
    expect(await said(on)).toMatch(/^Failed in kinetic-main since .*: the period 2026-11 is closed; 2 messages wait behind it\.$/);
    expect(await on.locator('#payment-status').getByText('Failed in kinetic-main').getAttribute('href')).toBe('/letters/dl_story');
    expect(plain(await on.locator('.steps .gap').textContent())).toBe('2 hours later');
    expect(plain(await on.locator('.steps .by-person').textContent())).toContain('Ada ordered to try it again');
    expect(await on.getByText('Times in').count()).toBeGreaterThan(0);
  });

  it('stands alone when it is asked to, and beside the list again', async () => {
    const on = await open(paymentStories.plain);
    await on.getByRole('link', { name: 'Alone' }).click();
    await on.locator('#payments').waitFor({ state: 'hidden' });
    expect(new URL(on.url()).search).toBe('?alone=true');
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
