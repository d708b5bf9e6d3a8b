/// <reference lib="dom" />
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { chromiumPath, eventually, screens } from './testing/console-in-chromium.js';
import { consoleOver } from './testing/console-over.js';
import { expectSoon } from './testing/expect-soon.js';
import { settled } from './testing/settled.js';
import { recorded, ReconStandIn } from './recon-stand-in.js';

const eur = { minor: '22355', currency: 'EUR', text: '223.55', exact: true };
const charge = (recorded('trace').payment as { chargeId: string }).chargeId;
const payment = {
  kind: 'payment',
  id: charge,
  title: '',
  amount: eur,
  word: 'inLedger',
  at: '2026-11-21T06:00:00Z',
  address: `/payments/${charge}`,
};
const customer = { ...payment, kind: 'customer', id: 'cus_1', amount: null, word: 'payments: 2', address: '/payments?customer=cus_1' };
const unknown = {
  ...payment,
  kind: 'a new \u202Ekind',
  id: 'x_\u0000',
  amount: { minor: 'x' },
  word: 'w'.repeat(2_000),
  at: 'yesterday',
  address: '',
};

(chromiumPath ? describe : describe.skip)('the search of the console', () => {
  const { recon, shown } = consoleOver(new ReconStandIn());
  let page: Page;

  beforeEach(async () => {
    recon.reset();
    page = await shown.open('/', { viewport: { width: 1400, height: 900 }, bypassCSP: true });
    await page.getByText('Adds up').waitFor();
  });
  afterEach(() => page.close());

  const field = () => page.getByRole('combobox', { name: /Search by any id/ });
  const options = () => page.getByRole('dialog').getByRole('option');
  const activeText = (): Promise<string | null> =>
    page.evaluate(() => {
      const id = document.querySelector('[role=combobox]')?.getAttribute('aria-activedescendant');
      return id ? (document.getElementById(id)?.textContent ?? null) : null;
    });

  it('opens by its button, by / and by Ctrl-K, also while somebody types, and closes with Esc', async () => {
    await page.getByRole('button', { name: 'Search' }).click();
    await field().waitFor();
    await page.keyboard.press('Escape');
    await field().waitFor({ state: 'detached' });
    await page.keyboard.press('/');
    await field().waitFor();
    await expectSoon(() => field().inputValue()).toBe('');
    await page.keyboard.press('Control+k');
    await field().waitFor({ state: 'detached' });
    await page.goto(`${shown.url}/payments`);
    await page.locator('main input[type=search]').focus();
    await page.keyboard.press('Control+k');
    await field().waitFor();
    await expectSoon(() => field().evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('finds while somebody types, grouped by kind, and leads to the page with arrow keys and Enter', async () => {
    recon.searches = { c: { answer: { found: [customer, payment], more: true } } };
    await page.keyboard.press('/');
    await field().fill('c');
    await options().nth(1).waitFor();
    await expectSoon(() => page.locator('.search-kind').allTextContents()).toEqual(['Payments', 'Customers']);
    await expectSoon(() => options().first().textContent()).toMatch(/223\.55 EUR.*In the ledger/);
    await expectSoon(() => page.getByRole('status').filter({ hasText: 'results' }).textContent()).toMatch(/2 results, and there are more/);
    await expectSoon(() => activeText()).toContain(charge);
    await page.keyboard.press('ArrowDown');
    await expectSoon(() => activeText()).toContain('cus_1');
    await page.keyboard.press('ArrowDown');
    await expectSoon(() => activeText()).toContain(charge);
    await page.keyboard.press('ArrowUp');
    await expectSoon(() => activeText()).toContain('cus_1');
    await page.screenshot({ path: join(screens, 'search.png') });
    expect(await shown.violations(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expectSoon(() => new URL(page.url()).pathname).toBe(`/payments/${charge}`);
    await page.keyboard.press('/');
    await page.getByRole('option', { name: 'c', exact: true }).waitFor(); // searched for in this tab
    await expectSoon(() => page.locator('.search-kind').allTextContents()).toEqual(['Searched for in this tab']);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: /cus_1/ }).waitFor();
  });

  it('asks when typing pauses, and shows the newest answer only', async () => {
    recon.searches = { slow: { answer: { found: [customer] }, delayMs: 900 }, quick: { answer: { found: [payment] } } };
    await page.keyboard.press('/');
    await field().pressSequentially('slo', { delay: 20 });
    await field().press('w');
    await eventually(() => Promise.resolve(expect(recon.searchedFor).toEqual(['slow'])));
    await field().fill('quick');
    await page.getByRole('option', { name: new RegExp(charge) }).waitFor();
    await page.waitForTimeout(1_000);
    await expectSoon(() => options().count()).toBe(1);
    expect(recon.searchedFor).toEqual(['slow', 'quick']);
  });

  it('opens what Enter asked for before the answer was there', async () => {
    recon.searches = { [charge]: { answer: { found: [payment] }, delayMs: 200 } };
    await page.keyboard.press('/');
    await field().fill(charge);
    await field().press('Enter');
    await expectSoon(() => new URL(page.url()).pathname).toBe(`/payments/${charge}`);
  });

  it('says what is not found, what is not searched, and that it does not answer; Enter tries again', async () => {
    recon.searches = {
      'Ada Lovelace': { answer: { as: 'text', hint: 'Names are stored encrypted, and are not searched.' } },
      ch_away: { status: 503 },
    };
    await page.keyboard.press('/');
    await page.getByText(/an amount \(223\.55 EUR\)/).waitFor();
    await field().fill('Ada Lovelace');
    await page.getByText('Nothing is known by Ada Lovelace').waitFor();
    await page.getByText('Names are stored encrypted').waitFor();
    await field().fill('ch_away');
    await page.getByText('The search does not answer').waitFor();
    recon.searches = { ch_away: { answer: { found: [payment] } } };
    await field().press('Enter');
    await options().first().waitFor();
    shown.problems.length = 0; // the browser reports the 503 itself
  });

  it('keeps an e-mail address out of every address, and does not remember it', async () => {
    recon.searches = { 'ada@example.test': { answer: { as: 'email', found: [payment] } } };
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    await page.keyboard.press('/');
    await field().fill('ada@example.test');
    await options().first().waitFor();
    await page.keyboard.press('Enter');
    await expectSoon(() => new URL(page.url()).pathname).toBe(`/payments/${charge}`);
    expect([...addresses, ...recon.asked].filter((address) => address.includes('ada'))).toEqual([]);
    expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).not.toContain('ada@');
  });

  it('shows hostile answers as texts, and what it does not know without a link', async () => {
    recon.searches = { x: { answer: { found: [unknown, null, 7, { ...payment, id: '<img src=x>' }], hint: '\u202Ehint' } } };
    await page.keyboard.press('/');
    await field().fill('x');
    await options().nth(1).waitFor();
    await expectSoon(() => options().last().textContent()).toContain(String.raw`x_\u0000`);
    expect(await page.locator('.search-dialog img').count()).toBe(0);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expectSoon(() => field().isVisible()).toBe(true);
  });

  it('fits a phone, in the dark as well', async () => {
    const phone = await shown.open('/', { viewport: { width: 360, height: 700 }, colorScheme: 'dark', bypassCSP: true });
    recon.searches = { c: { answer: { found: [payment, customer, unknown] } } };
    await phone.getByRole('button', { name: 'Search' }).click();
    await phone.getByRole('combobox', { name: /Search by any id/ }).fill('c');
    await phone.getByRole('dialog').getByRole('option').first().waitFor();
    await phone.screenshot({ path: join(screens, 'search-phone.png') });
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await shown.violations(phone)).toEqual([]);
    await phone.close();
  });

  it('presses the export of the page with e, reads again with r, and goes to the desk with d where there is one', async () => {
    await page.evaluate(() => {
      const link = document.createElement('a');
      link.href = '#exported';
      link.dataset.export = '';
      link.textContent = 'Export';
      document.querySelector('main')?.append(link);
    });
    await page.keyboard.press('e');
    await expectSoon(() => new URL(page.url()).hash).toBe('#exported');
    await settled(page); // what is being read already is not asked for again
    const before = recon.asked.filter((path) => path === '/today').length;
    await page.keyboard.press('r');
    await eventually(() => Promise.resolve(expect(recon.asked.filter((path) => path === '/today').length).toBe(before + 1)));
    const hasDesk = (await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'Desk' }).count()) > 0;
    await page.keyboard.press('d');
    await expectSoon(() => new URL(page.url()).pathname).toBe(hasDesk ? '/desk' : '/');
  });

  it('opens a page once: what it shows is asked for one time', async () => {
    recon.format = { locale: 'de-DE', timeZone: 'Europe/Berlin', company: 'EPIC06', livemode: false, ledgerZone: 'Europe/Berlin' };
    await page.close(); // what it still asks for is not counted
    await new Promise((resolve) => setTimeout(resolve, 500));
    recon.asked.length = 0;
    const fresh = await shown.open('/', { viewport: { width: 1400, height: 900 } });
    await fresh.getByText('Adds up').waitFor();
    await fresh.getByText('ledger day: Europe/Berlin').waitFor();
    await fresh.waitForTimeout(500);
    expect(recon.asked.filter((path) => path.startsWith('/today'))).toEqual(['/today']);
    expect(recon.asked.filter((path) => path === '/company-format')).toHaveLength(1);
    await fresh.close();
  });

  it('talks to nobody else, and reports no error', () => {
    expect(shown.elsewhere).toEqual([]);
    expect(shown.problems).toEqual([]);
  });
});
