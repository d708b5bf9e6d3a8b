/// <reference lib="dom" />
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { hostileRows, hostileSteps } from '../src/testing/hostile-rows.js';
import { chromiumPath, eventually, screens } from './testing/console-in-chromium.js';
import { consoleOver } from './testing/console-over.js';
import { expectSoon } from './testing/expect-soon.js';
import { recorded, ReconStandIn } from './recon-stand-in.js';
import { whenSettled } from './testing/settled.js';

const trace = recorded('trace') as unknown as {
  payment: { chargeId: string; amount: { text: string; currency: string } };
  steps: unknown[];
};
const counts = recorded('counts') as Record<string, number>;
const overview = recorded('overview') as unknown as {
  standings: Record<string, { count: number; amounts: { text: string; currency: string }[] }>;
  reconciliation: Record<string, { count: number }>;
  written: Record<string, { documents: number; metadata: number }>;
};
const plain = (text: string | null): string => (text ?? '').replaceAll(',', '').replaceAll(/\s+/g, ' ').trim();

(chromiumPath ? describe : describe.skip)('the console in Chromium', () => {
  const { recon, shown } = consoleOver(new ReconStandIn());
  const { problems, elsewhere } = shown;
  let page: Page;

  beforeEach(async () => {
    recon.reset();
    page = await shown.open('/', { viewport: { width: 1400, height: 900 } });
    await page.getByText('Adds up').waitFor();
  });
  afterEach(() => page.close());

  it('shows where every captured payment stands, how many and how much', async () => {
    for (const [standing, { count, amounts }] of Object.entries(overview.standings)) {
      const card = page.locator(`.standing.${standing}`);
      await expectSoon(async () => plain(await card.locator('.figure').textContent())).toBe(String(count));
      await expectSoon(async () => (await card.locator('.sums li').allTextContents()).map(plain)).toEqual(
        amounts.map(({ text, currency }) => `${text} ${currency}`),
      );
    }
    await page.screenshot({ path: join(screens, 'light.png'), fullPage: true });
  });

  it('names the unit of every figure, and keeps ERP documents and writes to Stripe apart', async () => {
    const cards = page.locator('.stages .figure-link');
    await expectSoon(async () => (await cards.allTextContents()).map(plain)).toEqual([
      '321 event deliveries',
      '237 canonical events',
      '157 posting requests',
      '68 ERP documents',
      '23 writes to Stripe',
    ]);
    await expectSoon(async () => (await page.locator('.sum dd').allTextContents()).map(plain)).toEqual(
      [counts.posted, counts.ignored, counts.held, counts.deadLettered, counts.inFlight, counts.accepted].map(
        (count) => `${count} event deliveries`,
      ),
    );
  });

  it('makes every figure a link to a page of the console, with its filter in the address', async () => {
    const figures = page.locator('.figure, .sums li .money');
    await expectSoon(() => figures.count()).toBeGreaterThan(20);
    const hrefs = await whenSettled(page, () =>
      figures.evaluateAll((elements) => elements.map((element) => element.closest('a')?.getAttribute('href'))),
    );
    for (const href of hrefs) {
      expect(href).toMatch(/^\//);
      expect((await fetch(`${shown.url}${href ?? ''}`)).status).toBe(200);
    }
  });

  it('says what is open, how many and how much, and is green only when nothing is', async () => {
    const verdict = page.locator('.verdict');
    await expectSoon(async () => (await verdict.locator('li').allTextContents()).map(plain)).toEqual([
      '2 payments need a person: 756.12 USD',
      '1 payment is different in the ledger: 756.12 USD',
      '1 dead letter is not closed',
    ]);
    await expectSoon(() => verdict.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual([
      '/payments?standing=needsPerson',
      '/desk?view=breaks&of=different',
      '/desk',
    ]);
    expect(await page.locator('.verdict.good').count()).toBe(0);

    const { today } = recon;
    const { clearing } = today as { clearing: readonly { readonly clearing: readonly object[] }[] };
    const difference = { minor: '-1', currency: 'USD', text: '-0.01', exact: true };
    recon.today = {
      ...today,
      clearing: clearing.map((one) => ({ ...one, clearing: one.clearing.map((account) => ({ ...account, difference })) })),
    };
    recon.overview = { ...recon.overview, open: [], allClear: true };
    recon.stages = { ...recon.stages, asOf: '2026-12-01T07:00:00.000Z' }; // news, upon which a page reads again
    recon.push();
    await page.locator('.verdict.calm', { hasText: 'No payment is open, but clearing differs from Stripe in' }).waitFor();
    expect(await page.locator('.verdict.good').count()).toBe(0);

    recon.today = today;
    recon.stages = { ...recon.stages, asOf: '2026-12-01T08:00:00.000Z' };
    recon.push();
    await page.locator('.verdict.good').waitFor();

    recon.overview = { ...recon.overview, open: [], allClear: false };
    recon.push();
    await page.getByText('recon says that something is open').waitFor();

    recon.overview = { ...recon.overview, allClear: true };
    recon.counts = { ...counts, posted: (counts.posted as number) - 1 };
    recon.push();
    await page.getByText('The events do not add up').waitFor();
    expect(await page.locator('.verdict.good').count()).toBe(0);
  });

  it('works with a recon that has no overview, and is not green then', async () => {
    recon.overview = undefined;
    recon.payments = recon.payments.map(({ standing: _standing, settlement: _settlement, news: _news, ...older }) => older);
    recon.push();
    await page.getByText('does not tell whether anything is open').waitFor();
    expect(await page.locator('.verdict.good').count()).toBe(0);
    await expectSoon(() => page.locator('#payments tbody tr').count()).toBe(15);
  });

  it('says loudly when the parts do not make the whole (I2)', async () => {
    recon.counts = { ...counts, posted: (counts.posted as number) - 1 };
    recon.push();
    await page.getByText('Does not add up').waitFor();
  });

  it('goes from a figure to its list, and Back to the figures; the address is a bookmark', async () => {
    await page.locator('.standing.needsPerson .figure-link').click();
    await page.getByRole('heading', { name: 'Payments' }).waitFor();
    await expectSoon(() => page.url()).toBe(`${shown.url}/payments?standing=needsPerson`);
    await expectSoon(() => page.locator('tbody tr').count()).toBe(2);
    await expectSoon(async () => plain(await page.locator('.list-sum').textContent())).toBe('2 payments · 756.12 USD');
    await expectSoon(() => page.title()).toBe('Payments: Needs a person · Tributary');
    await page.goBack();
    await page.locator('.standings').waitFor();
    await expectSoon(() => page.url()).toBe(`${shown.url}/`);
    await page.goForward();
    await expectSoon(() => page.locator('tbody tr').count()).toBe(2);
    await page.reload();
    await expectSoon(() => page.locator('tbody tr').count()).toBe(2);
  });

  it('goes from the sum of one currency to the payments in it', async () => {
    await page.locator('.standing.inLedger .sums a').first().click();
    const currency = overview.standings.inLedger?.amounts[0]?.currency;
    await expectSoon(() => page.url()).toBe(`${shown.url}/payments?standing=inLedger&currency=${currency}`);
    // The address changes before the page before it is gone.
    await expectSoon(async () => new Set(await page.locator('tbody .currency').allTextContents())).toEqual(new Set([currency]));
    await page.getByRole('link', { name: `${currency}: take this filter away` }).click();
    await expectSoon(() => page.url()).toBe(`${shown.url}/payments?standing=inLedger`);
  });

  it('is used by keyboard alone: move, open, close', async () => {
    const links = page.locator('#payments tbody a');
    const at = (await links.allTextContents()).findIndex((text) => text === trace.payment.chargeId);
    await links.first().focus();
    for (let step = 0; step < at; step += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('From webhook to ledger').waitFor();
    await expectSoon(() => page.url()).toBe(`${shown.url}/payments/${trace.payment.chargeId}`);
    await expectSoon(() => page.title()).toBe(`Payment 11,463 JPY ${trace.payment.chargeId} · Tributary`);
    await page.locator('.steps li').first().waitFor();
    await expectSoon(() => page.locator('.steps li').count()).toBe(trace.steps.length);
    await expectSoon(() => page.evaluate(() => document.activeElement?.id)).toBe('trace-title');
    await page.keyboard.press('Escape');
    await page.getByText('From webhook to ledger').waitFor({ state: 'detached' });
    await expectSoon(() => page.url()).toBe(`${shown.url}/`);
  });

  it('opens a payment by its link, and says so when nobody knows it', async () => {
    await page.goto(`${shown.url}/payments/${trace.payment.chargeId}`);
    await page.locator('.trace .amount').waitFor();
    await expectSoon(async () => plain(await page.locator('.trace .amount').textContent())).toBe(
      `${trace.payment.amount.text} ${trace.payment.amount.currency}`,
    );
    await page.goto(`${shown.url}/payments/ch_nobody`);
    await page.getByText('No payment is known by the id ch_nobody.').waitFor();
    problems.length = 0; // the browser reports the 404 that was asked for
  });

  it('shows what Stripe took back, what the ledger has, and what was masked', async () => {
    await page.goto(`${shown.url}/payments/ch_DFwKjjfaddVR4CcFu`);
    await page.locator('.trace .amount').waitFor();
    await expectSoon(() => page.locator('.news.bad').textContent()).toContain('Stripe took back 756.12 USD');
    await expectSoon(() => page.locator('.steps .break').textContent()).toContain('Stripe took back 756.12 USD');
    await expectSoon(async () => (await page.locator('.comparison tr').allTextContents()).map(plain)).toEqual([
      'Paid by the customer756.12 USD',
      'Stripe’s balance: gross756.12 USD',
      'fee22.23 USD', // 2.9 % of 756.12 and 0.30
      'net733.89 USD',
      'In the ledger756.12 USD',
    ]);
    await expectSoon(() => page.locator('.masked').textContent()).toContain('metadata.note');
    await expectSoon(() => page.locator('.trace').textContent()).toContain("Compared with Stripe's balance transaction.");
    await page.screenshot({ path: join(screens, 'payment.png'), fullPage: true });
  });

  it('shows the documents of a payment: their keys, the double entry, and the lines as sent', async () => {
    const usd = (text: string): object => ({ minor: text.replace('.', ''), currency: 'USD', text, exact: true });
    const effect = [
      { role: 'CLR', account: '1150-00-00', debit: usd('294.29'), credit: null },
      { role: 'AR', account: null, debit: null, credit: usd('294.29') },
    ];
    const document = {
      ...{ postingKey: 'kinetic-main/cash-receipt/ch_1', target: 'kinetic-main', kind: 'cash-receipt', result: 'posted' },
      ...{ requestedAt: '2026-11-21T07:31:39Z', reference: { GroupID: 'B1K00', HeadNum: '881' }, effect, lines: [] },
    };
    const lines = [{ table: 'InvcDtl', key: '1', fields: { LineDesc: 'Refund', DocUnitPrice: '120.00' } }];
    const ledger = {
      ...{ state: 'different', text: 'CLR (1150-00-00): asked for 294.29 USD debit, the ledger has nothing in USD' },
      ...{ entries: [{ role: '', account: '9999-00-00', debit: usd('294.29'), credit: null }], checkedAt: '2026-11-21T07:33:00Z' },
    };
    recon.trace = {
      ...recon.trace,
      documents: [
        { ...document, ledger },
        { ...document, kind: 'credit-memo', lines, effect: [] },
      ],
    };
    await page.goto(`${shown.url}/payments/${trace.payment.chargeId}`);
    const documents = page.locator('.documents > li');
    await documents.first().waitFor();
    await expectSoon(() => documents.count()).toBe(2);
    await expectSoon(async () => plain(await documents.first().textContent())).toContain(
      'kinetic-main/cash-receipt/ch_1 is GroupID B1K00, HeadNum 881'.replaceAll(',', ''),
    );
    await expectSoon(async () => (await documents.first().locator('tbody tr').allTextContents()).map(plain)).toEqual([
      'CLR (differs)1150-00-00294.29 USD',
      'AR (differs)by the ERP294.29 USD',
      'no role (differs)9999-00-00294.29 USD',
    ]);
    await expectSoon(async () => plain(await documents.first().locator('.finding').textContent())).toContain(
      'In the ledger: Different in the ledger',
    );
    await expectSoon(() => documents.first().locator('.finding .bad').textContent()).toBe(ledger.text);
    expect(await documents.nth(1).locator('.finding').count()).toBe(0);
    await documents.nth(1).getByText('One line as sent').click();
    await expectSoon(async () => plain(await documents.nth(1).textContent())).toContain('InvcDtl 1: LineDesc Refund DocUnitPrice 120.00');
    await page.screenshot({ path: join(screens, 'documents.png'), fullPage: true });
  });

  it('shows the books: clearing accounts beside Stripe, and the trial balance', async () => {
    const usd = (text: string): object => ({ minor: text.replace('.', ''), currency: 'USD', text, exact: true });
    const clearing = [{ currency: 'USD', ledger: usd('3785.81'), stripe: usd('3740.94'), inFlight: usd('44.87'), difference: usd('0.00') }];
    const row = { target: 'kinetic-main', currency: 'USD', credit: usd('0.00') };
    const trialBalance = [
      { ...row, account: '1150-00-00', debit: usd('3785.81') },
      { ...row, account: '1100-00-00', debit: usd('0.00'), credit: usd('3785.81') },
    ];
    recon.records = { '/books': { clearing, trialBalance, unbalanced: 0, problems: ['Stripe did not answer'] } };
    await page.goto(`${shown.url}/books`);
    await page.getByText('Unbalanced documents: 0').waitFor();
    await expectSoon(async () => plain(await page.locator('section[aria-labelledby=clearing-title] tbody tr').first().textContent())).toBe(
      'USD3785.81 USD3740.94 USD44.87 USD0.00 USD',
    );
    await expectSoon(() => page.locator('section[aria-labelledby=trial-title] tbody tr').count()).toBe(2);
    await expectSoon(() => page.getByRole('alert').textContent()).toBe('Stripe did not answer');
    await page.screenshot({ path: join(screens, 'books.png'), fullPage: true });
  });

  it("writes amounts and dates in the company's format", async () => {
    recon.format = { locale: 'de-DE', timeZone: 'Asia/Tokyo' };
    await page.goto(`${shown.url}/payments/${trace.payment.chargeId}`);
    expect(trace.payment.amount).toMatchObject({ text: '11463', currency: 'JPY' });
    await page.locator('.trace').getByText('11.463 JPY').first().waitFor();
    await expectSoon(() => page.locator('.trace').textContent()).toContain('GMT+9');
  });

  it('lists the documents that did something else in the ledger, each with its payment', async () => {
    const difference = {
      ...{ postingKey: 'kinetic-main/credit-memo/re_1', target: 'kinetic-main', kind: 'credit-memo', state: 'different' },
      ...{ text: 'RET (4900-00-00): asked for 120.00 USD debit, the ledger has nothing in USD', checkedAt: '2026-11-21T07:33:00Z' },
      ...{ chargeId: trace.payment.chargeId, eventId: 'evt_1' },
    };
    recon.records = { '/reconciliation/documents': { summary: {}, documents: [difference], next: null } };
    const open = [{ what: 'ledgerEffects', count: 1, amounts: [], list: '/reconciliation/documents?state=open' }];
    recon.overview = { ...recon.overview, allClear: false, open };
    await page.goto(`${shown.url}/`);
    await page.getByRole('link', { name: '1 document did something else in the ledger than was asked for' }).click();
    const row = page.locator('.desk-room tbody tr').first();
    await row.waitFor();
    await expectSoon(async () => plain(await row.textContent())).toContain(
      'credit-memoDifferent in the ledgerRET (4900-00-00): asked for 120.00 USD debit',
    );
    await row.getByRole('link', { name: trace.payment.chargeId }).click();
    await page.locator('.trace').waitFor();
  });

  it('says what a match rests on, where it is not Stripe', async () => {
    await page.goto(`${shown.url}/payments/${trace.payment.chargeId}`);
    await page.locator('.trace .amount').waitFor();
    await expectSoon(() => page.locator('.trace').textContent()).toContain("not with Stripe's balance transaction");
    await expectSoon(() => page.locator('.list .note').textContent()).toContain("not compared with Stripe's balance transaction");
  });

  it('shows every capture of a charge, each with its own address', async () => {
    const second = { ...trace.payment, part: '2', amount: { minor: '500', currency: 'JPY', text: '500', exact: true } };
    recon.trace = { ...recon.trace, captures: [trace.payment, second] };
    await page.goto(`${shown.url}/payments/${trace.payment.chargeId}`);
    await page.locator('.captures a').nth(1).click();
    await expectSoon(async () => plain(await page.locator('.trace .amount').textContent())).toBe('500 JPY');
    await expectSoon(() => page.url()).toBe(`${shown.url}/payments/${trace.payment.chargeId}?part=2`);
  });

  it('shows a payment without amount and charge id', async () => {
    await page.goto(`${shown.url}/payments?standing=needsPerson`);
    const row = page.locator('#payments tbody tr', { hasText: 'evt_unreadable1' });
    await row.waitFor();
    await expectSoon(() => row.textContent()).toContain('not known');
    await row.click();
    await page.getByText('Its event was dead-lettered before it was understood.').waitFor();
  });

  it('asks for one standing, and finds by id and by name', async () => {
    await page.getByRole('link', { name: 'All payments' }).click();
    const rows = page.locator('#payments tbody tr'); // the page before has rows as well
    await expectSoon(() => rows.count()).toBeGreaterThan(20);
    const all = await whenSettled(page, () => rows.count());
    await page.getByRole('searchbox').fill(trace.payment.chargeId);
    await expectSoon(() => rows.count()).toBe(1);
    await page.getByRole('searchbox').fill('kettle creek');
    await expectSoon(() => rows.count()).toBeGreaterThan(1);
    await expectSoon(() => rows.count()).toBeLessThan(all);
    await page.getByRole('searchbox').fill('');
    await page.getByRole('navigation', { name: 'by where they stand' }).getByRole('link', { name: 'Failed at Stripe' }).click();
    await page.getByText('There is no such payment.').waitFor();
    expect(recon.asked).toContain('/payments?standing=failedAtStripe&limit=50');
  });

  it('shows the list behind a figure that counts no payments', async () => {
    recon.records['/dead-letters'] = {
      deadLetters: [
        {
          id: '1',
          state: 'open',
          cause: 'stripe.event-invalid',
          text: 'amount is missing\u0000',
          eventType: 'charge.succeeded',
          eventId: 'evt_1',
          deadAt: '2026-11-21T07:31:39.000Z',
          money: { minor: '5', currency: 'EUR', text: '0.05', exact: true },
          parkedBehind: 2,
        },
        null,
      ],
      next: '7',
    };
    await page.goto(`${shown.url}/dead-letters?state=open`);
    await page.getByText('stripe.event-invalid').waitFor();
    await expectSoon(() => page.locator('tbody tr').count()).toBe(2);
    await expectSoon(async () => plain(await page.locator('.list-sum').textContent())).toBe('2 dead letters · 0.05 EUR');
    expect(recon.asked).toContain('/dead-letters?state=open&limit=50');
    await page.getByRole('link', { name: 'Next page' }).click();
    await eventually(async () => expect(recon.asked).toContain('/dead-letters?state=open&after=7&limit=50'));
    await expectSoon(() => page.title()).toBe('Dead letters: open · Tributary');
  });

  it.each(hostileRows)('goes on with $name', async ({ row }) => {
    recon.payments = [row, recon.payments[0]] as Record<string, unknown>[];
    recon.push();
    await expectSoon(() => page.locator('#payments tbody tr').count()).toBe(2);
    expect(await page.getByText('could not be shown').count()).toBe(0);
    expect(await page.locator('main').innerText()).not.toMatch(/[\u0000-\u0008\u000E-\u001F\u202A-\u202E\u2066-\u2069]/);
    recon.trace = { payment: { ...(row as object), chargeId: trace.payment.chargeId }, captures: [row, row], steps: hostileSteps };
    await page.goto(`${shown.url}/payments/${trace.payment.chargeId}`);
    await page.locator('.trace .amount').waitFor();
    await page.locator('.steps li').first().waitFor();
    expect(await page.getByText('could not be shown').count()).toBe(0);
    expect(problems).toEqual([]);
  });

  it('keeps the figures when a message of the stream cannot be read', async () => {
    recon.send('event: snapshot\ndata: {"counts": \n\n');
    await page.getByText('The newest figures could not be read').waitFor();
    await page.getByText('Adds up').waitFor();
    recon.push();
    await page.getByText('The newest figures could not be read').waitFor({ state: 'detached' });
  });

  it('tells the last check from the last change', async () => {
    await page.setViewportSize({ width: 1600, height: 900 }); // a narrower line has the last check alone
    const line = page.locator('.line');
    await page.getByText('last change').waitFor();
    const change = /last change (.*)$/.exec((await line.textContent()) ?? '')?.[1];
    const check = async (): Promise<string | undefined> => /last check (.*?) ·/.exec((await line.textContent()) ?? '')?.[1];
    const before = await check();
    await eventually(async () => {
      recon.comment();
      expect(await check()).not.toBe(before);
    });
    await expectSoon(() => line.textContent()).toContain(`last change ${change}`);
  });

  it('loads the eighth tab: all tabs share one stream, and the next one takes over when its tab is closed', async () => {
    await page.close();
    await eventually(async () => expect(recon.openStreams).toBe(0));
    const tabs: Page[] = [];
    for (let tab = 0; tab < 8; tab += 1) {
      const opened = await shown.open('/', {}, tabs[0]);
      tabs.push(opened);
      await opened.getByText('Adds up').waitFor();
    }
    expect(recon.openStreams).toBe(1);

    await tabs[0]?.close();
    await eventually(async () => expect(recon.openStreams).toBe(1));
    recon.counts = { ...counts, accepted: (counts.accepted as number) + 1, inFlight: 1 };
    await eventually(async () => {
      recon.push();
      for (const tab of tabs.slice(1)) expect(plain(await tab.locator('.sum .total dd').textContent())).toBe('322 event deliveries');
    });
    expect(recon.openStreams).toBe(1);
    await tabs[1]?.context().close();
    page = await shown.open('/');
  });

  it('says that the line is lost when recon is away, and recovers', async () => {
    await recon.stop();
    await page.getByText('Connection lost').waitFor();
    await recon.start();
    await page.locator('.line.live').waitFor({ timeout: 20_000 });
    problems.length = 0; // refused connections, on purpose
  });

  it.each(['light', 'dark'] as const)('is readable in %s: contrast of at least 4.5', async (theme) => {
    await page.getByRole('combobox').selectOption(theme);
    const poor = await page.evaluate(contrastBelow, 4.5);
    expect(poor).toEqual([]);
    await page.screenshot({ path: join(screens, `theme-${theme}.png`), fullPage: true });
    await page.goto(`${shown.url}/payments/ch_DFwKjjfaddVR4CcFu`);
    await page.locator('.trace .amount').waitFor();
    expect(await page.evaluate(contrastBelow, 4.5)).toEqual([]);
    await page.screenshot({ path: join(screens, `payment-${theme}.png`), fullPage: true });
  });

  it.each(['/', '/payments', '/payments/ch_DFwKjjfaddVR4CcFu'])(
    'breaks no rule of WCAG 2 A and AA that a machine can check: %s',
    async (path) => {
      const checked = await shown.open(path, { bypassCSP: true }); // the checker is no part of the page
      await checked.locator('tbody tr').first().waitFor();
      if (path.includes('ch_')) await checked.locator('.trace .amount').waitFor();
      const violations = await shown.violations(checked);
      await checked.close();
      expect(violations).toEqual([]);
    },
  );

  it.each([
    ['/', 'narrow'],
    ['/payments', 'narrow-list'],
    ['/payments/ch_DFwKjjfaddVR4CcFu', 'narrow-payment'],
  ])('fits a narrow window: %s', async (path, name) => {
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(`${shown.url}${path}`);
    await page.locator('tbody tr').first().waitFor();
    if (path.includes('ch_')) await page.locator('.trace .amount').waitFor();
    await expectSoon(() => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true);
    await page.screenshot({ path: join(screens, `${name}.png`), fullPage: true });
  });

  it('talks to nobody else, runs nothing from elsewhere, and reports no error', async () => {
    const headers = (await fetch(shown.url)).headers;
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await fetch(`${shown.url}/api/metrics`)).status).toBe(404);
    for (const unknown of ['/elsewhere', '/payments/a/b', '/index']) expect((await fetch(`${shown.url}${unknown}`)).status).toBe(404);
    expect(elsewhere).toEqual([]);
    expect(problems).toEqual([]);
  });
});

/** Runs in the page: texts whose contrast with their background is below a limit (WCAG 2, relative luminance). */
function contrastBelow(limit: number): string[] {
  const channels = (color: string): number[] => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color: string): number => {
    const [r = 0, g = 0, b = 0] = channels(color).map((value) => {
      const part = value / 255;
      return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const backgroundOf = (element: Element | null): string => {
    if (!element) return 'rgb(255, 255, 255)';
    const color = getComputedStyle(element).backgroundColor;
    return channels(color)[3] === 0 || color === 'transparent' ? backgroundOf(element.parentElement) : color;
  };
  const poor = new Set<string>();
  for (const element of document.querySelectorAll('h1, h2, h3, p, dt, dd, td, th, button, a, .chip, .muted, summary')) {
    if (!element.textContent?.trim() || (element as HTMLElement).offsetParent === null) continue;
    const [a, b] = [luminance(getComputedStyle(element).color), luminance(backgroundOf(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < limit) poor.add(`${element.tagName}.${element.className} ${contrast.toFixed(2)}`);
  }
  return [...poor];
}
