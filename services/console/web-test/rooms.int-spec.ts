/// <reference lib="dom" />
import { join } from 'node:path';
import { hostileRows } from '../src/testing/hostile-rows.js';
import { SinkStandIn } from '../src/testing/sink-stand-in.js';
import { ReconStandIn } from './recon-stand-in.js';
import { chromiumPath, ConsoleInChromium, screens } from './testing/console-in-chromium.js';
import { settled } from './testing/settled.js';
import { cutOff } from './testing/cut-off.js';
import { expectSoon } from './testing/expect-soon.js';
import { aTarget } from './testing/targets.js';

const money = (minor: string, text: string, currency = 'USD'): object => ({ minor, currency, text, exact: true });
const much = [money('123456789012', '1234567890.12'), money('98765432100', '987654321.00', 'EUR')];
const at = '2026-11-21T07:33:00Z';
const failure = {
  ...{ cause: 'kinetic.document-differs-from-what-was-asked-for', group: 'tributary-sink-kinetic-main', held: true },
  ...{
    text: 'The fiscal period 2026-11 of company EPIC06 is closed: open it, or post the receipt into December.',
    oldestAt: at,
    newestAt: at,
  },
};

/** The widest rows that lists usually have: long codes, groups and texts, two currencies of many digits, everything known. */
const longRow = {
  ...failure,
  ...{ example: failure.text, count: 12_345, ordered: 2_345, parkedBehind: 34_567, moneyAtRisk: much, moneyBehind: much },
  ...{
    topic: 'postings.kinetic-main.v1',
    sequence: 'pi_3SUx8kB4yQn5dJ2m1cVw7Tz9',
    head: 'dl_5f0c9a7e-5d3a-4f3e-9a43-0c9a7e5d3a4f',
    letters: 40,
    replays: 12,
  },
  ...{ assignee: { subject: 'person:1', name: 'Alexandra Montgomery-Cunningham' }, headAssignee: null, previous: 'dl_4' },
  ...{ id: 'dl_5f0c9a7e-5d3a-4f3e-9a43-0c9a7e5d3a4f', state: 'open', result: 'dead-again', eventType: 'posting.requested', deadAt: at },
  ...{ question: { code: 'refund.approval', answers: ['post', 'post-on-account', 'skip'] } },
  ...{
    action: 'replay',
    scope: 'query',
    total: 12_345,
    pending: 0,
    given: 0,
    done: 12_000,
    failed: 345,
    stopped: 0,
    by: 'Alexandra Montgomery',
  },
  ...{ reason: 'The controller opened the period again on Friday, see the mail of Ms Montgomery-Cunningham.', orderedAt: at },
  ...{ postingKey: 'kinetic-main/cash-receipt/ch_3SUx8kB4yQn5dJ2m1cVw7Tz9', kind: 'credit-memo-application', checkedAt: at },
  ...{ chargeId: 'ch_3SUx8kB4yQn5dJ2m1cVw7Tz9', letter: 'dl_5f0c9a7e-5d3a-4f3e-9a43-0c9a7e5d3a4f' },
};
const aPayment = {
  ...{
    chargeId: 'ch_3SUx8kB4yQn5dJ2m1cVw7Tz9',
    paymentId: 'pi_3SUx8kB4yQn5dJ2m1cVw7Tz9',
    customerName: 'Kettle Creek Outfitters and Provisions Company',
  },
  ...{
    amount: much[0],
    receivedAt: at,
    stage: 'requested',
    state: 'deadLettered',
    standing: 'failedAtStripe',
    reconciliation: 'pending',
    masked: [],
    news: [],
  },
};

