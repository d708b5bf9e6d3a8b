import { fileURLToPath } from 'node:url';
import type { PostingConcluded, PostingRequested } from '@tributary/contracts';
import { money } from '@tributary/domain';
import { metricsRegistry } from '@tributary/platform';
import type { DataSource } from 'typeorm';
import { withReconDatabase } from './testing/recon-database.js';
import { accountRolesIn } from './books/emit/account-roles.js';
import { DocumentRepository } from './intake/emit/document.repository.js';
import { EventRepository } from './intake/emit/event.repository.js';
import { EffectChecker } from './reconciliation/emit/effect-checker.js';
import { EffectRepository } from './reconciliation/emit/effect.repository.js';
import { LedgerChecker } from './reconciliation/emit/ledger-checker.js';
import { ReconciliationRepository } from './reconciliation/emit/reconciliation.repository.js';
import { KineticBooks } from './testing/kinetic-books.js';
import { aRequest, target } from './testing/requests.js';
import { DocumentComparisonRepository } from './views/emit/document-comparison.repository.js';
import { OverviewRepository } from './views/emit/overview.repository.js';

const roles = accountRolesIn(fileURLToPath(new URL('../../../assets', import.meta.url)));
const usd = (minor: bigint) => money(minor, 'USD');
const side = (role: string, account: string, debit: bigint, credit = 0n): PostingRequested['effect'][number] => ({
  role,
  account,
  debit: debit > 0n ? usd(debit) : null,
  credit: credit > 0n ? usd(credit) : null,
});
const ofFee = [side('FEE', '6210-00-00', 320n), side('TAX-ON-FEES', '6212-00-00', 93n), side('CLR', '1150-00-00', 0n, 413n)];
const ofReceipt = [side('CLR', '1150-00-00', 10_752n), side('AR', '1100-00-00', 0n, 10_752n)];

let database: DataSource;
let kinetic: KineticBooks;
let concludedAt = 0;
afterAll(async () => {});
withReconDatabase((started) => (database = started));
beforeAll(async () => {}, 120_000);
beforeEach(async () => {
  await database.query('truncate recon.document, recon.ledger_effect, recon.posting, recon.outcome, recon.event, recon.reconciliation');
  kinetic = await KineticBooks.start();
}, 60_000);
afterEach(() => kinetic?.stop());

async function requested(kind: string, id: string, effect: PostingRequested['effect']): Promise<void> {
  const request = aRequest(id, { kind, postingKey: `${target}/${kind}/${id}`, effect });
  await new DocumentRepository(database).record(request, `req-${id}`);
}

async function concluded(kind: string, id: string, result: string): Promise<void> {
  concludedAt += 1_000;
  const outcome = {
    ...{ requestId: `req-${id}`, postingKey: `${target}/${kind}/${id}`, target, kind, canonicalEventId: `fact-${id}` },
    ...{ sourceEventId: `evt-${id}`, sequence: id, result, code: null, text: null, reference: null, amount: null },
    ...{ postingDate: null, attempts: 1, concludedAt },
  };
  await new EventRepository(database).recordOutcome(outcome as PostingConcluded, `out-${id}-${result}`);
}

function checker(readEffect: 'books' | 'all' | 'none' = 'books'): LedgerChecker {
  const ledgers = new Map([[target, kinetic.connector(readEffect)]]);
  const effects = new EffectChecker(new EffectRepository(database), ledgers, roles);
  return new LedgerChecker(new ReconciliationRepository(database), ledgers, effects);
}

const states = async (): Promise<Record<string, string>> => {
  const { documents } = await new DocumentComparisonRepository(database).comparisons({}, { limit: 50 });
  return Object.fromEntries(documents.map(({ postingKey, state }) => [postingKey.slice(target.length + 1), state]));
};

