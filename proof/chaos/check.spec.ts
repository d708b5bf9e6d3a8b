import { readFileSync } from 'node:fs';
import { checkInvariants } from './check.js';
import type { Load, LoadEvent } from './load.js';
import type { KineticCustomer, KineticReceipt, Observed } from './observed.js';

/** A round of a real campaign that was healthy, as the system left it; the bodies are left out. */
const recorded = JSON.parse(readFileSync(new URL('./fixtures/healthy-round.json', import.meta.url), 'utf8')) as {
  load: Load;
  observed: Observed;
};
const { load, observed } = recorded;
const [receipt] = load.receipts as [Load['receipts'][number]];
const own = observed.receipts.find(({ CheckRef }) => CheckRef === receipt.chargeId) as KineticReceipt;
const eventOf = (about: string): LoadEvent => load.events.find((event) => event.about === about) as LoadEvent;
const customerId = `cus_${load.prefix}_0`;
const newestVersion = Math.max(...load.events.filter(({ about }) => about === customerId).map(({ version }) => version ?? 0));

const faultsOf = (changes: Partial<Observed>): string[] =>
  checkInvariants(load, { ...observed, ...changes }).violations.map(({ fault, id }) => `${fault} ${id}`);
const receipts = (change: (receipt: KineticReceipt) => KineticReceipt[]): Partial<Observed> => ({
  receipts: observed.receipts.flatMap((each) => (each.CheckRef === receipt.chargeId ? change(each) : [each])),
});
const customers = (change: (customer: KineticCustomer) => KineticCustomer[]): Partial<Observed> => ({
  customers: observed.customers.flatMap((each) => (each.StripeCustomerID_c === customerId ? change(each) : [each])),
});
const event = (about: string, changes: Partial<Observed['events'][string]>): Partial<Observed> => {
  const { eventId } = eventOf(about);
  return { events: { ...observed.events, [eventId]: { ...(observed.events[eventId] as Observed['events'][string]), ...changes } } };
};

it('a healthy round has no violation', () => {
  expect(checkInvariants(load, observed)).toEqual({ violations: [], toPeople: [] });
});