/** Lists of recon, and the member of the answer that has their rows. */
const lists: Readonly<Record<string, string>> = {
  ...{ '/customers': 'customers', '/audit': 'rows', '/events': 'events', '/canonical-events': 'canonicalEvents', '/postings': 'postings' },
  ...{ '/outcomes': 'outcomes', '/movements': 'movements', '/dead-letters': 'deadLetters', '/dead-letters/parked': 'parked' },
  ...{ '/reconciliation/documents': 'documents', '/dead-letters/sequences': 'sequences', '/notifications': 'notifications' },
  ...{ '/dead-letter-orders/ord_1/letters': 'letters', '/dead-letters/causes': 'causes', '/dead-letter-orders': 'orders' },
};
const rooms = [
  ...['/', '/payments', '/payments/ch_3SUx8kB4yQn5dJ2m1cVw7Tz9', '/payments/ch_EEo9FZ3nesEKo5Rey?alone=true', '/customers', '/books'],
  ...[
    '/desk',
    '/desk?view=sequences',
    '/desk?view=letters',
    '/desk?view=held',
    '/desk?view=breaks',
    '/desk?view=groups',
    '/desk?view=orders',
  ],
  ...['/orders/ord_1', '/notifications', '/targets', '/audit', '/settings', '/account', '/topics'],
  ...['/events', '/canonical-events', '/postings', '/outcomes', '/movements', '/dead-letters', '/parked', '/documents'],
];