it('a journal whose account was changed in the ERP before its release is a difference; the others are matched', async () => {
  for (const id of ['po_1', 'po_2']) await requested('journal', id, ofFee);
  await kinetic.saveFee('po_1');
  const changed = await kinetic.saveFee('po_2');
  for (const id of ['po_1', 'po_2']) await concluded('journal', id, 'posted');
  await checker().round();
  expect(await states()).toEqual({ 'journal/po_1': 'pending', 'journal/po_2': 'pending' }); // saved: nothing is in the ledger yet
  expect((await new OverviewRepository(database).overview()).open).toEqual([]);

  await kinetic.changeAccount(changed, '6212-00-00', '6990-00-00');
  await kinetic.release();
  for (const id of ['po_1', 'po_2']) await concluded('journal', id, 'released');
  await checker().round();
  expect(await states()).toEqual({ 'journal/po_1': 'matched', 'journal/po_2': 'different' });
  const open = await new DocumentComparisonRepository(database).comparisons({ state: 'open' }, { limit: 50 });
  expect(open).toMatchObject({
    summary: { matched: 1, different: 1 },
    documents: [
      {
        postingKey: `${target}/journal/po_2`,
        text: expect.stringMatching(
          /^TAX-ON-FEES \(6212-00-00\): asked for 0\.93 USD debit, the ledger has nothing in USD; ADJUSTMENT \(6990-00-00\): nothing was asked for, the ledger has 0\.93 USD debit\. Correct/,
        ),
      },
    ],
  });
  expect((await new OverviewRepository(database).overview()).open).toEqual([
    { what: 'ledgerEffects', count: 1, amounts: [], list: '/reconciliation/documents?state=open' },
  ]);
  expect(await metricsRegistry.getSingleMetricAsString('recon_ledger_effects_different')).toMatch(/^recon_ledger_effects_different 1$/m);
});

it('a document that is gone from the ERP is missing; one whose target is not read is not compared', async () => {
  await requested('journal', 'po_gone', ofFee);
  await concluded('journal', 'po_gone', 'released');
  await checker().round();
  expect(await states()).toEqual({ 'journal/po_gone': 'missing' });
  await database.query('update recon.ledger_effect set due_at = now()');
  const without = new EffectChecker(new EffectRepository(database), new Map(), roles);
  await without.round(10, new AbortController().signal);
  const { documents } = await new DocumentComparisonRepository(database).comparisons({}, { limit: 1 });
  expect(documents).toMatchObject([{ state: 'notCompared', text: expect.stringContaining('add the target to RECON_LEDGERS') }]);
});

it('a receipt is compared with the look-up of its amount, where its entries are told; the exchange gain comes out of the receivable', async () => {
  await requested('cash-receipt', 'ch_1', ofReceipt);
  await kinetic.saveReceipt('ch_1');
  await kinetic.release();
  await concluded('cash-receipt', 'ch_1', 'released');
  await database.query(
    `insert into recon.payment (charge_id, payment_id, canonical_id, event_id, minor, currency, received_at)
     values ('ch_1', 'pi_1', 'fact-ch_1', 'evt-ch_1', 8000, 'GBP', now()) on conflict do nothing`,
  );
  await checker('books').round();
  expect(await states()).toEqual({ 'cash-receipt/ch_1': 'notCompared' });
  await database.query('update recon.reconciliation set due_at = now()');
  await checker('all').round();
  expect(await states()).toEqual({ 'cash-receipt/ch_1': 'matched' });
  const [{ entries }] = await database.query<[{ entries: object[] }]>('select entries from recon.ledger_effect');
  expect(entries).toMatchObject([
    { role: 'CLR', debit: '10752' },
    { role: 'AR', credit: '10000' },
    { role: 'FX-GAIN', credit: '752' },
  ]);
});

it('an outcome before its request is compared once the request is known', async () => {
  await kinetic.saveFee('po_3');
  await kinetic.release();
  await concluded('journal', 'po_3', 'released');
  await checker().round();
  expect(await states()).toEqual({});
  await requested('journal', 'po_3', ofFee);
  await checker().round();
  expect(await states()).toEqual({ 'journal/po_3': 'matched' });
});
