import { newerStateOf } from '@tributary/posting';
import type { Effect, Input, OrderAction } from '@tributary/posting';
import type { SimBroker } from './broker.js';
import { callGraceMs, longestCallMs } from './core.js';
import type { Message, Outcome, SimDatabase } from './database.js';
import { Latch } from './engine.js';
import type { Host, Process } from './engine.js';
import type { SimErp } from './erp.js';
import { missingRows } from './erp-half.js';
import { referenceOf } from './erp-ledger.js';
import type { SimLedger, Stepped } from './ledger.js';
import { Aborted, Failed } from './world.js';
import type { World } from './world.js';

const busyPollMs = 250;
const sweepIntervalMs = 2_000;
const longestIdleMs = 30_000;

/**
 * One running copy of erp-sink. Imitates services/erp-sink/src/emit/poster.ts, connector-calls.ts, the batch releaser and accept/sweeper.ts as
 * literally as possible.
 */
export class SimSink {
  /** Signal of the sweeper, whose work ends only with the process. */
  private readonly never = new Latch();

  constructor(
    private readonly world: World,
    private readonly host: Host,
    private readonly ledger: SimLedger,
    private readonly database: SimDatabase,
    private readonly erp: SimErp,
    private readonly broker: SimBroker,
  ) {}

  /** Processes one request to its end. Publishes before it returns. @throws {Failed | Aborted} */
  *handle(message: Message, order: OrderAction | undefined, abort: Latch): Process {
    const enter = (): Process<Stepped> =>
      order === 'skip' ? this.ledger.skip(this.host, message) : this.ledger.arrive(this.host, message, order !== undefined);
    let stepped = yield* enter();
    while (stepped.next?.kind === 'busy') {
      yield* sleep(busyPollMs, abort);
      stepped = yield* enter();
    }
    const { conclusions, failure } = yield* this.run(stepped, false, abort);
    const last = conclusions.filter(({ requestId }) => requestId === message.request.requestId).at(-1);
    if (this.world.core.glue.publishBeforeOffset) yield* this.broker.publishOutcomes(this.host, conclusions);
    yield* this.world.mayCrash(this.host, 'crash-before-offset', 0.02);
    if (failure) throw failure;
    if (last?.result === 'held')
      throw new Failed(last.code ?? 'posting.held', 'hold', `posting ${message.request.postingKey}: ${last.text ?? ''}`);
  }

  *sweeping(): Process {
    yield this.world.dice.between(0, sweepIntervalMs);
    for (;;) {
      try {
        yield* this.sweep();
      } catch (error) {
        if (!(error instanceof Failed)) throw error;
      }
      yield this.untilNextSweep();
    }
  }

  /** Milliseconds to the next sweep that can find work. A sweep without work changes nothing, so those before it are left out. */
  private untilNextSweep(): number {
    const { database } = this;
    if ([...database.outcomes.values()].some(({ due }) => due)) return sweepIntervalMs;
    const now = database.now();
    let next = longestIdleMs;
    for (const [id, { state, notBefore }] of database.batches)
      if (state !== 'released' && state !== 'failed' && !this.ledger.batches.isBlocked(id))
        next = Math.min(next, Math.max(notBefore - now, sweepIntervalMs));
    for (const { posting, decideAt } of database.postings.values()) {
      if (posting.recheckAt !== undefined) next = Math.min(next, Math.max(posting.recheckAt - now, sweepIntervalMs));
      if (decideAt !== undefined) next = Math.min(next, Math.max(decideAt - now, sweepIntervalMs));
      const isOpen = posting.sentAt !== undefined || posting.state === 'claimed' || posting.state === 'unknown';
      const mayBeReady = posting.state === 'waiting' && this.ledger.isReady(posting.waitingOn);
      if (isOpen || mayBeReady) next = sweepIntervalMs;
    }
    return next;
  }

  private *sweep(): Process {
    yield* this.publishDue();
    for (const key of yield* this.ledger.resumable(this.host)) {
      try {
        yield* this.resume(key);
      } catch (error) {
        if (!(error instanceof Failed)) throw error;
        if (error.disposition === 'pause') break;
      }
    }
    for (const batchId of yield* this.ledger.batches.candidates(this.host)) {
      try {
        yield* this.processBatch(batchId);
      } catch (error) {
        if (!(error instanceof Failed)) throw error;
        if (error.disposition === 'pause') break;
      }
    }
    yield* this.publishDue();
  }

  private *publishDue(): Process {
    const due = yield* this.ledger.outcomes.due(this.host);
    if (due.length === 0) return;
    yield* this.publish(due);
  }

  private *publish(conclusions: readonly Outcome[]): Process {
    yield* this.broker.publishOutcomes(this.host, conclusions);
    yield* this.broker.writeDeadLetters(this.host, conclusions);
    yield* this.ledger.outcomes.published(this.host, conclusions);
  }

  private *resume(key: string): Process {
    if (!this.world.core.glue.sweeps) return;
    const { conclusions, failure } = yield* this.run(yield* this.ledger.resume(this.host, key), true, this.never);
    yield* this.publish(conclusions);
    if (failure && failure.disposition !== 'reject') throw failure;
  }

  private *run(first: Stepped, due: boolean, abort: Latch): Process<{ conclusions: Outcome[]; failure: Failed | undefined }> {
    const conclusions: Outcome[] = [];
    let stepped = first;
    for (;;) {
      conclusions.push(...stepped.conclusions);
      const { next, row } = stepped;
      if (next === undefined || next.kind === 'busy') return { conclusions, failure: undefined };
      if (next.kind === 'fail')
        return { conclusions, failure: new Failed(next.code, next.disposition, `posting ${row.key}: ${next.text}`, next.retryAfterMs) };
      if (next.kind === 'fenced') throw new Failed('posting.taken', 'pause', `recording posting ${row.key}: another worker took it over`);
      const found = next.kind === 'lookup' ? yield* this.lookup(stepped, next, due, abort) : yield* this.write(stepped, next, due, abort);
      stepped = yield* this.ledger.report(this.host, row.key, found, due);
    }
  }

