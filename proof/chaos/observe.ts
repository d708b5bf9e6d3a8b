import type { EventTotals } from '@tributary/contracts';
import type { Answers } from './deliver.js';
import type { Load } from './load.js';
import type { KineticCustomer, KineticReceipt, Observed, ObservedEvent } from './observed.js';
import type { ChaosSystem } from './system.js';

/** How long held postings may take to be resolved after everything else is done, before they count as left to an operator, ms. */
const heldPatienceMs = 45_000;
const askEveryMs = 500;
/** Attempts to read the state; some may fail on a busy machine. */
const observeAttempts = 10;
/** Observations in a row without anything in flight after which the system counts as settled. */
const settledObservations = 3;

/**
 * Waits until nothing is in flight any more, at most `withinMs`, and returns what was found then.
 * @throws when the system cannot be read.
 */
export async function observeAtRest(system: ChaosSystem, load: Load, answers: Answers, withinMs: number): Promise<Observed> {
  const deadline = Date.now() + withinMs;
  let settled = 0;
  let heldSince: number | undefined;
  let observed = await observeWithRetries(system, load, answers);
  while (Date.now() < deadline) {
    const held = Object.values(observed.events).some(({ state }) => state === 'held');
    heldSince = held ? (heldSince ?? Date.now()) : undefined;
    const waitsForHeld = heldSince !== undefined && Date.now() - heldSince < heldPatienceMs;
    settled = isSettled(observed) && !waitsForHeld ? settled + 1 : 0;
    if (settled >= settledObservations) break;
    await wait(askEveryMs);
    observed = await observeWithRetries(system, load, answers);
  }
  return observed;
}

/** @throws when the system cannot be read after several attempts; earlier observations are not used. */
async function observeWithRetries(system: ChaosSystem, load: Load, answers: Answers): Promise<Observed> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await observe(system, load, answers);
    } catch (error) {
      if (attempt === observeAttempts) throw new Error(`reading the state of the system: ${String(error)}`, { cause: error });
      await wait(askEveryMs * attempt);
    }
  }
}

function isSettled({ counts, answered, answeredEver: ever, events, receipts }: Observed): boolean {
  if (counts.inFlight > 0 || counts.accepted < ever) return false;
  if (!Object.entries(answered).every(([eventId, count]) => (events[eventId]?.deliveries ?? 0) >= count)) return false;
  return receipts.every(({ Posted }) => Posted) || Object.values(events).some(({ state }) => state === 'held');
}

async function observe(system: ChaosSystem, load: Load, answers: Answers): Promise<Observed> {
  const counts = await system.json<EventTotals>('recon', '/counts');
  const kinetic = await system.json<{ receipts: KineticReceipt[]; customers: KineticCustomer[] }>(
    'emulator-epicor-kinetic',
    '/_control/state',
  );
  const events: Record<string, ObservedEvent> = {};
  for (const { eventId } of load.events) {
    const response = await system.ask('recon', `/events/${eventId}`, 10_000);
    if (response.status === 404) continue;
    const { state, reason, deliveries } = (await response.json()) as ObservedEvent;
    events[eventId] = { state, reason, deliveries };
  }
  return {
    ...kineticOnly(kinetic),
    answered: answers.answered,
    refused: answers.refused,
    events,
    counts,
    answeredEver: system.answeredEver,
    commits: [],
  };
}

/** Only the columns that are checked, so that a recorded state stays readable. */
function kineticOnly(state: {
  receipts: readonly KineticReceipt[];
  customers: readonly KineticCustomer[];
}): Pick<Observed, 'receipts' | 'customers'> {
  return {
    receipts: state.receipts.map(({ HeadNum, CheckRef, DocTranAmt, CurrencyCode, CustNum, GroupID, Posted, StripePostingKey_c }) => ({
      HeadNum,
      CheckRef,
      DocTranAmt,
      CurrencyCode,
      CustNum,
      GroupID,
      Posted,
      StripePostingKey_c,
    })),
    customers: state.customers.map(({ CustNum, CustID, EMailAddress, Address2, StripeCustomerID_c, StripePostingKey_c }) => ({
      CustNum,
      CustID,
      EMailAddress,
      Address2,
      StripeCustomerID_c,
      StripePostingKey_c,
    })),
  };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
