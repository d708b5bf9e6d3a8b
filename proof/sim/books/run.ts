import { Dice } from '../../chaos/dice.js';
import { Engine, Host } from '../engine.js';
import { heldSlackMs, coreFor } from './core.js';
import type { BooksCore } from './core.js';
import { days } from './documents.js';
import { Desk } from './desk.js';
import type { StoryFact, StoryRequest } from './documents.js';
import { BooksErp } from './erp.js';
import { StoryLedger } from './ledger.js';
import type { StoryBatch } from './ledger.js';
import { StripeReads } from './reads.js';
import { redeliveredAfterMs, StorySink } from './sink.js';
import type { Shared } from './sink.js';
import { storyFaults, Storm } from './storm.js';
import type { StoryFault } from './storm.js';
import { tellStory } from './story.js';
import { traitsOf, usualCallMs } from './traits.js';
import { brokenAtEnd } from './verify.js';

const startAt = Date.parse('2026-11-01T08:00:00Z');
/** How long faults strike, and how long it is calm then: longer than every delay, lease, recheck and time of a need, ms. */
const usualTimes = [300_000, 50 * 60_000] as const;
const slowTimes = [1_500_000, 150 * 60_000] as const;
const restartMs = 3_000;
/** How long a person waits before ordering a refused release again, ms. */
const orderAgainMs = 60_000;
const copies = 2;
/** Between looks at what should be held by now, ms. */
const lookMs = 20_000;

/** What one seed of the books came to. */
export interface BooksRun {
  readonly seed: number;
  /** First thing that does not hold; undefined when all does. */
  readonly violation: string | undefined;
  readonly struck: ReadonlyMap<StoryFault, number>;
  readonly requests: number;
  readonly events: number;
  /** Requests by the state of their postings. */
  readonly ends: Readonly<Record<string, number>>;
}

/** Runs one seed: a story, a storm of faults, calm, an accountant who opens periods and releases what is stuck, and the checks. */
export function runBooks(seed: number, shipped: BooksCore): BooksRun {
  const dice = Dice.of(seed, 1, 2);
  const engine = new Engine(startAt);
  const chosen = new Set(storyFaults.filter(() => dice.chance(0.6)));
  const storm = new Storm(dice, chosen);
  const traits = traitsOf(seed);
  const core = coreFor(shipped, shipped.duties.leasePerTarget ? traits.longestCallMs : usualCallMs);
  const erp = new BooksErp(engine, dice, traits, (trait) => storm.note(trait));
  const ledger = new StoryLedger(core, traits);
  const [stormMs, calmMs] = traits.longestCallMs > usualCallMs ? slowTimes : usualTimes;
  const story = tellStory(seed, core.flows);
  const shared: Shared = { engine, dice, core, ledger, erp, storm };
  const office = new Office(shared);
  const post = ({ requests }: StoryFact): void => requests.forEach((request) => office.deliver(request));
  const [desk, reads] = [new Desk(shared, core.answers, post), new StripeReads(shared, post)];
  const later = new Set(story.facts.flatMap(({ requests }) => requests));
  if (storm.strikes('stripe-silent', 0.3)) storm.stripeSilentUntil = startAt + dice.between(60_000, 3_600_000);
  for (const fact of story.facts)
    engine.at(startAt + dice.between(0, stormMs / 2), () => (fact.questions.length > 0 ? desk.arrive(fact) : reads.read(fact)));
  for (const request of dice.shuffled(story.requests.filter((one) => !later.has(one)))) {
    const at = startAt + dice.between(0, stormMs / 2);
    engine.at(at, () => office.deliver(request));
    if (storm.strikes('redelivered', 0.3)) engine.at(at + dice.between(0, 60_000), () => office.deliver(request));
  }
  if (storm.strikes('period-closes', 0.5)) engine.at(startAt + dice.between(0, stormMs), () => void erp.closed.add(dice.pick(days)));
  if (storm.strikes('reads-silent', 0.4)) {
    const from = startAt + dice.between(0, stormMs / 4);
    engine.at(from, () => (storm.readsSilentUntil = from + dice.between(60_000, stormMs)));
  }
  watchHeld(shared, startAt + stormMs + calmMs);
  engine.runUntil(startAt + stormMs);
  storm.isOver = true;
  engine.runUntil(startAt + stormMs + calmMs);
  office.accountant();
  engine.runUntil(startAt + stormMs + 2 * calmMs);
  const ends: Record<string, number> = {};
  for (const { posting } of ledger.rows.values()) ends[posting.state] = (ends[posting.state] ?? 0) + 1;
  const [violation] = brokenAtEnd(story, ledger, erp, desk.decided);
  return { seed, violation, struck: storm.struck, requests: story.requests.length, events: engine.events, ends };
}