  private *lookup(
    { row }: Stepped,
    { afterMs, withinMs }: { afterMs: number; withinMs?: number },
    due: boolean,
    abort: Latch,
  ): Process<Extract<Input, { fence: number }>> {
    const { fence } = row.posting;
    try {
      yield* sleep(afterMs, abort);
    } catch (error) {
      yield* this.ledger.report(this.host, row.key, { kind: 'abandoned', fence }, due);
      throw error;
    }
    const answer = yield* this.erp.find(row.key, withinMs ?? longestCallMs, abort);
    if (answer === 'silent') return { kind: 'lookup-failed', fence, text: `looking for ${row.key}: no answer` };
    const [first, second] = answer.found;
    if (second)
      return { kind: 'lookup-ambiguous', fence, code: 'erp.duplicate-document', text: `${row.key} exists ${answer.found.length} times` };
    const missing = first && row.stored ? missingRows(row.stored.request, first.lines) : [];
    return { kind: 'lookup-answered', fence, reference: first && referenceOf(first), missing };
  }

  private *write(
    stepped: Stepped,
    next: Extract<Effect, { kind: 'post' | 'discard' }>,
    due: boolean,
    abort: Latch,
  ): Process<Extract<Input, { fence: number }>> {
    const { world, host } = this;
    const { row } = stepped;
    const { fence, reference, half } = row.posting;
    if (!row.stored) throw new TypeError(`posting ${row.key}: nothing to send`);
    const problem = next.kind === 'post' ? world.core.effectProblem(row.stored.request) : undefined;
    if (problem) return { kind: 'answered', fence, answer: { kind: 'rejected', ...problem } };
    yield* world.mayFreeze(host, 0.03);
    if (world.core.glue.leaseBeforeCall && !(stepped.leaseLeftMs() > longestCallMs + callGraceMs)) {
      yield* this.ledger.report(host, row.key, { kind: 'abandoned', fence }, due);
      throw new Failed('posting.abandoned', 'pause', `posting ${row.key}: not sent, the lease would end before the call`);
    }
    yield* world.mayCrash(host, 'crash-before-effect', 0.05);
    this.checkSender(row.key, fence, stepped);
    // The document is created in its newest known state (services/erp-sink/src/decide/document.ts).
    const newer = newerStateOf(row.posting);
    const document = newer ? { ...row.stored.request, version: newer.version, digest: newer.digest } : row.stored.request;
    if (next.kind === 'discard') {
      const answer = yield* this.erp.discard(next.reference['id'] ?? '', row.key, abort);
      yield* world.mayCrash(host, 'crash-before-record', 0.05);
      return { kind: 'discard-answered', fence, answer };
    }
    const sender = { host, fence, abort };
    const rows = next.missing && document.lines.filter(({ key }) => !world.core.glue.finishesByHandle || next.missing?.includes(key));
    const answer = yield* this.erp.post(document, rows ? half?.reference : reference, row.batchId, sender, rows);
    yield* world.mayCrash(host, 'crash-before-record', 0.05);
    return { kind: 'answered', fence, answer };
  }

  /** I7: the sender holds the posting, for longer than the call may take. */
  private checkSender(key: string, fence: number, stepped: Stepped): void {
    const { posting } = this.database.row(key);
    const now = this.database.now();
    // The clocks of two database nodes may differ by less than the margin of the lease.
    const holds = posting.fence === fence && posting.leaseUntil + clockMarginMs > now + longestCallMs;
    this.world.checks.that(
      'I7',
      holds,
      () => `${key} is sent under fence ${fence} (the ledger says ${posting.fence}) ${stepped.leaseLeftMs()} ms before its lease ends`,
    );
  }

  /** Steps a batch until nothing is left to call; see services/erp-sink/src/emit/batches. */
  private *processBatch(batchId: string): Process {
    const { host, world } = this;
    let stepped = yield* this.ledger.batches.tick(host, batchId);
    for (let effect = stepped.effect; effect?.kind === 'lookup' || effect?.kind === 'release'; effect = stepped.effect) {
      const { fence } = stepped.batch;
      if (effect.kind === 'lookup') {
        const state = yield* this.erp.batchState(batchId, this.never);
        const input =
          state === 'silent'
            ? ({ kind: 'lookup-failed', fence, text: 'no answer' } as const)
            : ({ kind: 'lookup-answered', fence, state, text: state } as const);
        stepped = yield* this.ledger.batches.report(host, batchId, input);
        continue;
      }
      if (world.core.glue.leaseBeforeCall && !(stepped.leaseLeftMs() > longestCallMs + callGraceMs))
        throw new Failed('posting.abandoned', 'pause', `releasing batch ${batchId}: not sent, the lease would end before the call`);
      yield* world.mayCrash(host, 'crash-before-effect', 0.05);
      const answer = yield* this.erp.release(batchId, this.never, host);
      stepped = yield* this.ledger.batches.report(host, batchId, { kind: 'answered', fence, answer, text: answer });
    }
  }
}

const clockMarginMs = 2_000;

/** Waits that long. @throws {Aborted} when the signal opens. */
export function* sleep(ms: number, abort: Latch): Process {
  if (abort.isOpen) throw new Aborted('aborted');
  if (ms > 0 && (yield { latch: abort, ms })) throw new Aborted('aborted');
}
