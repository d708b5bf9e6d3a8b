import { judge } from './check.js';
import type { Verdict } from './check.js';
import { deliverAll } from './deliver.js';
import type { Answers } from './deliver.js';
import { Dice } from './dice.js';
import type { Load } from './load.js';
import type { Counts, KineticCustomer, KineticReceipt, Observed, ObservedEvent } from './observed.js';
import { endpoint } from './parts.js';
import type { Act } from './plan.js';
import type { ChaosSystem } from './system.js';

/** What a round came to; plain data, kept in the results. */
export interface RoundOutcome {
  readonly verdict: Verdict;
  readonly observed: Observed;
  readonly failedAttempts: number;
  readonly ownEnds: readonly { readonly part: string; readonly code: number | null; readonly signal: string | null }[];
  readonly unreadCommits: number;
  readonly settledAfterMs: number;
  readonly durationMs: number;
}

/** Faults of Kinetic, in per cent of its calls: 20 together. */
const faultShares: readonly { readonly percent: number; readonly action: object }[] = [
  { percent: 5, action: { kind: 'commit-then-drop-connection' } },
  { percent: 4, action: { kind: 'commit-then-502' } },
  { percent: 2, action: { kind: 'commit-then-stall' } },
  { percent: 3, action: { kind: 'drop-before' } },
  { percent: 3, action: { kind: 'down' } },
  { percent: 3, action: { kind: 'licence' } },
];
const faultPurpose = 3;
const settleWithinMs = 240_000;
/** How long held postings may take to be found out after all else is done, before they are left to a person. */
const heldPatienceMs = 45_000;
const askEveryMs = 500;
/** Looks that may fail in a row, for example on a busy machine. */
const observeAttempts = 10;
/** Calm looks in a row that mean rest. */
const calmLooks = 3;

/** One round: load and faults together, then no more faults, rest, and the check. */
export async function runRound(system: ChaosSystem, seed: number, round: number, load: Load, plan: readonly Act[]): Promise<RoundOutcome> {
  const begin = Date.now();
  const endsBefore = system.ownEnds.length;
  system.history.take();
  await system.setFaults(Dice.of(seed, round, faultPurpose).between(1, 1_000_000), faultRules());
  const giveUp = AbortSignal.timeout(settleWithinMs);
  const delivering = deliverAll(load, system.url('ingest', `/webhooks/stripe/${endpoint.name}`), endpoint.secrets[0] as string, giveUp);
  await act(system, plan);
  await system.heal();
  await system.setFaults(1, []);
  const answers = await delivering;
  system.answeredEver += Object.values(answers.answered).reduce((sum, count) => sum + count, 0);
  const restBegin = Date.now();
  const observed = await rest(system, load, answers);
  const { commits, lost } = system.history.take();
  const complete = { ...observed, commits };
  return {
    verdict: judge(load, complete),
    observed: complete,
    failedAttempts: answers.failures,
    ownEnds: system.ownEnds.slice(endsBefore).map(({ part, code, signal }) => ({ part, code, signal })),
    unreadCommits: lost,
    settledAfterMs: Date.now() - restBegin,
    durationMs: Date.now() - begin,
  };
}

/** A round after which the system did not come back, or did not let itself be looked at: a violation of its own. */
export function unobservable(error: unknown, durationMs: number): RoundOutcome {
  const counts = { accepted: 0, inFlight: 0, posted: 0, ignored: 0, held: 0, deadLettered: 0 };
  const text = error instanceof Error ? error.message : String(error);
  return {
    verdict: { violations: [{ fault: 'unobservable', id: 'system', text }], toPeople: [] },
    observed: { answered: {}, refused: {}, events: {}, counts, answeredEver: 0, receipts: [], customers: [], commits: [] },
    failedAttempts: 0,
    ownEnds: [],
    unreadCommits: 0,
    settledAfterMs: 0,
    durationMs,
  };
}

/** The first rule whose dice fall acts, so the later ones get a larger share of what is left. */
export function faultRules(): object[] {
  let left = 100;
  return faultShares.map(({ percent, action }) => {
    const probability = percent / left;
    left -= percent;
    return { match: { probability }, action };
  });
}

async function act(system: ChaosSystem, plan: readonly Act[]): Promise<void> {
  const begin = Date.now();
  const lanes = new Map<string, Promise<void>>();
  for (const one of plan) {
    // A victim that takes longer to come back than planned is not treated again meanwhile.
    const lane = one.victim.startsWith('kafka-') ? 'kafka' : one.victim;
    const before = lanes.get(lane) ?? Promise.resolve();
    lanes.set(
      lane,
      before.then(() => wait(begin + one.atMs - Date.now())).then(() => treat(system, one)),
    );
  }
  await Promise.all(lanes.values());
}

async function treat(system: ChaosSystem, { victim, treatment, forMs }: Act): Promise<void> {
  const part = system.part(victim);
  if (treatment === 'freeze') {
    part.freeze();
    await wait(forMs);
    part.thaw();
    return;
  }
  await (treatment === 'kill' ? part.kill() : part.stop());
  await wait(forMs);
  await part.start();
  if (victim !== 'emulator-epicor-kinetic') return;
  await part.ready(settleWithinMs); // its faults lived in its memory
  await system.repeatFaults();
}

/** Waits until nothing is on its way any more, then says what is there. */
async function rest(system: ChaosSystem, load: Load, answers: Answers): Promise<Observed> {
  const deadline = Date.now() + settleWithinMs;
  let calm = 0;
  let heldSince: number | undefined;
  let observed = await patientlyObserve(system, load, answers);
  while (Date.now() < deadline) {
    const held = Object.values(observed.events).some(({ state }) => state === 'held');
    heldSince = held ? (heldSince ?? Date.now()) : undefined;
    const patient = heldSince !== undefined && Date.now() - heldSince < heldPatienceMs;
    calm = isCalm(observed) && !patient ? calm + 1 : 0;
    if (calm >= calmLooks) break;
    await wait(askEveryMs);
    observed = await patientlyObserve(system, load, answers);
  }
  return observed;
}

/** Only what was seen just now is judged. @throws when the system does not let itself be looked at in time. */
async function patientlyObserve(system: ChaosSystem, load: Load, answers: Answers): Promise<Observed> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await observe(system, load, answers);
    } catch (error) {
      if (attempt === observeAttempts) throw new Error(`looking at the system at rest: ${String(error)}`, { cause: error });
      await wait(askEveryMs * attempt);
    }
  }
}

function isCalm({ counts, answered, answeredEver: ever, events, receipts }: Observed): boolean {
  if (counts.inFlight > 0 || counts.accepted < ever) return false;
  if (!Object.entries(answered).every(([eventId, count]) => (events[eventId]?.deliveries ?? 0) >= count)) return false;
  return receipts.every(({ Posted }) => Posted) || Object.values(events).some(({ state }) => state === 'held');
}

async function observe(system: ChaosSystem, load: Load, answers: Answers): Promise<Observed> {
  const counts = await system.json<Counts>('recon', '/counts');
  const kinetic = await system.json<{ receipts: KineticReceipt[]; customers: KineticCustomer[] }>(
    'emulator-epicor-kinetic',
    '/_control/state',
  );
  const events: Record<string, ObservedEvent> = {};
  for (const { eventId } of load.events) {
    const response = await fetch(system.url('recon', `/events/${eventId}`), { signal: AbortSignal.timeout(10_000) });
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

/** Only the columns that are looked at, so that a recorded state stays readable. */
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
