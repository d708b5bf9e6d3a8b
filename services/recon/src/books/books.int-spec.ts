import { fileURLToPath } from 'node:url';
import type { ErpConnector } from '@tributary/connector-kit';
import type { StripeReader } from '@tributary/connector-stripe';
import type { PostingConcluded, PostingRequested } from '@tributary/contracts';
import { money } from '@tributary/domain';
import { metricsRegistry } from '@tributary/platform';
import type { DataSource } from 'typeorm';
import { withReconDatabase } from '../testing/recon-database.js';
import { DocumentRepository } from '../intake/emit/document.repository.js';
import { EventRepository } from '../intake/emit/event.repository.js';
import { BookedJournals } from './emit/booked-journals.js';
import { BooksFiguresWorker } from './emit/books-figures.worker.js';
import { BooksReader } from './emit/books.reader.js';
import { MovementRepository } from './emit/movement.repository.js';
import { StripeBalanceReader } from './emit/stripe-balance.reader.js';

const assets = fileURLToPath(new URL('../../../../assets', import.meta.url));
const target = 'kinetic-main';
const usd = (minor: bigint) => money(minor, 'USD');
// One charge of 100.00 with a fee of 3.00, and its payout.
const charge = movement('txn_ch', 'charge', 'charge', 10_000, 300, 1_000);
const payout = movement('txn_po', 'payout', 'payout', -9_700, 0, 2_000);

let database: DataSource;
withReconDatabase((started) => (database = started));
beforeEach(() => database.query('truncate recon.document, recon.movement, recon.posting, recon.fact, recon.outcome, recon.event'));

function movement(id: string, type: string, category: string, amount: number, fee: number, created: number) {
  const fee_details = fee === 0 ? [] : [{ type: 'stripe_fee', amount: fee }];
  return { id, type, reporting_category: category, currency: 'usd', amount, fee, net: amount - fee, fee_details, created };
}

/** @param movements movements of the account; their sum is its balance unless `balance` is given. */
function books(
  movements: readonly ReturnType<typeof movement>[],
  clearing: readonly [debit: string, credit: string],
  balance?: number,
  others: readonly (readonly [target: string, account: string, clearing: readonly [debit: string, credit: string]])[] = [],
) {
  const sinces: string[] = [];
  const amount = balance ?? movements.reduce((sum, { net }) => sum + net, 0);
  const stripe = {
    find: (kind: string, id: string) => {
      if (kind === 'balance') return Promise.resolve({ kind: 'found', object: { available: [{ amount, currency: 'usd' }], pending: [] } });
      sinces.push(id);
      return Promise.resolve({ kind: 'found', object: { data: movements.filter(({ created }) => created >= Number(id)) } });
    },
  } as unknown as StripeReader;
  const ledgers = [[target, '1150-00-00', clearing] as const, ...others].map(([name, account, [debit, credit]]) => {
    const balances = [
      { account, currency: 'USD', debit, credit },
      { account: '1100-00-00', currency: 'USD', debit: credit, credit: debit },
    ];
    const connector = { name: 'x', trialBalance: () => Promise.resolve(balances), batchMode: () => 'named' };
    return [name, connector as unknown as ErpConnector] as const;
  });
  const kept = new MovementRepository(database);
  const reader = new BooksReader(new Map(ledgers), assets, new StripeBalanceReader(stripe, kept), kept, new BookedJournals(database));
  return { reader, sinces };
}

function journal(effect: PostingRequested['effect']): PostingRequested {
  return {
    ...{ postingKey: `${target}/journal/po_1`, target, kind: 'journal', protocol: 'create-once', canonicalEventId: 'fact_po' },
    ...{ sourceEventId: 'evt_po', sequence: 'po_1', version: null, dependsOn: [], references: [], shape: 'epicor-kinetic/journal' },
    ...{ fields: {}, amount: null, flow: 'payout', mappingVersion: 'v', digest: 'd', lines: [], needs: [], effect },
    ...{ onClosedPeriod: null, release: null, requestedAt: 0 },
  } as unknown as PostingRequested;
}

async function concluded(result: string, seconds: number): Promise<void> {
  const outcome = {
    ...{ requestId: 'req_po', postingKey: `${target}/journal/po_1`, target, kind: 'journal', canonicalEventId: 'fact_po' },
    ...{
      sourceEventId: 'evt_po',
      result,
      code: null,
      text: null,
      reference: null,
      attempts: 1,
      concludedAt: seconds * 1_000,
      flow: 'payout',
    },
  };
  await new EventRepository(database).recordOutcome(outcome as unknown as PostingConcluded, `out_${result}`);
}

it('fees are in flight until the journal of the payout is in the ledger; saved is not released', async () => {
  expect((await books([charge], ['100.00', '0.00']).reader.books()).clearing).toMatchObject([
    { currency: 'USD', ledger: { text: '100.00' }, stripe: { text: '97.00' }, inFlight: { text: '3.00' }, difference: { text: '0.00' } },
  ]);

  await database.query(`insert into recon.fact (canonical_id, event_id, type) values ('fact_po', 'evt_po', 'treasury.payout-itemised')`);
  const bank = { role: 'BANK', account: '1010-00-00', debit: usd(9_700n), credit: null };
  const fee = { role: 'FEE', account: '6210-00-00', debit: usd(300n), credit: null };
  await new DocumentRepository(database).record(
    journal([bank, fee, { role: 'CLR', account: '1150-00-00', debit: null, credit: usd(10_000n) }]),
    'req_po',
  );
  await concluded('posted', 1);
  expect((await books([charge, payout], ['100.00', '0.00']).reader.books()).clearing).toMatchObject([
    { stripe: { text: '0.00' }, inFlight: { text: '100.00' }, difference: { text: '0.00' } },
  ]);
  await concluded('released', 2);
  const after = await books([charge, payout], ['100.00', '100.00']).reader.books();
  expect(after.clearing).toMatchObject([{ ledger: { text: '0.00' }, inFlight: { text: '0.00' }, difference: { text: '0.00' } }]);
  expect(after).toMatchObject({ unbalanced: 0, problems: [] });
});

