import type { ExpectedReceipt, Load, LoadEvent } from './load.js';
import type { KineticCustomer, KineticReceipt, Observed } from './observed.js';

/** Kind of a violated invariant. */
export type Fault =
  | 'lost' // accepted, and never recorded
  | 'unfinished' // accepted, and still in flight when nothing changed any more
  | 'unobservable' // the system did not recover, or could not be read
  | 'counts' // the sums of recon do not add up
  | 'refused' // a good delivery was refused for good
  | 'wrong-end' // ended in a state that is not allowed for this event
  | 'duplicate' // more than one document for one posting key
  | 'missing' // reported as posted, and not in Kinetic
  | 'wrong-amount'
  | 'wrong-customer'
  | 'unknown-document' // in Kinetic, and never sent
  | 'not-released' // entered in a cash group that was never posted
  | 'out-of-order'; // an older state overwrote a newer one, or a receipt came before its customer

/** One violated invariant. */
export interface Violation {
  readonly fault: Fault;
  /** Event, charge or customer. */
  readonly id: string;
  readonly text: string;
}

/** Result of the check of a round. */
export interface Verdict {
  readonly violations: readonly Violation[];
  /** Events that need an operator; not a loss. */
  readonly toPeople: readonly {
    readonly eventId: string;
    readonly about: string;
    readonly state: string;
    readonly reason: string | null;
  }[];
}

/** Reasons for which a customer fact may change nothing in Kinetic: newer data was there already. */
const overtaken = new Set(['stale', 'duplicate']);
const withPeople = new Set(['held', 'deadLettered']);

/** Checks the invariants of a round: compares what was accepted with what Kinetic holds, document by document. Silent loss is a violation. */
export function checkInvariants(load: Load, observed: Observed): Verdict {
  const toPeople = load.events.flatMap(({ eventId, about, expected }) => {
    const found = observed.events[eventId];
    if (!found || !withPeople.has(found.state) || expected === 'dead-letter') return [];
    return [{ eventId, about, state: found.state, reason: found.reason }];
  });
  const violations = [
    ...countsAddUp(observed),
    ...load.events.flatMap((event) => endOf(event, observed)),
    ...load.receipts.flatMap((receipt) => receiptIsThereOnce(receipt, load, observed)),
    ...nothingElse(load, observed),
    ...duplicatesByPostingKey(observed),
    ...customersAreNewest(load, observed),
    ...orderOfCommits(observed),
  ];
  return { violations, toPeople };
}

function countsAddUp({ counts, answeredEver }: Observed): Violation[] {
  const { accepted, inFlight, posted, ignored, held, deadLettered } = counts;
  const sum = inFlight + posted + ignored + held + deadLettered;
  const found: Violation[] = [];
  if (accepted !== sum) found.push({ fault: 'counts', id: 'recon', text: `accepted ${accepted}, the others add up to ${sum}` });
  if (accepted < answeredEver)
    found.push({ fault: 'lost', id: 'recon', text: `${answeredEver} deliveries were answered 200, recon counts ${accepted}` });
  if (inFlight > 0) found.push({ fault: 'unfinished', id: 'recon', text: `${inFlight} events are still in flight` });
  return found;
}

/** Violations in the final state of one event. Only an event that was answered 200 must have one. */
function endOf(event: LoadEvent, observed: Observed): Violation[] {
  const { eventId, expected, about } = event;
  const refusal = observed.refused[eventId];
  if (refusal !== undefined) return [{ fault: 'refused', id: eventId, text: `${about}: ${refusal}` }];
  const answered = observed.answered[eventId] ?? 0;
  const found = observed.events[eventId];
  if (!found) return answered > 0 ? [{ fault: 'lost', id: eventId, text: `${about}: answered 200, and recon does not know it` }] : [];
  const violations: Violation[] = [];
  if (found.deliveries < answered)
    violations.push({ fault: 'lost', id: eventId, text: `${about}: ${answered} deliveries answered 200, ${found.deliveries} are stored` });
  if (found.state === 'inFlight') violations.push({ fault: 'unfinished', id: eventId, text: `${about}: in flight at rest` });
  else if (!mayEndAs(expected, found.state, found.reason))
    violations.push({
      fault: 'wrong-end',
      id: eventId,
      text: `${about}: ${expected} expected, ${found.state} ${found.reason ?? ''} found`,
    });
  return violations;
}

function mayEndAs(expected: LoadEvent['expected'], state: string, reason: string | null): boolean {
  if (expected === 'dead-letter') return state === 'deadLettered';
  if (expected === 'ignored') return state === 'ignored';
  if (state === 'posted' || withPeople.has(state)) return true;
  return expected === 'customer' && state === 'ignored' && overtaken.has(reason ?? '');
}

function receiptIsThereOnce(expected: ExpectedReceipt, load: Load, observed: Observed): Violation[] {
  const { chargeId } = expected;
  const event = load.events.find(({ about }) => about === chargeId) as LoadEvent;
  const state = observed.events[event.eventId]?.state;
  const own = observed.receipts.filter(({ CheckRef }) => CheckRef === chargeId);
  const violations = own.flatMap((receipt) => differences(expected, receipt, observed.customers));
  if (own.length > 1)
    violations.push({ fault: 'duplicate', id: chargeId, text: `receipts ${own.map(({ HeadNum }) => HeadNum).join(', ')} for one payment` });
  if (own.length === 0 && state === 'posted')
    violations.push({ fault: 'missing', id: chargeId, text: `${event.eventId} is posted, and Kinetic has no receipt` });
  if (state === 'posted' && own.some(({ Posted }) => !Posted))
    violations.push({ fault: 'not-released', id: chargeId, text: `entered in group ${own[0]?.GroupID}, which is not posted` });
  return violations;
}