(chromiumPath ? describe : describe.skip)('every room', () => {
  const recon = new ReconStandIn();
  const sink = new SinkStandIn();
  const shown = new ConsoleInChromium();
  beforeAll(async () => {
    const address = await sink.start();
    await shown.start({ RECON_URL: await recon.start(), ERP_SINK_URLS: `kinetic-main=${address}` });
    // Two at least that keys can stop at: after the last one they go on to the next page.
    const rows = [longRow, { ...longRow, id: 'dl_6a1d8b2f-5d3a-4f3e-9a43-0c9a7e5d3a4f' }, ...hostileRows.map(({ row }) => row)];
    recon.payments = [aPayment, ...recon.payments];
    recon.records = Object.fromEntries(
      Object.entries(lists).map(([path, name]) => [path, { [name]: rows, next: 'more', previous: 'less' }]),
    );
    const told = {
      severity: 'critical',
      state: 'firing',
      text: failure.text,
      firedAt: at,
      runbook: 'docs/runbooks/dead-letters.md',
      page: '/desk',
      deliveries: [],
    };
    recon.records['/notifications'] = {
      watching: true,
      notifications: [{ ...told, id: 'n1' }, { ...told, id: 'n2' }, ...rows],
      next: 'more',
    };
    const entry = {
      at,
      subject: 'person:1',
      subjectName: longRow.by,
      action: 'order.approved',
      object: 'order:ord_1',
      reason: longRow.reason,
    };
    recon.records['/audit'] = { rows: [{ ...entry, sequence: 3 }, { ...entry, sequence: 2 }, ...rows], next: 'more' };
    recon.records['/dead-letters/totals'] = { count: 12_345, amounts: much, sequences: 400, parkedBehind: 34_567 };
    const group = {
      target: 'kinetic-main',
      batchId: 'S26112101-kinetic-main',
      kind: 'credit-memo-application',
      date: '2026-11-21',
      bankAccount: '1',
    };
    sink.answers = {
      'GET /targets': { targets: [aTarget('kinetic-main')] },
      'GET /batches': {
        batches: [
          { ...group, state: 'failed', documents: 12_345, attempts: 3, text: failure.text, openedAt: at, byPerson: true, amounts: much },
        ],
      },
      'GET /release-orders': { orders: [] },
    };
  }, 180_000);
  afterAll(async () => {
    await shown.stop();
    await Promise.all([recon.stop(), sink.stop()]);
  });

  it.each([360, 768, 1024, 1360, 1680])(
    'cuts off no text that cannot be had whole, at %i px',
    async (width) => {
      const cut: Record<string, readonly string[]> = {};
      const page = await shown.open('/', { viewport: { width, height: 900 } });
      for (const path of rooms) {
        await page.goto(`${shown.url}${path}`);
        await page.locator('main :is(h1, h2):visible').first().waitFor();
        await settled(page);
        const found = await cutOff(page);
        if (found.length > 0) cut[path] = found.slice(0, 8);
        await page.screenshot({ path: join(screens, `at-${width}${path.replaceAll(/[^a-z]+/gi, '-')}.png`) });
      }
      await page.close();
      shown.problems.length = 0;
      expect(cut).toEqual({});
    },
    180_000,
  );

  it('says the zone of its times', async () => {
    const silent: string[] = [];
    const page = await shown.open('/', { viewport: { width: 1360, height: 900 } });
    for (const path of rooms) {
      await page.goto(`${shown.url}${path}`);
      await page.locator('main :is(h1, h2):visible').first().waitFor();
      await settled(page);
      const { times, text } = await page.evaluate<{ times: number; text: string }>(
        `({ times: document.querySelectorAll('main time').length, text: document.querySelector('main').innerText })`,
      );
      if (times > 0 && !/times in/i.test(text)) silent.push(path);
    }
    await page.close();
    shown.problems.length = 0;
    expect(silent).toEqual([]);
  }, 180_000);

  it.each([
    ['/payments', 'main tbody'],
    ['/customers', 'main tbody'],
    ['/desk', '.desk-room tbody'],
    ['/desk?view=sequences', '.desk-room tbody'],
    ['/desk?view=letters', '.desk-room tbody'],
    ['/desk?view=breaks', '.desk-room tbody'],
    ['/desk?view=groups', '.desk-room tbody'],
    ['/desk?view=orders', '.desk-room tbody'],
    ['/orders/ord_1', 'main tbody'],
    ['/events', 'main tbody'],
    ['/canonical-events', 'main tbody'],
    ['/postings', 'main tbody'],
    ['/outcomes', 'main tbody'],
    ['/movements', 'main tbody'],
    ['/dead-letters', 'main tbody'],
    ['/parked', 'main tbody'],
    ['/documents', 'main tbody'],
    ['/audit', 'main tbody'],
    ['/notifications', '.notifications'],
    ['/targets', '.targets'],
  ])('is walked by keys: the rows of %s', async (path, list) => {
    const page = await shown.open(path, { viewport: { width: 1360, height: 900 } });
    await page.locator(`${list} :is(a, button)`).first().waitFor();
    const place = (): Promise<number> =>
      page.evaluate<number>(
        `(() => {
          const row = document.activeElement?.closest('${list} :is(tr, [data-row])');
          return row ? [...document.querySelectorAll('${list} :is(tr, [data-row])')].indexOf(row) : -1;
        })()`,
      );
    await page.keyboard.press('j');
    await expectSoon(place).not.toBe(-1);
    const first = await place();
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await expectSoon(place).toBe(first);
    await page.close();
    shown.problems.length = 0;
  });

  it('keeps the row that has the focus when the format of the company comes late', async () => {
    const page = await shown.open('/audit', { viewport: { width: 1360, height: 900 } });
    await page.route('**/api/company-format', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 4_000)); // a page waits for two seconds
      await route.continue();
    });
    const [format] = await Promise.all([
      page.waitForResponse('**/api/company-format'),
      (async () => {
        await page.goto(`${shown.url}/movements`);
        await page.locator('main tbody button').first().waitFor();
        await page.keyboard.press('j');
        await expectSoon(() => page.evaluate<string>(`document.activeElement.tagName`)).toBe('BUTTON');
        await page.evaluate(`window.focused = document.activeElement`);
      })(),
    ]);
    expect(format.ok()).toBe(true);
    await page
      .getByText(/ledger day/)
      .first()
      .waitFor();
    await expectSoon(() => page.evaluate<boolean>(`document.activeElement === window.focused && window.focused.isConnected`)).toBe(true);
    await page.close();
    shown.problems.length = 0;
  });

  it('sees a text that is cut off, and none that can be had whole', async () => {
    const page = await shown.open('/', { viewport: { width: 1024, height: 900 } });
    await page.locator('main h2').first().waitFor();
    const box = 'style="width: 50px; overflow: hidden; white-space: nowrap; display: block"';
    await page.evaluate(`document.querySelector('main').innerHTML = '<p ${box}>A seeded text that is longer</p>'
      + '<p ${box.replaceAll('"', '\\"').replaceAll('\\"', '"')} title="whole">Another text that is longer</p>'
      + '<div class="scroll" style="width: 100px; overflow-x: auto"><table><tr><td style="min-width: 300px">wide</td></tr></table></div>'`);
    await expectSoon(() => cutOff(page)).toEqual(['cut: P. A seeded text that is longer', 'beyond: TD. wide']);
    await page.close();
  });
});
