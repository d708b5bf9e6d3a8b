/// <reference lib="dom" />
import { join } from 'node:path';
import { Child, freePorts, startStack, workspaceRoot } from '@tributary/local-stack';
import type { LetterTotalsView, OrderView } from '@tributary/contracts';
import { headers } from '@tributary/contracts';
import { aRequest, DeadLetterSystem } from '@tributary/recon/testing';
import type { Death } from '@tributary/recon/testing';
import type { Locator, Page } from 'playwright-core';
import { chromiumPath, ConsoleInChromium, eventually, screens } from './testing/console-in-chromium.js';
import { expectSoon } from './testing/expect-soon.js';

/** Letters and sequences of each cause. */
const causes = {
  'kinetic.period-closed': { letters: 250, sequences: 36 },
  'mapping.currency-unmapped': { letters: 130, sequences: 18 },
  'refund.approval': { letters: 20, sequences: 6 },
} as const;
const mostActions = 60;

let serial = 1_000;
function deathsOf(code: keyof typeof causes): Death[] {
  return Array.from({ length: causes[code].letters }, (_, n) => {
    serial += 1;
    const sequence = `pi-${code}-${n % causes[code].sequences}`;
    const request = aRequest(`${code}-${n}`, { sequence });
    return { request, eventId: `req-${code}-${n}`, sequence, partition: (n % causes[code].sequences) % 3, offset: serial, code };
  });
}

/** Somebody at the desk: counts what they do. A click, a key, and a field that is filled in are one action each. */
class Operator {
  actions = 0;
  constructor(readonly page: Page) {}

  async click(what: Locator): Promise<void> {
    this.actions += 1;
    await what.click();
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.actions += 1;
      await this.page.keyboard.press(key);
    }
  }

  async fill(label: string, text: string): Promise<void> {
    this.actions += 1;
    await this.page.getByLabel(label).fill(text);
  }

  /** Gives what the dialog is about. @param verb the name of its button. */
  async give(verb: string, why: string, rate?: string): Promise<void> {
    const dialog = this.page.getByRole('dialog');
    await dialog.locator('.order-size').waitFor();
    await this.fill('Why', why);
    if (rate !== undefined) await this.fill('At most so many a second', rate);
    await this.click(dialog.getByRole('button', { name: verb }));
    await expectSoon(() => new URL(this.page.url()).pathname).toMatch(/^\/orders\//);
  }

  /** Until the order that is shown has ended. */
  async ended(): Promise<string> {
    await expectSoon(() => this.page.locator('.chip.done').count()).toBe(1);
    return (await this.page.locator('main [role=status]').first().textContent()) ?? '';
  }

  /** To the causes. @param first the text of the first row that is there when the page has read them; undefined: nothing is open. */
  async toDesk(first?: string): Promise<void> {
    await this.click(this.page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'Desk', exact: true }));
    if (first === undefined) await this.page.getByText('No dead letter is open.').waitFor();
    else await expectSoon(() => this.page.locator('.desk-table tbody tr').first().textContent()).toContain(first);
  }
}

