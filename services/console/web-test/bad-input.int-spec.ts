/// <reference lib="dom" />
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { SinkStandIn } from '../src/testing/sink-stand-in.js';
import { ReconStandIn } from './recon-stand-in.js';
import { chromiumPath, ConsoleInChromium, eventually, screens } from './testing/console-in-chromium.js';
import { expectSoon } from './testing/expect-soon.js';
import { aTarget } from './testing/targets.js';
import { whenSettled } from './testing/settled.js';

const rooms = [
  '/',
  '/payments',
  '/customers',
  '/desk',
  '/desk?view=letters&cause=x',
  '/books',
  '/events',
  '/audit',
  '/notifications',
  '/movements',
];
const usd = (minor: string, text: string): object => ({ minor, currency: 'USD', text, exact: true });
const dayMs = 86_400_000;

/** Text that a customer of a shop may have typed as their name: markup, directions, controls, half characters, emoji, and far too much of it. */
const hostile = `<script>alert(1)</script><img src=x onerror=alert(2)>\u202egnp\u2066\u0000\u001b[31m\ud800👩🏽‍🚀${'x'.repeat(10_000)}`;
/** A value with this in every text but times, ids of pages, and amounts, which recon works out. */
function everywhere(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return /^(chargeId|at|.*At)$/.test(name) ? value : hostile;
  if (Array.isArray(value)) return value.map((one) => everywhere(one));
  if (typeof value !== 'object' || value === null || 'minor' in value) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, everywhere(inner, key)]));
}
/** Elements that make a page wider than its window: those that nothing around them cuts or scrolls. */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1)
      .filter((one) => {
        for (let around = one.parentElement; around; around = around.parentElement)
          if (around !== document.body && getComputedStyle(around).overflowX !== 'visible') return false;
        return true;
      })
      .map((one) => `${one.tagName}.${one.getAttribute('class') ?? ''} in ${one.parentElement?.getAttribute('class') ?? ''}`)
      .slice(0, 8),
  );
}
/** A row of any list, with the fields that lists show. */
const anyRow = everywhere({
  ...{
    id: '',
    eventId: '',
    type: '',
    state: '',
    reason: '',
    name: '',
    customerId: '',
    text: '',
    cause: '',
    group: '',
    topic: '',
    sequence: '',
  },
  ...{
    subject: '',
    action: '',
    object: '',
    target: '',
    details: { why: '' },
    condition: '',
    about: '',
    severity: '',
    head: '',
    example: '',
  },
  ...{
    postingKey: '',
    kind: '',
    by: '',
    result: '',
    receivedAt: '2026-11-21T07:33:00Z',
    deadAt: '2026-11-21T07:33:00Z',
    letters: 1,
    count: 1,
  },
  ...{
    amount: usd('1050', '10.50'),
    money: [usd('1050', '10.50')],
    moneyAtRisk: [usd('1050', '10.50')],
    question: { code: '', answers: [''] },
  },
});
const lists = {
  '/customers': { customers: [anyRow], next: null, previous: null },
  '/customers/questions': { questions: [anyRow], next: null },
  '/events': { events: [anyRow], next: null, previous: null },
  '/audit': { rows: [anyRow], next: null, previous: null },
  '/notifications': { notifications: [anyRow], next: null },
  '/movements': { movements: [anyRow], next: null, previous: null },
  '/dead-letters': { deadLetters: [anyRow], next: null },
  '/dead-letters/causes': { causes: [anyRow] },
  '/dead-letters/sequences': { sequences: [anyRow], next: null },
  '/dead-letter-orders': { orders: [anyRow] },
};

/** Lists of the rooms when nothing is in them. */
const emptyLists = Object.fromEntries(
  Object.entries(lists).map(([path, answer]) => [
    path,
    Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, Array.isArray(value) ? [] : value])),
  ]),
);

