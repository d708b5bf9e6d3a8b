import { toDecimalText } from '@tributary/domain';
import type { Identity } from '@tributary/identity';
import { localIdentity } from '@tributary/identity';
import { idOf, traceOf } from './ids.js';
import { emailOf, orderOf } from './known-texts.js';
import { disputeEvery, letterEvery, minorOf, paymentsPerCustomer, payoutEvery, refundEvery, sequencesOf } from './seed.js';

/** One request of recon's API. A body makes it a POST. */
export interface ReconRequest {
  readonly path: string;
  readonly body?: object;
}

/** Requests of one kind, whose times are taken together. */
export interface MeasuredKind {
  readonly what: string;
  readonly caller: Identity;
  /** Field of the answer that has to have rows, or be a positive number or a text: else nothing was measured. */
  readonly has: string;
  /** @param n a payment that has what is asked for. */
  readonly request: (n: number) => ReconRequest;
  /** Every so many payments there is one that has it. */
  readonly every: number;
}

const asOneLedger = ', as a role for one ledger sees them';
const oneLedger: Identity = { subject: 'person:1', name: 'Ada', grants: [{ role: 'accountant', target: 'ledger-one' }] };
const amountOf = (n: number): string => toDecimalText({ minor: BigInt(minorOf(n)), currency: 'EUR' });

function search(what: string, q: (n: number) => string, every = 1): MeasuredKind {
  return { what: `search: ${what}`, caller: localIdentity, has: 'found', request: (n) => ({ path: '/search', body: { q: q(n) } }), every };
}
/** In the ledger, and of neither a letter nor another exception. */
const plain = (n: number): number => n - (n % 1_000) + 501;

/** Searches by each kind of id. @param payments how many there are. */
function searches(payments: number): readonly MeasuredKind[] {
  return [
    search('charge', (n) => idOf('ch', n)),
    search('payment intent', (n) => idOf('pi', n)),
    search('customer', (n) => idOf('cus', Math.floor(n / paymentsPerCustomer))),
    search('event', (n) => idOf('evt', n)),
    search('refund', (n) => idOf('re', n), refundEvery),
    search('dispute', (n) => idOf('dp', n), disputeEvery),
    search('balance transaction', (n) => idOf('txn', n)),
    search('payout', (n) => idOf('po', n), payoutEvery),
    search('posting key', (n) => `${n % 10 === 0 ? 'ledger-two' : 'ledger-one'}/cash-receipt/${idOf('ch', n)}`),
    search('number of a document', (n) => `R-${plain(Math.min(n, payments - 1_000))}`),
    search('dead letter', (n) => idOf('dl', n), letterEvery),
    search('message of a dead letter', (n) => idOf('req', n), letterEvery),
    search('sequence', (n) => `pi_${(n / letterEvery) % sequencesOf(payments)}`, letterEvery),
    search('trace', traceOf),
    search('e-mail address', emailOf),
    search('order reference', orderOf),
    search('amount with its currency', (n) => `${amountOf(n)} ${n % 10 < 6 ? 'EUR' : n % 10 < 9 ? 'USD' : 'GBP'}`),
    search('amount without a currency', amountOf),
  ];
}

/** Filters of the list of payments, one by one, and two that people use together. */
const filters: Readonly<Record<string, (n: number) => string>> = {
  'no filter': () => '',
  'standing=inLedger': () => 'standing=inLedger',
  'standing=needsPerson': () => 'standing=needsPerson',
  'standing=onItsWay,needsPerson': () => 'standing=onItsWay,needsPerson',
  'state=deadLettered': () => 'state=deadLettered',
  'reconciliation=different': () => 'reconciliation=different',
  'currency=GBP': () => 'currency=GBP',
  'minMinor, maxMinor': (n) => `minMinor=${minorOf(n)}&maxMinor=${minorOf(n) + 100}`,
  'from, to (a day)': () => 'from=2026-11-18T00:00:00Z&to=2026-11-19T00:00:00Z',
  customer: (n) => `customer=${idOf('cus', Math.floor(n / paymentsPerCustomer))}`,
  'hasRefund=true': () => 'hasRefund=true',
  'hasDispute=true': () => 'hasDispute=true',
  'standing=needsPerson, currency=EUR': () => 'standing=needsPerson&currency=EUR',
};

/** With each filter, as somebody sees all ledgers, and one of them. */
function payments(path: string, has: string, what: string): readonly MeasuredKind[] {
  const asked = (seen: string, caller: Identity, target: string): readonly MeasuredKind[] =>
    Object.entries({ ...filters, [`target=${target}`]: () => `target=${target}` }).map(([name, query]) => ({
      ...{ what: `${what}${seen}: ${name}`, caller, has, every: 1 },
      request: (n: number) => ({ path: `${path}?${query(n)}` }),
    }));
  return [...asked('', localIdentity, 'ledger-two'), ...asked(asOneLedger, oneLedger, 'ledger-one')];
}

const list = (what: string, path: string, has: string, caller = localIdentity): MeasuredKind => ({
  ...{ what, caller, has, every: 1 },
  request: () => ({ path }),
});

const figures = (what: string, path: string, has: string): readonly MeasuredKind[] => [
  list(what, path, has),
  list(`${what}${asOneLedger}`, path, has, oneLedger),
];

/** Everything that is measured. @param count number of payments. */
export function measuredKinds(count: number): readonly MeasuredKind[] {
  return [
    ...searches(count),
    ...payments('/payments', 'payments', 'payments, first page'),
    ...payments('/payments/totals', 'count', 'payments, totals'),
    ...figures('comparisons with the ledger, first page', '/reconciliation', 'items'),
    list('desk: causes', '/dead-letters/causes', 'causes'),
    list('desk: sequences, first page', '/dead-letters/sequences', 'sequences'),
    list('desk: sequences of a cause', '/dead-letters/sequences?cause=erp.period-closed', 'sequences'),
    list('desk: letters, first page', '/dead-letters?state=notClosed', 'deadLetters'),
    list('desk: letters of a cause', '/dead-letters?state=notClosed&cause=erp.period-closed', 'deadLetters'),
    list('desk: parked messages, first page', '/dead-letters/parked', 'parked'),
  ];
}