(chromiumPath ? describe : describe.skip)('an incident at the desk', () => {
  const shown = new ConsoleInChromium();
  const unmapped = deathsOf('mapping.currency-unmapped');
  let system: DeadLetterSystem;
  let stopOwner: () => Promise<void>;

  beforeAll(async () => {
    system = await DeadLetterSystem.start({ startStack, freePorts, Child, workspaceRoot });
    stopOwner = await system.startOwner();
    await system.startRecon({ DEAD_LETTER_GIVE_AGAIN_MS: '10000' });
    await system.bury(deathsOf('kinetic.period-closed'));
    await system.bury(unmapped);
    await system.bury(deathsOf('refund.approval'), {
      [headers.disposition]: 'hold',
      [headers.errorText]: 'A refund above the limit: is it to be booked? Answers: post, skip.',
      [headers.errorContext]: JSON.stringify({ flow: 'refund', question: 'refund.approval', answers: 'post, skip' }),
    });
    await eventually(async () => expect((await open()).count).toBe(400));
    await shown.start({ RECON_URL: `http://127.0.0.1:${system.port}` });
  }, 300_000);
  afterAll(async () => {
    await shown.stop();
    await stopOwner?.();
    await system?.stop();
  }, 60_000);

  const open = async (): Promise<LetterTotalsView> =>
    (await system.call<LetterTotalsView>('GET', '/dead-letters/totals?state=notClosed')).body;
  const orders = async (): Promise<readonly OrderView[]> =>
    (await system.call<{ orders: OrderView[] }>('GET', '/dead-letter-orders')).body.orders;

  it('is worked off in the browser: 400 failures, 3 causes, 60 sequences, in at most 60 actions', async () => {
    expect(await open()).toMatchObject({ count: 400, sequences: 60, amounts: [{ text: '4200.00', currency: 'USD' }] });
    system.owner.dies = (eventId) => /^req-mapping\.currency-unmapped-[01]$/.test(eventId);
    const page = await shown.open('/', { viewport: { width: 1400, height: 1000 } });
    const operator = new Operator(page);

    // The cause with most letters, by keyboard; half of it is paused and goes on.
    await operator.toDesk('kinetic.period-closed');
    await page.screenshot({ path: join(screens, 'desk-incident.png'), fullPage: true });
    await operator.press('j', ' ', 'p');
    await page.locator('.order-size').waitFor();
    await expectSoon(() => page.locator('.order-size').textContent()).toBe('250 letters of 36 sequences, 2,625.00 USD');
    await operator.give('Replay 250', 'the period is open again', '60');
    await operator.click(page.getByRole('button', { name: 'Pause' }));
    await operator.fill('Why', 'look at the first ones');
    await operator.press('Enter');
    await page.locator('.chip.paused').waitFor();
    await page.screenshot({ path: join(screens, 'order-paused.png'), fullPage: true });
    await operator.click(page.getByRole('button', { name: 'Continue' }));
    await operator.fill('Why', 'they are right');
    await operator.press('Enter');
    expect(await operator.ended()).toContain('All 250 are done.');

    // The next cause; two of its letters fail again, and the rest of their sequences is left alone.
    await operator.toDesk('mapping.currency-unmapped');
    await operator.press('j', ' ', 'p');
    await operator.give('Replay 130', 'the account is mapped', '100');
    expect(await operator.ended()).toMatch(/2 failed again, \d+ were not dispatched/);
    await expectSoon(() => page.getByRole('region', { name: 'Letters of the order' }).locator('tbody tr').count()).toBe(2);
    await page.screenshot({ path: join(screens, 'order-failed.png'), fullPage: true });

    await system.bury(unmapped.slice(0, 2)); // as their group does it
    await expectSoon(() => page.getByRole('region', { name: 'Letters of the order' }).getByText(' as ').count()).toBe(2);

    // Mended for those as well: all sequences of the cause that still stand.
    system.owner.dies = () => false;
    await operator.toDesk('refund.approval'); // fewer are left of the other cause
    await operator.click(page.getByRole('link', { name: 'mapping.currency-unmapped' }));
    await page.getByText(/letters? of 2 sequences/).waitFor(); // until then the causes are there, with the same box
    await operator.click(page.getByLabel('Select all that are shown'));
    await operator.press('p');
    await operator.give('Replay', 'the second account as well');
    expect(await operator.ended()).toContain('All');

    // The questions: one is answered by itself, the others together.
    await operator.toDesk('refund.approval');
    await operator.click(page.getByRole('navigation', { name: 'Lists of the desk' }).getByRole('link', { name: 'Held and questions' }));
    await page.locator('.answers').first().waitFor();
    await page.screenshot({ path: join(screens, 'desk-held.png'), fullPage: true });
    await operator.click(page.locator('.answers').first().getByRole('button', { name: 'skip' }));
    await operator.give('Answer', 'the customer kept the goods');
    await operator.ended();
    await operator.toDesk('refund.approval');
    await operator.click(page.getByRole('navigation', { name: 'Lists of the desk' }).getByRole('link', { name: 'Held and questions' }));
    await operator.click(page.getByLabel('Select all that are shown'));
    await operator.click(page.getByRole('button', { name: 'Answer post' }));
    await operator.give('Answer', 'approved by the controller', '100');
    await operator.ended();

    await operator.toDesk();
    process.stderr.write(`the desk: 400 failures, 3 causes, 60 sequences worked off in ${operator.actions} actions\n`);
    expect(operator.actions).toBeLessThanOrEqual(mostActions);
    expect((await open()).count).toBe(0);
    // Each message went back once, and once more where it had failed again or was left alone.
    const went = system.owner.effects.filter(({ eventId }) => !/-unmapped-/.test(eventId));
    expect([went.length, new Set(went.map(({ eventId }) => eventId)).size]).toEqual([270, 270]);
    const given = await orders();
    expect(given.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'done']);
    expect(given.reduce((sum, { done }) => sum + done, 0)).toBe(400);
    expect([shown.elsewhere, shown.problems]).toEqual([[], []]);
    await page.close();
  }, 240_000);
});
