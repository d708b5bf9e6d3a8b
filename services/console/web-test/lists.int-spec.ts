/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { hostileRows } from '../src/testing/hostile-rows.js';
import { chromiumPath, eventually, screens } from './testing/console-in-chromium.js';
import { settled } from './testing/settled.js';
import { consoleOver } from './testing/console-over.js';
import { expectSoon } from './testing/expect-soon.js';
import { ReconStandIn } from './recon-stand-in.js';

const row = (sequence: number): object => ({
  ...{ sequence: String(sequence), at: '2026-11-21T07:31:39.123456Z', subject: 'person:7f3a', name: 'Ada', action: 'order.approved' },
  ...{
    object: `order:ord_${sequence}`,
    target: 'kinetic-main',
    reason: 'checked with the bank statement',
    address: '10.0.0.7',
    hash: 'a'.repeat(64),
  },
  details: { edit: { letter: 'dl_1', money: [{ path: 'amount.minor', before: '100', after: '90' }] } },
});
const whole = {
  ...{
    startedAt: '2026-11-21T08:00:00Z',
    endedAt: '2026-11-21T08:00:02Z',
    whole: true,
    rows: '120',
    anchoredUntil: '120',
    finding: null,
    isProtected: true,
  },
  sentences: ['The audit trail is whole: 120 rows.', 'Anchored to its end.'],
};