describe('turns red for', () => {
  it('a receipt that is there twice', () => {
    expect(faultsOf(receipts((one) => [one, { ...one, HeadNum: 999_999 }]))).toEqual([
      `duplicate ${receipt.chargeId}`,
      `duplicate receipt ${own.StripePostingKey_c}`,
    ]);
  });

  it('a customer that is there twice', () => {
    expect(faultsOf(customers((one) => [one, { ...one, CustNum: 999_999, StripePostingKey_c: '' }]))).toEqual([
      `duplicate Stripe customer ${customerId}`,
    ]);
  });

  it('an accepted event that nobody knows', () => {
    const { eventId } = eventOf(receipt.chargeId);
    const { [eventId]: _lost, ...events } = observed.events;
    expect(faultsOf({ events })).toEqual([`lost ${eventId}`]);
  });

  it('a delivery answered 200 that was not stored', () => {
    const { eventId } = eventOf(receipt.chargeId);
    expect(faultsOf({ answered: { ...observed.answered, [eventId]: 40 } })).toEqual([`lost ${eventId}`]);
    expect(faultsOf({ answeredEver: observed.counts.accepted + 1 })).toEqual(['lost recon']);
  });

  it('a receipt that recon believes to be posted and Kinetic does not have', () => {
    expect(faultsOf(receipts(() => []))).toEqual([`missing ${receipt.chargeId}`]);
  });

  it('a payment that was ignored', () => {
    expect(faultsOf(event(receipt.chargeId, { state: 'ignored', reason: 'no-flow' }))).toEqual([
      `wrong-end ${eventOf(receipt.chargeId).eventId}`,
    ]);
  });

  it('a wrong amount and a wrong currency', () => {
    expect(faultsOf(receipts((one) => [{ ...one, DocTranAmt: one.DocTranAmt + 0.01 }]))).toEqual([`wrong-amount ${receipt.chargeId}`]);
    expect(faultsOf(receipts((one) => [{ ...one, CurrencyCode: 'SEK' }]))).toEqual([`wrong-amount ${receipt.chargeId}`]);
  });

  it('a receipt booked for somebody else', () => {
    const other = observed.customers.find(({ CustNum }) => CustNum !== own.CustNum) as KineticCustomer;
    expect(faultsOf(receipts((one) => [{ ...one, CustNum: other.CustNum }]))).toEqual([`wrong-customer ${receipt.chargeId}`]);
  });

  it('a receipt that nobody sent', () => {
    const stranger = { ...own, CheckRef: `ch_${load.prefix}_poison`, StripePostingKey_c: 'kinetic-main/cash-receipt/other' };
    expect(faultsOf({ receipts: [...observed.receipts, stranger] })).toEqual([`unknown-document ch_${load.prefix}_poison`]);
  });

  it('a receipt whose cash group was never posted', () => {
    expect(faultsOf(receipts((one) => [{ ...one, Posted: false }]))).toEqual([`not-released ${receipt.chargeId}`]);
  });

  it('a customer whose last state is an older one', () => {
    expect(faultsOf(customers((one) => [{ ...one, Address2: `Seq ${newestVersion - 1}` }]))).toEqual([`out-of-order ${customerId}`]);
  });

  it('a customer that was set back and mended afterwards', () => {
    const last = observed.commits.at(-1)?.sequence ?? 0;
    const row = { CustNum: 1, StripeCustomerID_c: customerId };
    const commits = [
      ...observed.commits,
      { sequence: last + 1, table: 'Customer', key: 'x', row: { ...row, Address2: 'Seq 1' } },
      { sequence: last + 2, table: 'Customer', key: 'x', row: { ...row, Address2: `Seq ${newestVersion}` } },
    ];
    expect(faultsOf({ commits })).toEqual([`out-of-order ${customerId}`]);
  });

  it('a receipt before its customer', () => {
    const first = observed.commits.find(({ table, row }) => table === 'CashHead' && row?.CheckRef === receipt.chargeId);
    const commits = observed.commits.map((commit) =>
      commit.table === 'Customer' && commit.row?.CustNum === own.CustNum
        ? { ...commit, sequence: (first?.sequence ?? 0) + 1_000 + commit.sequence }
        : commit,
    );
    expect(faultsOf({ commits })).toContain(`out-of-order ${receipt.chargeId}`);
  });

  it('an event that is still on its way at rest', () => {
    expect(faultsOf(event(receipt.chargeId, { state: 'inFlight' }))).toEqual([`unfinished ${eventOf(receipt.chargeId).eventId}`]);
    expect(faultsOf({ counts: { ...observed.counts, inFlight: 1, posted: observed.counts.posted - 1 } })).toEqual(['unfinished recon']);
  });

  it('sums that do not add up', () => {
    expect(faultsOf({ counts: { ...observed.counts, posted: observed.counts.posted - 1 } })).toEqual(['counts recon']);
  });

  it('a good delivery that was refused', () => {
    const { eventId } = eventOf(receipt.chargeId);
    expect(faultsOf({ refused: { [eventId]: 'ingest answered 400' } })).toEqual([`refused ${eventId}`]);
  });
});

it('what waits for a person is no loss, and is listed', () => {
  const { eventId } = eventOf(receipt.chargeId);
  const verdict = checkInvariants(load, {
    ...observed,
    ...receipts(() => []),
    ...event(receipt.chargeId, { state: 'held', reason: 'posting.outcome-unknown' }),
  });
  expect(verdict).toEqual({
    violations: [],
    toPeople: [{ eventId, about: receipt.chargeId, state: 'held', reason: 'posting.outcome-unknown' }],
  });
});

it('an event that was never answered 200 may have no end', () => {
  const { eventId } = eventOf(receipt.chargeId);
  const { [eventId]: _unknown, ...events } = observed.events;
  const { [eventId]: _never, ...answered } = observed.answered;
  expect(faultsOf({ events, answered, ...receipts(() => []) })).toEqual([]);
});