(chromiumPath ? describe : describe.skip)('bad input', () => {
  const recon = new ReconStandIn();
  const sink = new SinkStandIn();
  const shown = new ConsoleInChromium();
  const pages: Page[] = [];

  beforeAll(async () => {
    const address = await sink.start();
    await shown.start({ RECON_URL: await recon.start(), ERP_SINK_URLS: `kinetic-main=${address}` });
  }, 180_000);
  afterAll(async () => {
    await shown.stop();
    await Promise.all([recon.stop(), sink.stop()]);
  });
  beforeEach(() => {
    recon.reset();
    shown.problems.length = 0;
    sink.status = 200;
    sink.answers = {
      'GET /targets': { targets: [aTarget('kinetic-main')] },
      'GET /batches': { batches: [] },
      'GET /release-orders': { orders: [] },
    };
  });
  afterEach(async () => {
    await Promise.all(pages.splice(0).map((page) => page.close()));
  });

  const open = async (path: string): Promise<Page> => {
    const page = await shown.open(path, { viewport: { width: 1200, height: 900 } });
    pages.push(page);
    return page;
  };
  /** What pages threw. What the browser says of an answer that was an error is none of it. */
  const thrown = (): readonly string[] => shown.problems.filter((text) => !/Failed to load resource|the server responded/.test(text));
  const away = /does not answer/;

  it('every room says that recon is away, throws nothing, and comes back by itself', async () => {
    recon.records = { '/books': { targets: [], clearing: [], problems: [] }, ...emptyLists };
    await recon.stop();
    for (const room of rooms) {
      const page = await open(room);
      await page.getByText('Connection lost').waitFor();
      await expectSoon(async () => [room, await page.locator('main').innerText()]).toEqual([room, expect.stringMatching(away)]);
    }
    await pages[3]?.screenshot({ path: join(screens, 'recon-away.png') });
    // Nothing is 0 because somebody does not answer.
    await expectSoon(() => pages[3]?.getByRole('navigation', { name: 'Lists of the desk' }).getByRole('link').first().innerText()).toBe(
      'Causes',
    );
    await recon.start();
    for (const [index, page] of pages.entries()) {
      await page.locator('.line.live').waitFor();
      await expectSoon(async () => [rooms[index], await page.locator('main').innerText()]).toEqual([
        rooms[index],
        expect.not.stringMatching(away),
      ]);
    }
    expect(thrown()).toEqual([]);
  }, 240_000);

  it('says which half is away, shows the other one, and comes back by itself: a sink, Stripe, the database of recon', async () => {
    recon.records = {
      ...emptyLists,
      '/books': { targets: [], clearing: [], problems: ['Stripe does not answer: the movements are those of 07:00'] },
    };
    await sink.stop();
    const groups = await open('/desk?view=groups');
    await groups.getByText('The sink of kinetic-main does not answer').waitFor();
    const targets = await open('/targets');
    await targets.getByText('The sink of kinetic-main does not answer').waitFor();
    const books = await open('/books');
    await books.getByText('Stripe does not answer').waitFor();
    await sink.start();
    await groups.getByText('Every group is released.').waitFor({ timeout: 30_000 });
    await targets.getByRole('article', { name: 'kinetic-main', exact: true }).waitFor({ timeout: 30_000 });

    recon.broken = { error: 'database.unavailable', message: 'recon cannot be read now: PostgreSQL does not answer' };
    const desk = await open('/desk?view=sequences');
    await desk.locator('main').getByText('PostgreSQL does not answer').first().waitFor();
    await expectSoon(() => desk.getByRole('navigation', { name: 'Rooms' }).isVisible()).toBe(true);
    recon.broken = undefined;
    await desk.getByText('No sequence that fits stands still.').waitFor({ timeout: 30_000 });
    expect(thrown()).toEqual([]);
  }, 120_000);

  it('shows a payment with hostile text in every field as text, on every page where it can appear', async () => {
    const chargeId = (recon.trace.payment as { chargeId: string }).chargeId;
    recon.payments = recon.payments.slice(0, 3).map((row) => everywhere(row) as Record<string, unknown>);
    recon.trace = everywhere(recon.trace) as Record<string, unknown>;
    recon.overview = everywhere(recon.overview) as Record<string, unknown>;
    recon.today = everywhere(recon.today) as Record<string, unknown>;
    recon.records = { ...lists, '/books': { targets: [], clearing: [], problems: [hostile] } };
    recon.searches = { kettle: { answer: { found: [anyRow] } } };
    for (const path of [...rooms, `/payments/${chargeId}`, '/desk?view=held', '/desk?view=sequences', '/desk?view=orders']) {
      const page = await open(path);
      page.on('dialog', () => shown.problems.push(`${path} ran a script`));
      await page.locator('.line.live').waitFor();
      await expectSoon(() => page.locator('main').innerText()).toContain('<script>');
      const text = await whenSettled(page, () => page.locator('main').innerText());
      expect([path, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202a-\u202e\u2066-\u2069]|\p{Cs}/u.exec(text)]).toEqual([path, null]);
      expect([path, await page.getByText('could not be shown').count()]).toEqual([path, 0]);
      expect([path, await page.evaluate(() => document.querySelectorAll('main script, main img').length)]).toEqual([path, 0]);
      expect([path, await tooWide(page)]).toEqual([path, []]);
      await page.close();
    }
    expect(thrown()).toEqual([]);
  }, 240_000);

  it('stays usable with 10,000 letters of one cause: the first page, keys, and a replay of all of them with its progress', async () => {
    const order = (done: number): object => ({
      ...{
        id: 'ord_big',
        action: 'replay',
        scope: 'query',
        state: done === 10_000 ? 'done' : 'running',
        total: 10_000,
        pending: 10_000 - done,
      },
      ...{
        given: 0,
        done,
        failed: 0,
        stopped: 0,
        results: { replayed: done },
        reason: 'the period is open',
        by: 'Ada',
        ratePerSecond: 500,
      },
      ...{ orderedAt: '2026-11-21T07:33:00Z', endedAt: null, targets: ['kinetic-main'], waitsFor: [] },
    });
    const cause = {
      cause: 'kinetic.period-closed',
      group: 'tributary-sink-kinetic-main',
      held: false,
      count: 10_000,
      ordered: 0,
      parkedBehind: 7,
    };
    const sequences = Array.from({ length: 100 }, (_, n) => ({
      ...{
        group: cause.group,
        topic: 'postings.kinetic-main.v1',
        sequence: `pi_${n}`,
        head: `dl_${n}`,
        cause: cause.cause,
        text: 'closed',
      },
      ...{ letters: 1, ordered: 0, parkedBehind: 0, money: [usd('1050', '10.50')], oldestAt: '2026-11-21T07:33:00Z' },
    }));
    recon.records = {
      '/dead-letters/causes': { causes: [{ ...cause, moneyAtRisk: [usd('10500000', '105000.00')], moneyBehind: [] }] },
      '/dead-letters/sequences': { sequences, next: '7~x' },
      '/dead-letters/totals': { count: 10_000, amounts: [usd('10500000', '105000.00')], sequences: 10_000, parkedBehind: 7 },
      'POST /dead-letter-orders/preview': {
        letters: 10_000,
        sequences: 10_000,
        money: [usd('10500000', '105000.00')],
        waitsFor: [],
        leftOut: [],
      },
      'POST /dead-letter-orders': order(0),
      '/dead-letter-orders/ord_big': order(0),
      '/dead-letter-orders/ord_big/letters': { letters: [], next: null },
    };
    const page = await open('/desk?view=sequences&cause=kinetic.period-closed');
    await page.getByText('10,000 letters of 10,000 sequences').waitFor();
    for (let n = 0; n < 30; n += 1) await page.keyboard.press('j');
    await page.keyboard.press(' ');
    await page.getByText('1 sequence selected').waitFor();
    await expectSoon(() => page.locator('.desk-table tbody tr').count()).toBe(100);

    await page.goto(`${shown.url}/desk`);
    await page.getByRole('link', { name: cause.cause }).waitFor();
    for (const key of ['j', ' ', 'p']) await page.keyboard.press(key);
    await page.getByText('10,000 letters of 10,000 sequences, 105,000.00 USD').waitFor();
    await page.getByLabel('Why').fill('the period is open');
    await page.getByLabel('At most so many a second').fill('500');
    await page.keyboard.press('Enter');
    await page.getByText('0 of 10000 answered, 10000 to go.').waitFor();
    recon.records['/dead-letter-orders/ord_big'] = order(4_200);
    await page.getByText('4200 of 10000 answered').waitFor();
    await expectSoon(() => page.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('4200');
    await page.screenshot({ path: join(screens, 'order-of-10000.png'), fullPage: true });
    recon.records['/dead-letter-orders/ord_big'] = order(10_000);
    await page.getByText('All 10000 are done.').waitFor();
    expect(recon.posted.at(-1)?.body).toMatchObject({ expectedLetters: 10_000, ratePerSecond: 500, query: { cause: cause.cause } });
    expect(thrown()).toEqual([]);
  }, 120_000);

  it('tells whoever is second about a letter that it changed and by whom, overwrites nothing, and keeps what they typed', async () => {
    const letter = {
      id: 'dl_1',
      state: 'open',
      cause: 'kinetic.period-closed',
      group: 'g',
      topic: 'postings.kinetic-main.v1',
      text: 'it is closed',
    };
    recon.records = { '/dead-letters/dl_1/case': { letter, kept: true, order: null } };
    const [first, second] = [await open('/letters/dl_1'), await open('/letters/dl_1')];
    for (const page of [first, second]) await page.getByRole('button', { name: 'Replay it' }).waitFor();
    await second.getByLabel('Why').first().fill('I shall do it');
    const order = { id: 'ord_1', action: 'skip', by: 'Bob', reason: 'a test payment', orderedAt: '2026-11-21T07:33:00Z' };
    recon.refusals.set('/dead-letter-orders', {
      status: 409,
      body: {
        error: 'dead-letter.not-open',
        message: 'Dead letter dl_1 cannot be ordered: it is in an order, by Bob (skip, ord_1: a test payment).',
      },
    });
    recon.records = { '/dead-letters/dl_1/case': { letter: { ...letter, state: 'ordered' }, kept: true, order } };
    await second.getByRole('button', { name: 'Replay it' }).click();
    await second.getByText('It changed while you looked at it.').waitFor();
    await second.getByText('Skip, by Bob').waitFor();
    await second.getByRole('button', { name: 'Replay it' }).waitFor({ state: 'detached' });
    await second.screenshot({ path: join(screens, 'letter-second.png'), fullPage: true });
    recon.records = { '/dead-letters/dl_1/case': { letter, kept: true, order: null } }; // Bob cancels his order
    await second.getByRole('link', { name: 'Books' }).first().click();
    await second.getByRole('heading', { name: 'Books', exact: true }).waitFor(); // the address changes before the letter is left
    await second.goBack();
    await second.getByRole('button', { name: 'Replay it' }).waitFor();
    await expectSoon(() => second.getByLabel('Why').first().inputValue()).toBe('I shall do it');
    expect(thrown()).toEqual([]);
  }, 60_000);

  it('goes by the time of the server where the clock of the browser is a day wrong', async () => {
    const expiresAt = '2026-11-24T07:00:00.000Z';
    recon.records = {
      '/dead-letter-orders/ord_7': {
        id: 'ord_7',
        state: 'waiting-approval',
        total: 1,
        by: 'Ada',
        expiresAt,
        orderedAt: '2026-11-21T07:00:00Z',
      },
      '/dead-letter-orders/ord_7/letters': { letters: [], next: null },
    };
    sink.answers = {
      ...sink.answers,
      'GET /targets': { targets: [aTarget('kinetic-main', { lastSuccessAt: '2026-11-21T07:59:00.000Z' })] },
    };
    const page = await open('/');
    const shifted = await open('/');
    await shifted.addInitScript((by) => {
      const Real = Date;
      window.Date = class extends Real {
        constructor(...given: [] | [number]) {
          super(...((given.length === 0 ? [Real.now() + by] : given) as [number]));
        }
        static override now(): number {
          return Real.now() + by;
        }
      } as DateConstructor;
    }, dayMs);
    const instants = async (path: string, of: Page): Promise<readonly (string | null)[]> => {
      await of.goto(`${shown.url}${path}`);
      await of.locator('main time').first().waitFor();
      await of.locator('.line.live').waitFor();
      return of.locator('main time').evaluateAll((all) => all.map((one) => one.getAttribute('datetime')));
    };
    for (const path of ['/orders/ord_7', '/targets']) {
      const right = await instants(path, page);
      await expectSoon(async () => [path, await instants(path, shifted)]).toEqual([path, right]);
    }
    await expectSoon(() => instants('/orders/ord_7', shifted)).toContain(expiresAt);
    await shifted.goto(`${shown.url}/desk?view=sequences`);
    await shifted.getByLabel('Waiting for at least').selectOption('a day');
    await expectSoon(() => shifted.url()).toContain('to=');
    const to = Date.parse(new URL(shifted.url()).searchParams.get('to') ?? '');
    expect(Math.abs(Date.now() - dayMs - to)).toBeLessThan(60_000);
    const clockOf = async (of: Page): Promise<string> =>
      /last check (\d+:\d+)/.exec((await of.locator('.line').textContent()) ?? '')?.[1] ?? '';
    await eventually(async () => expect(await clockOf(shifted)).toBe(await clockOf(page)));
    expect(thrown()).toEqual([]);
  }, 60_000);
});