(chromiumPath ? describe : describe.skip)('lists, and the audit trail', () => {
  const { recon, shown } = consoleOver(new ReconStandIn());
  let page: Page;

  beforeEach(() => {
    recon.reset();
    recon.records = {
      '/audit': { rows: [row(120), row(119)], next: '119', previous: null },
      '/audit/verification': { running: null, last: null, problem: null },
      '/audit/120': { ...row(120), previous: 'b'.repeat(64), fitsItsHash: true, followsTheRowBefore: true },
    };
  });
  afterEach(() => page.close());

  it('puts filters of the form into the address, shows them, and takes each away', async () => {
    page = await shown.open('/audit', { viewport: { width: 1400, height: 900 }, timezoneId: 'America/New_York' });
    await page.getByText('Filter', { exact: true }).click();
    await page.getByLabel('Did').fill('order.approved');
    await page.getByLabel('From').fill('2026-11-20');
    await page.getByRole('button', { name: 'Show' }).click();
    await expectSoon(() => new URL(page.url()).search).toBe('?action=order.approved&from=2026-11-20T05%3A00%3A00.000Z');
    await eventually(async () => expect(recon.asked).toContain('/audit?action=order.approved&from=2026-11-20T05%3A00%3A00.000Z&limit=50'));
    await page.screenshot({ path: join(screens, 'audit-filtered.png'), fullPage: true });
    await page.getByRole('link', { name: 'Did order.approved: take this filter away' }).click();
    await expectSoon(() => new URL(page.url()).search).toBe('?from=2026-11-20T05%3A00%3A00.000Z');
    await page.getByRole('link', { name: 'Next page' }).click();
    await expectSoon(() => new URL(page.url()).search).toContain('after=119');
    recon.records['/audit'] = { rows: [row(118)], next: null, previous: '118' };
    await page.reload();
    await page.getByRole('link', { name: 'Page before' }).click();
    await expectSoon(() => new URL(page.url()).search).toContain('before=118');
  });

  it('goes on to the next page from the last row, and back from the first one, by keys alone', async () => {
    page = await shown.open('/audit', { viewport: { width: 1400, height: 900 } });
    await page.getByRole('link', { name: '119', exact: true }).focus();
    await page.route('**/api/audit?*', (route) =>
      route.fulfill({
        json: route.request().url().includes('after=119')
          ? { rows: [row(118), row(117)], next: null, previous: '118' }
          : { rows: [row(120), row(119)], next: '119', previous: null },
      }),
    );
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.textContent ?? '');
    await page.keyboard.press('j');
    await expectSoon(focused).toBe('118');
    await expectSoon(() => new URL(page.url()).search).toBe('?after=119');
    await page.keyboard.press('j');
    await page.keyboard.press('j'); // there is no page after it
    await expectSoon(focused).toBe('117');
    await page.keyboard.press('k');
    await page.keyboard.press('k');
    await expectSoon(focused).toBe('119');
    await expectSoon(() => new URL(page.url()).search).toBe('?before=118');
  });

  it('reads a list as a file, and saves it only when it is whole', async () => {
    page = await shown.open('/audit?action=order.approved', { acceptDownloads: true });
    const head = '"sequence"\r\n"120"\r\n"119"\r\n';
    recon.files = { '/audit.csv': `${head}"end of the list","2 rows"\r\n` };
    const saved = page.waitForEvent('download');
    await page.locator('[data-export]').click();
    const file = await saved;
    expect(file.suggestedFilename()).toBe('audit.csv');
    expect(readFileSync(await file.path(), 'utf8')).toBe(recon.files['/audit.csv']);
    await page.getByText('2 entries saved.').waitFor();
    expect(recon.asked).toContain('/audit.csv?action=order.approved');
    recon.files = { '/audit.csv': head };
    await page.locator('[data-export]').click();
    await page.getByText(/broke off after \d+ rows?s?\. Nothing was saved/).waitFor();
    recon.files = { '/audit.csv': `${head}"not the whole list","2 rows; a file has at most 2: narrow the filters"\r\n` };
    await page.locator('[data-export]').click();
    await page.getByText('Not the whole list: 2 rows; a file has at most 2').waitFor();
  });

  it('copies an id exactly as it is', async () => {
    page = await shown.open('/audit', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'Copy order:ord_120' }).click();
    await expectSoon(() => page.evaluate(() => navigator.clipboard.readText())).toBe('order:ord_120');
  });

  it('verifies the trail in the page: progress, then the result, then the first break in words', async () => {
    page = await shown.open('/audit', { viewport: { width: 1400, height: 900 } });
    await page.getByText('Nobody has verified it from here yet.').waitFor();
    const running = { startedAt: '2026-11-21T08:00:00Z', startedBy: 'Ada', rows: '60', of: '120' };
    // It runs from the order on: the page asks by itself, too, whenever a figure changes.
    await page.route('**/api/audit/verification', async (route) => {
      const begun = { running, last: null, problem: null };
      if (route.request().method() === 'POST')
        recon.records = { ...recon.records, '/audit/verification': begun, 'POST /audit/verification': begun };
      await route.continue();
    });
    await page.getByRole('button', { name: 'Verify now' }).click();
    await page.getByText('60 of 120 rows').waitFor();
    await expectSoon(() => page.getByRole('button', { name: 'Verify now' }).isDisabled()).toBe(true);
    recon.records['/audit/verification'] = { running: null, last: whole, problem: null };
    await page.getByText('The audit trail is whole: 120 rows.').waitFor();
    await page.screenshot({ path: join(screens, 'audit.png'), fullPage: true });
    const finding = { kind: 'changed', sequence: '7', until: '7', text: 'row 7 was changed: it does not fit its hash' };
    const sentences = [`TAMPERED WITH (changed): ${finding.text}. The 6 rows before are in order.`];
    await page.getByRole('button', { name: 'Verify now' }).click();
    await page.getByText('60 of 120 rows').waitFor();
    recon.records['/audit/verification'] = { running: null, last: { ...whole, whole: false, finding, sentences }, problem: null };
    await page.getByText(/TAMPERED WITH \(changed\): row 7/).waitFor();
    await expectSoon(() => page.getByRole('link', { name: 'Row 7' }).getAttribute('href')).toBe('/audit/7');
  });

  it('shows one entry with what was before and after', async () => {
    page = await shown.open('/audit', { viewport: { width: 1400, height: 900 } });
    await page.getByRole('link', { name: '120', exact: true }).click();
    await expectSoon(() => new URL(page.url()).pathname).toBe('/audit/120');
    await page.getByText('Fits its hash and the row before').waitFor();
    const cells = page.locator('tr', { hasText: 'amount.minor' }).locator('td');
    await expectSoon(() => cells.allTextContents()).toEqual(['amount.minor', '100', '90']);
    await page.screenshot({ path: join(screens, 'audit-entry.png'), fullPage: true });
  });

  it.each([
    ['movements', '/movements', 'movements'],
    ['dead-letters', '/dead-letters', 'deadLetters'],
    ['parked', '/dead-letters/parked', 'parked'],
    ['documents', '/reconciliation/documents', 'documents'],
    ['audit', '/audit', 'rows'],
    ['postings', '/postings', 'postings'],
  ])('draws the list of %s with any rows, on a phone as well', async (list, path, name) => {
    recon.records[path] = { [name]: hostileRows.map(({ row: hostile }) => hostile), next: 'more', previous: null };
    page = await shown.open(`/${list}`, { viewport: { width: 360, height: 740 } });
    await page
      .locator('tbody tr')
      .nth(hostileRows.length - 1)
      .waitFor();
    expect(await page.getByText('could not be shown').count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await page.evaluate(() => document.body.innerText)).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/);
  });

  it.each(['light', 'dark'] as const)('breaks no rule of WCAG 2.2 A and AA that a machine can check, %s', async (theme) => {
    recon.records['/audit/verification'] = { running: null, last: whole, problem: null };
    for (const path of ['/audit?action=order.approved', '/audit/120', '/movements']) {
      recon.records['/movements'] = { movements: [], next: null, previous: null };
      page = await shown.open(path, { bypassCSP: true, colorScheme: theme });
      await page.locator('main h2').first().waitFor();
      await settled(page);
      expect([path, await shown.violations(page)]).toEqual([path, []]);
      await page.screenshot({ path: join(screens, `${path.split(/[/?]/)[1] ?? ''}-${theme}.png`), fullPage: true });
      if (path !== '/movements') await page.close();
    }
  });
});
