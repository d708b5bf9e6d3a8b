import type { Answer, BatchInput, Reference } from '@tributary/posting';
import { longestCallMs } from './core.js';
import { Latch } from './engine.js';
import type { Host, Process } from './engine.js';
import { ErpCallHandler } from './erp-call.js';
import type { Sender } from './sim-call.js';
import { ErpLedger, settleMs } from './erp-ledger.js';
import type { SimDocument } from './sim-document.js';
import type { SimLine, SimRequest } from './sim-request.js';
import type { World } from './world.js';

/**
 * An ERP without idempotency keys, as its connector sees it. It applies a call as often as it gets it, may commit after the caller gave up
 * (within the settle time, as the connector promises, unless a fault breaks that promise), and finds documents by their posting key.
 */
export class SimErp {
  readonly ledger: ErpLedger;
  private readonly handler: ErpCallHandler;

  constructor(private readonly world: World) {
    this.ledger = new ErpLedger(world);
    this.handler = new ErpCallHandler(world, this.ledger);
  }

  /** One call of the connector, with its deadline. The answer is what a connector makes of the ERP's response. */
  *post(
    request: SimRequest,
    known: Reference | undefined,
    batchId: string | undefined,
    sender: Sender,
    finish?: readonly SimLine[],
  ): Process<Answer> {
    const { world } = this;
    const sentAt = world.now;
    const answered = new Latch();
    let result: Answer | undefined;
    const answer = (value: Answer, at: number): void => {
      world.engine.at(at, () => {
        result = value;
        answered.open();
      });
    };
    world.engine.at(sentAt + world.dice.between(2, 25), () =>
      this.handler.take({ request, known, batchId, finish, sender, sentAt, answer }),
    );
    yield* this.until(answered, sender, sentAt + longestCallMs);
    return result ?? { kind: 'unknown', text: 'no answer' };
  }

  /** Looks up the documents of a key; `silent` when the ERP did not answer. */
  *find(key: string, withinMs: number, abort: Latch): Process<{ found: SimDocument[] } | 'silent'> {
    const { world, ledger } = this;
    const limitMs = Math.min(withinMs, longestCallMs);
    if (world.now < ledger.silentUntil || world.now < ledger.downUntil) {
      yield { latch: abort, ms: world.now < ledger.downUntil ? 20 : limitMs };
      return 'silent';
    }
    yield world.dice.between(2, 25);
    const found = [...(ledger.byKey.get(key) ?? [])];
    yield world.dice.between(2, 25);
    return { found };
  }

  /** Deletes a half document; the answer may be lost, whether it was deleted or not. */
  *discard(id: string, key: string, abort: Latch): Process<Answer> {
    const { world, ledger } = this;
    if (world.now < ledger.downUntil) return { kind: 'unavailable', code: 'erp.unavailable', text: 'connection refused' };
    yield world.dice.between(2, 25);
    const isLost = world.faults.strikes('discard-unanswered', 0.6);
    const isDone = !isLost || world.faults.of('discard-unanswered').chance(0.5);
    const done = isDone ? ledger.discard(id, key) : 'absent';
    // I7: what is in the books stays there.
    world.checks.that('I7', done !== 'released', () => `${key}: ${id} is to be deleted, though it is in the books`);
    if (isLost) {
      yield { latch: abort, ms: longestCallMs };
      return { kind: 'unknown', text: 'no answer' };
    }
    yield world.dice.between(2, 25);
    return { kind: done === 'deleted' ? 'posted' : 'skipped', reference: { id }, text: 'deleted' } as Answer;
  }

  /** Releases a batch: its saved documents get into the books. */
  *release(batchId: string, abort: Latch, host: Host): Process<Extract<BatchInput, { kind: 'answered' }>['answer']> {
    const { world, ledger } = this;
    const { faults } = world;
    // The call is on its way once it was permitted: only its caller can be suspended after that.
    if (world.now < ledger.downUntil) return 'unavailable';
    const state = ledger.batches.get(batchId);
    // I3: a release is only sent after a lookup showed that no other one is running or done.
    world.checks.that('I3', state !== 'posting' && state !== 'posted', () => `batch ${batchId} is released though it is ${state ?? ''}`);
    if (state === undefined) return 'skipped';
    if (faults.has('period-closes-between') && world.now < ledger.closedUntil) {
      faults.count('period-closes-between');
      return 'rejected';
    }
    if (![...ledger.batches.values()].includes('posting') && faults.strikes('batch-stuck', 0.3)) {
      ledger.batches.set(batchId, 'posting');
      yield { latch: abort, ms: longestCallMs };
      return 'unknown';
    }
    if (faults.strikes('half-commit', 0.5)) {
      this.releaseHalf(batchId);
      yield* world.mayCrash(host, 'crash-after-effect', 0.2);
      yield { latch: abort, ms: longestCallMs };
      return 'unknown';
    }
    ledger.releaseBatch(batchId);
    yield* world.mayCrash(host, 'crash-after-effect', 0.1);
    yield world.dice.between(5, 60);
    yield* world.mayCrash(host, 'crash-before-record', 0.1);
    return 'posted';
  }

  /** Looks up the state of a batch; `silent` when the ERP did not answer. */
  *batchState(batchId: string, abort: Latch): Process<Extract<BatchInput, { kind: 'lookup-answered' }>['state'] | 'silent'> {
    const { ledger } = this;
    if (this.world.now < ledger.silentUntil || this.world.now < ledger.downUntil) {
      yield { latch: abort, ms: longestCallMs };
      return 'silent';
    }
    yield this.world.dice.between(2, 25);
    return ledger.batches.get(batchId) ?? 'absent';
  }

  /** Fault: a release that gets no answer, and is done at once, late, in two stages, or not at all. */
  private releaseHalf(batchId: string): void {
    const { world, ledger } = this;
    const dice = world.faults.of('half-commit');
    const half = dice.pick(['answer lost', 'late', 'not done', 'posting'] as const);
    world.trace('erp', () => `release of ${batchId}: half-commit: ${half}`);
    const gaveUpAt = world.now + longestCallMs;
    if (half === 'answer lost') ledger.releaseBatch(batchId);
    if (half === 'late') world.engine.at(gaveUpAt + dice.between(-20_000, settleMs - 100), () => ledger.releaseBatch(batchId));
    if (half === 'posting') {
      ledger.batches.set(batchId, 'posting');
      world.engine.at(world.now + dice.between(500, 90_000), () => ledger.releaseBatch(batchId));
    }
  }

  /** Waits until the answer, the caller's abort, or its deadline. */
  private *until(answered: Latch, { abort }: Sender, limit: number): Process {
    const either = new Latch();
    answered.onOpen(() => either.open());
    abort.onOpen(() => either.open());
    if (!either.isOpen) yield { latch: either, ms: Math.max(0, limit - this.world.now) };
  }
}
