import type { PostingRequested } from '@tributary/contracts';
import { cellAssets } from './assets.js';
import { decimalOf, thousandths } from './decimals.js';
import type { ErpUnderTest } from './erp-under-test.js';
import { InProcessSink } from './in-process-sink.js';
import { Pipeline } from './pipeline.js';
import { ScenarioAccount } from './scenario-account.js';
import { runnableTargets } from './targets.js';

/** What the demo's Stripe account keeps in itself; pounds and yen settle in dollars. */
const keeps = new Set(['USD', 'EUR']);

/** The clearing account of one currency beside Stripe's balance, as decimal text. */
interface Figures {
  readonly currency: string;
  readonly ledger: string;
  readonly stripe: string;
  readonly inFlight: string;
  readonly difference: string;
}

/** The same events in another order, by a seed: Stripe promises none. */
function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const rest = [...items];
  let state = seed;
  return items.map(() => {
    state = (state * 48_271) % 2_147_483_647;
    return rest.splice(state % rest.length, 1)[0] as Item;
  });
}

/**
 * Whole stories of a Stripe account through the pipeline into a ledger, with the shipped assets: in the end the clearing account of each
 * settlement currency is Stripe's balance, but for what Stripe has not paid out yet (I12), and every rule of the ledger holds.
 */
describe.each(runnableTargets)('the books of $target', (ledgerTarget) => {
  const { target, kind } = ledgerTarget;
  let pipeline: Pipeline;
  let erp: ErpUnderTest;
  const { bundle, roles } = cellAssets(ledgerTarget, {});
  beforeAll(async () => {
    pipeline = await Pipeline.load();
    erp = await kind.start();
  }, 60_000);
  afterAll(() => erp.stop());

  function requested(account: ScenarioAccount, events: readonly Uint8Array[]): PostingRequested[] {
    const { requests, held } = pipeline.requests(events, account, bundle, Date.now(), {}, keeps);
    expect(held).toEqual([]);
    return requests.filter((request) => request.target === target);
  }

  /** @returns what is not posted in the end, a line each. */
  async function post(requests: readonly PostingRequested[]): Promise<string[]> {
    await erp.clear();
    const sink = await InProcessSink.create(erp.connector(fetch, kind.ways[0] ?? '', {}), Date.now());
    await sink.run(requests);
    return [...sink.postings]
      .filter(([, { posting, released }]) => posting.state !== 'posted' || posting.reference === undefined || !released)
      .filter(([key, { posting }]) => !key.includes('/customer/') || posting.reference === undefined)
      .map(([key, { result, text, posting }]) => `${key}: ${posting.state} ${result ?? ''} ${text ?? ''}`);
  }

  async function clearing(account: ScenarioAccount): Promise<Figures[]> {
    const { trialBalance, brokenRules } = await erp.ledger();
    expect(brokenRules).toEqual([]);
    const moved = trialBalance.filter(({ account: number, debit }) => roles.get(number)?.startsWith('CLR-') && debit > 0);
    expect(moved.length).toBeGreaterThan(0);
    return [...keeps].map((currency) => {
      const rows = trialBalance.filter((row) => roles.get(row.account) === `CLR-${currency}`);
      const ledger = rows.reduce((sum, { debit, credit }) => sum + thousandths(String(debit)) - thousandths(String(credit)), 0n);
      const stripe = BigInt(account.balance(currency)) * 10n;
      const inFlight = BigInt(account.inFlight(currency)) * 10n;
      const difference = decimalOf(ledger - stripe - inFlight);
      return { currency, ledger: decimalOf(ledger), stripe: decimalOf(stripe), inFlight: decimalOf(inFlight), difference };
    });
  }
  const agree = (figures: readonly Figures[]): void => expect(figures).toEqual(figures.map((one) => ({ ...one, difference: '0.00' })));

  it.each([
    ['payout-sample', 1],
    ['payout-week', 1],
    ['payout-week', 2],
    ['dispute-season', 1],
    ['dispute-season', 2],
    ['refund-storm', 1],
    ['refund-storm', 2],
    ['day', 20_261_121],
  ])(
    '%s with seed %d: the clearing accounts are the balance at Stripe',
    async (name, seed) => {
      const account = await ScenarioAccount.play([name], seed);
      expect(await post(requested(account, account.events))).toEqual([]);
      agree(await clearing(account));
    },
    240_000,
  );

  it('all of them on one account, and the events in another order', async () => {
    const account = await ScenarioAccount.play(['payout-week', 'dispute-season', 'refund-storm'], 3);
    expect(await post(requested(account, shuffled(account.events, 11)))).toEqual([]);
    agree(await clearing(account));
  }, 240_000);

  it('sees a document that is missing', async () => {
    const account = await ScenarioAccount.play(['payout-sample'], 1);
    const requests = requested(account, account.events);
    const journal = requests.findIndex(({ kind }) => kind === 'journal');
    await post(requests.filter((_request, index) => index !== journal));
    expect((await clearing(account)).map(({ difference }) => difference)).not.toEqual(['0.00', '0.00']);
  }, 240_000);
});
