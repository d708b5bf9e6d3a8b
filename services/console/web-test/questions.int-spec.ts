/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { CountingUser } from '../src/testing/counting-user.js';
import { mostActionsOfAQuestion, tenQuestions } from '../src/testing/ten-questions.js';
import type { AskApi } from '../src/testing/ten-questions.js';
import { chromiumPath } from './testing/console-in-chromium.js';
import { consoleOver } from './testing/console-over.js';
import { money, paymentStories } from './testing/payment-stories.js';
import { recorded, ReconStandIn } from './recon-stand-in.js';

const inHand = { payment: 'ch_story', customer: 'cus_story', payout: 'po_story' };
const at = '2026-11-29T07:31:39.000Z';
const movement = (id: string, about: string, net: string): object => ({
  ...{ id, type: 'charge', category: 'charge', at, gross: money(net), fee: money('0.00'), net: money(net), counted: money(net) },
  ...{ about, payoutId: inHand.payout },
});
const found = (kind: string, id: string, address: string): object => ({
  answer: { found: [{ kind, id, word: null, amount: null, at, address }] },
});
const clearing = (target: string): object => ({
  target,
  clearing: [{ currency: 'USD', ledger: money('12.50'), stripe: money('10.00'), inFlight: money('2.50'), difference: money('0.00') }],
});
const decided = {
  ...{ sequence: '120', at, subject: 'person:7f3a', name: 'Ada', action: 'order.approved', object: 'order:ord_1', target: 'kinetic-main' },
  ...{ reason: 'checked with the bank statement', address: '10.0.0.7', hash: 'a'.repeat(64), details: {} },
};
const customer = {
  ...{ customerId: inHand.customer, name: 'Kettle Creek Outfitters', state: 'paired', lastPaymentAt: at, erasedAt: null },
  pairs: [
    { target: 'kinetic-main', state: 'paired', reference: { CustNum: '1009', CustID: 'ZGGE7' }, since: at, others: [], result: 'posted' },
  ],
  ...{ questions: [], hints: [], events: [], payments: { count: 1, amounts: [money('294.29')] } },
};
const toDo = {
  ...{ what: 'deadLetters', cause: 'kinetic.period-closed', group: 'tributary-sink-kinetic-main', example: 'The period is closed' },
  ...{ count: 3, amounts: [money('756.12')], list: '/dead-letters?state=open&cause=kinetic.period-closed', oldestAt: at },
};

(chromiumPath ? describe : describe.skip)('the ten questions of an accountant', () => {
  const { recon, shown } = consoleOver(new ReconStandIn());
  let page: Page;

  beforeEach(async () => {
    recon.reset();
    recon.trace = paymentStories.refunded as unknown as Record<string, unknown>;
    recon.today = { ...recorded('today'), toDo: [toDo], clearing: [clearing('kinetic-main')], problems: [] };
    recon.searches = {
      [inHand.payment]: found('payment', inHand.payment, `/payments/${inHand.payment}`),
      [inHand.customer]: found('customer', inHand.customer, `/payments?customer=${inHand.customer}`),
      [inHand.payout]: found('payout', inHand.payout, '/movements?id=txn_po'),
    };
    recon.records = {
      '/movements': {
        movements: [movement('txn_1', 'ch_story', '61.91'), movement('txn_2', 'ch_other', '4748.31')],
        next: null,
        previous: null,
      },
      [`/customers/${inHand.customer}`]: customer,
      '/audit': { rows: [decided], next: null, previous: null },
      '/audit/verification': { running: null, last: null, problem: null },
      '/books': {
        asOf: at,
        unbalanced: 0,
        trialBalance: [],
        clearing: [],
        ledgers: [clearing('kinetic-main'), clearing('sl-main')],
        problems: [],
      },
    };
    recon.files = {
      '/payments.csv': `"payment"\r\n${recon.payments.map((_, n) => `"ch_${n}"\r\n`).join('')}"end of the list","${recon.payments.length} rows"\r\n`,
    };
    page = await shown.open('/', { viewport: { width: 1400, height: 900 } });
    await page.getByText('Adds up').waitFor();
  });
  afterEach(() => page.close());

  it.each(tenQuestions.map((question) => [question.asked, question] as const))('%s', async (asked, question) => {
    const user = new CountingUser(page);
    const answer = await question.answer(user, inHand);
    const api: AskApi = async (path) => (await (await fetch(`${shown.url}/api${path}`)).json()) as never;
    const truth = await question.truth(api, inHand);
    expect(truth.length).toBeGreaterThan(0);
    for (const text of truth) expect(answer).toContain(text);
    process.stderr.write(`question: ${user.actions} actions: ${asked} ${answer.slice(0, 160)}\n`);
    expect(user.actions).toBeLessThanOrEqual(mostActionsOfAQuestion);
    expect([shown.elsewhere, shown.problems]).toEqual([[], []]);
  });

  it('says that the day is safe to close when nothing is open and all clearing accounts equal Stripe', async () => {
    recon.today = { ...recon.today, toDo: [] };
    await page.goto(`${shown.url}/`);
    await page
      .locator('.closing.good')
      .getByText('safe to close: nothing of it is open, and the clearing account equals Stripe.')
      .waitFor();
    expect(await page.locator('.closing.bad').count()).toBe(0);
  });

  it('is asked ten questions', () => expect(new Set(tenQuestions.map(({ asked }) => asked)).size).toBe(10));
});