it('a movement is read once; when the movements do not add up to the balance, all are read again, and it is told', async () => {
  await books([charge], ['100.00', '0.00']).reader.books();
  const { reader, sinces } = books([charge, { ...payout, created: 10_000 }], ['100.00', '0.00'], 5);
  const { problems } = await reader.books();
  expect(sinces).toEqual(['0', '0']); // first read: from one hour before the newest known movement, cut to 0; second read: everything
  expect(problems).toEqual([expect.stringContaining('do not add up')]);
  await new Promise((resolve) => setTimeout(resolve, 2_100)); // a read is kept for two seconds
  expect((await reader.books()).problems).toEqual(problems);
  expect(sinces).toEqual(['0', '0', '6400']); // what is new, and not everything again
});

it('reads all movements again when a ledger differs: some came late with an earlier time, and are nothing together', async () => {
  const known = { ...charge, id: 'txn_known', created: 100_000 };
  const kept = books([known], ['100.00', '0.00']);
  await kept.reader.books();
  await database.query(`insert into recon.fact (canonical_id, event_id, type) values ('fact_po', 'evt_po', 'treasury.payout-itemised')`);
  const bank = { role: 'BANK', account: '1010-00-00', debit: usd(9_700n), credit: null };
  const fee = { role: 'FEE', account: '6210-00-00', debit: usd(300n), credit: null };
  const clr = { role: 'CLR', account: '1150-00-00', debit: null, credit: usd(10_000n) };
  await new DocumentRepository(database).record(journal([bank, fee, clr]), 'req_po');
  await concluded('released', 1);
  // A charge of before and its payout: 97.00 in, 97.00 out.
  const { reader, sinces } = books([known, charge, payout], ['200.00', '100.00']);
  expect((await reader.books()).clearing).toMatchObject([
    { stripe: { text: '97.00' }, inFlight: { text: '3.00' }, difference: { text: '0.00' } },
  ]);
  expect(sinces).toEqual(['96400', '0']);
});

it('does not read all movements again each time that a ledger differs', async () => {
  const { reader, sinces } = books([charge], ['150.00', '0.00']);
  expect((await reader.books()).clearing).toMatchObject([{ difference: { text: '50.00' } }]);
  await new Promise((resolve) => setTimeout(resolve, 2_100)); // a read is kept for two seconds
  await reader.books();
  expect(sinces).toEqual(['0', '0', '0']); // the first time twice
});

it('counts documents and ledgers that do not balance', async () => {
  await new DocumentRepository(database).record(journal([{ role: 'FEE', account: null, debit: usd(1n), credit: null }]), 'req_1');
  const { unbalanced } = await books([], ['1.00', '1.00']).reader.books();
  expect(unbalanced).toBe(1);
});

it('counts for somebody with one target what does not balance there, and nothing of the others', async () => {
  await new DocumentRepository(database).record(journal([{ role: 'FEE', account: null, debit: usd(1n), credit: null }]), 'req_1');
  const { reader } = books([], ['1.00', '1.00']);
  expect((await reader.booksFor([target])).unbalanced).toBe(1);
  expect((await reader.booksFor(['sl-main'])).unbalanced).toBe(0);
});

it('publishes as metrics what the books differ by', async () => {
  const { reader } = books([charge], ['99.00', '0.00']);
  const view = await reader.books();
  await new BooksFiguresWorker(reader).round();
  const read = async (name: string): Promise<unknown> => (await metricsRegistry.getSingleMetric(name)?.get())?.values;
  const figures = view.ledgers.flatMap(({ target, clearing }) =>
    clearing.map(({ currency, difference }) => ({ labels: { target, currency }, value: Number(difference.minor) })),
  );
  expect(figures.map(({ value }) => value)).toContain(-100);
  expect(await read('recon_clearing_difference_minor')).toEqual(figures);
  expect(await read('recon_books_unbalanced')).toEqual([{ labels: {}, value: view.unbalanced }]);
});

it('compares every ledger with Stripe, each by the accounts of its own profile', async () => {
  const { reader } = books([charge], ['100.00', '0.00'], undefined, [
    ['sl-main', '1150-000000000000', ['100.00', '0.00']],
    ['p21-main', '11500000', ['90.00', '0.00']],
  ]);
  const { clearing, ledgers } = await reader.books();
  expect(ledgers.map(({ target: name, clearing: rows }) => [name, rows[0]?.ledger.text, rows[0]?.difference.text])).toEqual([
    [target, '100.00', '0.00'],
    ['sl-main', '100.00', '0.00'],
    ['p21-main', '90.00', '-10.00'],
  ]);
  expect(clearing).toEqual(ledgers[0]?.clearing);
});

it('without Stripe and without a ledger it says what is missing and what to do', async () => {
  const kept = new MovementRepository(database);
  const silent = { name: 'x', trialBalance: () => Promise.reject(new Error('away')) } as unknown as ErpConnector;
  const reader = new BooksReader(
    new Map([[target, silent]]),
    undefined,
    new StripeBalanceReader(undefined, kept),
    kept,
    new BookedJournals(database),
  );
  expect(await reader.books()).toMatchObject({
    clearing: [],
    trialBalance: [],
    problems: [
      expect.stringContaining('STRIPE_API_KEY'),
      expect.stringContaining('kinetic-main'),
      expect.stringContaining('TRIBUTARY_ASSETS_DIR'),
    ],
  });
});