/** Looks now and then whether what nobody can tell is held in time (what remains of I3): a person has to see it. */
function watchHeld({ engine, ledger, core, erp }: Shared, until: number): void {
  const { heldAfterMs, leaseMs } = coreFor(core, erp.traits.longestCallMs).posting;
  const most = (heldAfterMs === Infinity ? leaseMs : heldAfterMs) + leaseMs + heldSlackMs;
  const look = (): void => {
    for (const { posting, request, result } of ledger.rows.values()) {
      const isOpen = (posting.state === 'claimed' || posting.state === 'unknown') && result !== 'held';
      const forMs = engine.now - (posting.sentAt ?? engine.now);
      if (isOpen && forMs > most)
        erp.wrongs.push(`I3: nobody is told for ${Math.round(forMs / 1_000)} s that the outcome of ${request.key} is unknown`);
    }
    if (engine.now < until) engine.at(engine.now + lookMs, look);
  };
  engine.at(engine.now + lookMs, look);
}

/** The copies of the sink, which are killed and started again, and the topic that redelivers. */
class Office {
  private readonly sinks: StorySink[] = [];

  constructor(private readonly shared: Shared) {
    for (let copy = 0; copy < copies; copy += 1) this.start(copy);
  }

  /** Delivers a message to a copy that lives; again when it was not finished. */
  deliver(request: StoryRequest): void {
    const { engine, dice } = this.shared;
    const sink = dice.pick(this.sinks.filter(({ host }) => host.alive));
    const again = (): void => engine.at(engine.now + redeliveredAfterMs, () => this.deliver(request));
    if (!sink) return again();
    let isDone = false;
    engine.start(
      sink.host,
      this.finishing(sink, request, () => (isDone = true), again),
    );
    this.watch(sink.host, () => !isDone, again);
  }

  private *finishing(sink: StorySink, request: StoryRequest, done: () => void, again: () => void): Generator<number, void, boolean> {
    const isConcluded = yield* sink.handle(request) as Generator<number, boolean, boolean>;
    done();
    if (!isConcluded) again();
  }

  /** A person opens the periods, releases what the ERP is stuck with, and orders failed batches again. */
  accountant(): void {
    const { erp, ledger } = this.shared;
    for (const [id, { state }] of erp.groups)
      for (const row of state === 'posting' ? ledger.membersOf(id) : [])
        if (row.posting.state === 'posted' && row.code !== 'batch-unresolved')
          erp.wrongs.push(`I2: batch ${id} is stuck, and nobody is told about ${row.request.key}`);
    erp.closed.clear();
    for (const [id, group] of erp.groups)
      if (group.state === 'posting' || group.state === 'failed') {
        group.state = 'open';
        if (ledger.batches.get(id)?.batch.state !== 'failed') erp.release(id);
      }
    for (const one of ledger.batches.values()) if (one.batch.state === 'failed') this.order(one);
  }

  /** Orders another release; again a minute later while somebody just looks at the batch. */
  private order(one: StoryBatch): void {
    const { core, engine } = this.shared;
    const { batch, effects } = core.stepBatch(one.batch, { kind: 'ordered' }, engine.now, core.batch);
    one.batch = batch;
    if (effects.some(({ kind }) => kind === 'order-refused')) engine.at(engine.now + orderAgainMs, () => this.order(one));
  }

  private start(copy: number): void {
    const { engine } = this.shared;
    const sink = new StorySink(this.shared, new Host(`sink ${copy}`, engine));
    this.sinks[copy] = sink;
    engine.start(sink.host, sink.sweeping());
    this.watch(
      sink.host,
      () => true,
      () => this.start(copy),
    );
  }

  /** Runs something a moment after a host was killed, as long as it is wanted. */
  private watch(host: Host, isWanted: () => boolean, then: () => void): void {
    const { engine, storm } = this.shared;
    const look = (): void => {
      if (!host.alive) return void (isWanted() && engine.at(engine.now + restartMs, then));
      if (isWanted() && !storm.isOver) engine.at(engine.now + restartMs, look);
    };
    engine.at(engine.now + restartMs, look);
  }
}