function differences(expected: ExpectedReceipt, receipt: KineticReceipt, customers: readonly KineticCustomer[]): Violation[] {
  const { chargeId, amount, currency, customerId, email } = expected;
  const violations: Violation[] = [];
  // Numbers of this size are shown in their shortest form, so the text is the amount.
  const found = `${String(receipt.DocTranAmt)} ${receipt.CurrencyCode}`;
  if (found !== `${amount} ${currency}`)
    violations.push({ fault: 'wrong-amount', id: chargeId, text: `${amount} ${currency} sent, ${found} in receipt ${receipt.HeadNum}` });
  const customer = customers.find(({ CustNum }) => CustNum === receipt.CustNum);
  const right = customerId === undefined ? customer?.EMailAddress === email : customer?.StripeCustomerID_c === customerId;
  if (!right)
    violations.push({
      fault: 'wrong-customer',
      id: chargeId,
      text: `of ${customerId ?? email}, booked for ${customer?.StripeCustomerID_c || customer?.EMailAddress || `customer ${receipt.CustNum}`}`,
    });
  return violations;
}

/** Receipts of this round that nobody sent, the poisoned payment's included. */
function nothingElse(load: Load, observed: Observed): Violation[] {
  const sent = new Set(load.receipts.map(({ chargeId }) => chargeId));
  return observed.receipts
    .filter(({ CheckRef }) => CheckRef.startsWith(`ch_${load.prefix}_`) && !sent.has(CheckRef))
    .map(({ CheckRef, HeadNum }) => ({ fault: 'unknown-document', id: CheckRef, text: `receipt ${HeadNum}` }) as const);
}

/** Over the whole dump, so over earlier rounds too: one document for one posting key (I3), one customer for one Stripe customer. */
function duplicatesByPostingKey({ receipts, customers }: Observed): Violation[] {
  const keys = [
    ...receipts.map(({ StripePostingKey_c }) => `receipt ${StripePostingKey_c}`),
    ...customers.filter((customer) => customer.StripePostingKey_c).map(({ StripePostingKey_c }) => `customer ${StripePostingKey_c}`),
    ...customers.filter((customer) => customer.StripeCustomerID_c).map(({ StripeCustomerID_c }) => `Stripe customer ${StripeCustomerID_c}`),
  ];
  const counted = new Map<string, number>();
  for (const key of keys) counted.set(key, (counted.get(key) ?? 0) + 1);
  return [...counted]
    .filter(([, count]) => count > 1)
    .map(([key, count]) => ({ fault: 'duplicate', id: key, text: `${count} documents in Kinetic` }) as const);
}

/** I4: the last state of a customer is the newest accepted one; only those that wait for a person may be missing. */
function customersAreNewest(load: Load, observed: Observed): Violation[] {
  const done = new Map<string, number>();
  for (const { eventId, expected, about, version = 0 } of load.events) {
    const state = observed.events[eventId]?.state;
    if (expected !== 'customer' || state === undefined || withPeople.has(state) || state === 'inFlight') continue;
    done.set(about, Math.max(done.get(about) ?? 0, version));
  }
  return [...done].flatMap(([customerId, newest]): Violation[] => {
    const customer = observed.customers.find(({ StripeCustomerID_c }) => StripeCustomerID_c === customerId);
    if (!customer) return [{ fault: 'missing', id: customerId, text: `version ${newest} is done, and Kinetic does not know the customer` }];
    const found = versionIn(customer.Address2);
    if (found >= newest) return [];
    return [{ fault: 'out-of-order', id: customerId, text: `version ${newest} was accepted, Kinetic ended with version ${found}` }];
  });
}

/** I4 on the way: no commit of Kinetic put an older version over a newer one, and every receipt's customer was there before it. */
function orderOfCommits({ commits, customers }: Observed): Violation[] {
  const violations: Violation[] = [];
  const versions = new Map<string, number>();
  const firstSeen = new Map<number, number>();
  for (const { sequence, table, row } of commits) {
    if (table !== 'Customer' || !row) continue;
    const number = Number(row.CustNum);
    if (!firstSeen.has(number)) firstSeen.set(number, sequence);
    const customerId = String(row.StripeCustomerID_c ?? '');
    if (customerId === '') continue;
    const version = versionIn(String(row.Address2 ?? ''));
    const before = versions.get(customerId) ?? 0;
    if (version < before)
      violations.push({ fault: 'out-of-order', id: customerId, text: `version ${version} over ${before} in transaction ${sequence}` });
    versions.set(customerId, version);
  }
  const known = new Set(customers.map(({ CustNum }) => CustNum));
  for (const { sequence, table, row } of commits) {
    if (table !== 'CashHead' || !row) continue;
    const number = Number(row.CustNum);
    const since = firstSeen.get(number) ?? (known.has(number) ? 0 : Number.POSITIVE_INFINITY);
    if (since > sequence)
      violations.push({ fault: 'out-of-order', id: String(row.CheckRef), text: `receipt in transaction ${sequence}, its customer later` });
  }
  return violations;
}

/** `Seq 7` -> 7; anything else, for example a customer made by a payment, is version 0. */
function versionIn(line: string): number {
  const match = /^Seq (\d+)$/.exec(line);
  return match ? Number(match[1]) : 0;
}
