import { emptySequence, isEmptySequence } from '@tributary/posting';
import type { ReplayOrder, SequenceEffect, SequenceInput, SequenceState } from '@tributary/posting';
import type { RetryRecord, SimBroker } from './broker.js';
import type { Message, SimDatabase } from './database.js';
import { Turns } from './engine.js';
import type { Host, Latch, Process } from './engine.js';
import { SimParkingLot } from './parking-lot.js';
import type { SequenceChange } from './parking-lot.js';
import type { Failure, PartitionPort } from './partition-port.js';
import type { Tracker } from './tracker.js';
import { Aborted, Failed } from './world.js';
import type { World } from './world.js';

type Work = Extract<SequenceEffect, { kind: 'work' }>;
type RetryLater = Extract<SequenceEffect, { kind: 'retry-later' }>;
type DeadLetterEffect = Extract<SequenceEffect, { kind: 'dead-letter' }>;

/** A message in work that did not come from the topic itself. */
interface InjectedMessage {
  readonly order: ReplayOrder | undefined;
}

const releaseAgainMs = 5_000;
const openAgainMs = 1_000;

/** Stands for the message in steps that are about a sequence alone. */
const noMessage = { partition: 0, offset: -1n } as Message;

/** The ladder of one owned partition. Imitates libs/messaging/src/ladder/partition-ladder.ts as literally as possible. */
export class SimLadder {
  private readonly sequences = new Map<string, SequenceState>();
  private readonly turns = new Map<string, Turns>();
  private readonly injectedMessages = new WeakMap<Message, InjectedMessage>();
  private readonly claiming = new Turns();
  private readonly lot: SimParkingLot;
  private fence: number | undefined;

  constructor(
    private readonly world: World,
    private readonly host: Host,
    database: SimDatabase,
    private readonly broker: SimBroker,
    private readonly tracker: Tracker,
    private readonly run: PartitionPort,
  ) {
    this.lot = new SimParkingLot(world, host, database, tracker, run.partition);
  }

  /** Takes over the partition and continues interrupted releases. */
  *open(): Process {
    while (this.fence === undefined && !this.run.closed.isOpen) {
      try {
        yield* this.claimed();
      } catch (error) {
        if (!(error instanceof Failed)) throw error;
        yield { latch: this.run.closed, ms: openAgainMs };
      }
    }
  }

  /** Processes a message that was read from the topic or injected here. */
  *process(message: Message, abort: Latch): Process {
    const injected = this.injectedMessages.get(message);
    if (this.fence === undefined) yield* this.claimed();
    if (!injected) {
      const work = yield* this.step(message.request.sequence, { kind: 'arrived', offset: message.offset }, message);
      if (!work) return;
      yield* this.run.work(message, undefined, abort);
    } else yield* this.run.work(message, injected.order?.action, abort);
    yield* this.step(message.request.sequence, { kind: 'succeeded', offset: message.offset }, message);
  }

  /** A message that used up its attempts here: goes to a delay topic or becomes a dead letter. */
  *settle(message: Message, failure: Failure): Process {
    const { sequence } = message.request;
    yield* this.claimed();
    const head = this.sequences.get(sequence)?.head;
    const own = head?.offset === message.offset ? head : undefined;
    const attempts = (own?.attempts ?? 0) + failure.attempts;
    const firstFailureAt = own && own.firstFailureAt > 0 ? own.firstFailureAt : failure.firstAt;
    const { disposition, code, retryAfterMs } = failure;
    const input: SequenceInput = { kind: 'failed', offset: message.offset, disposition, attempts, firstFailureAt, code, retryAfterMs };
    yield* this.step(sequence, input, message, failure);
  }

  /** A retry record is due, or an operator replays a dead letter. */
  *returned({ message, attempts, order }: RetryRecord, abort: Latch): Process {
    const { offset } = message;
    const input: SequenceInput = order ? { kind: 'ordered', offset, order } : { kind: 'returned', offset, attempts };
    const work = yield* this.step(message.request.sequence, input, message);
    if (!work) return;
    const again: Message = { ...message };
    this.injectedMessages.set(again, { order });
    yield* this.run.inject(again, order === undefined, abort);
  }

  private *claimed(): Process<number> {
    if (this.fence !== undefined) return this.fence;
    return yield* this.claiming.take(() => this.takeOver());
  }

  private *takeOver(): Process<number> {
    if (this.fence !== undefined) return this.fence;
    const { fence, sequences } = yield* this.lot.claim();
    for (const [sequence, state] of sequences) this.sequences.set(sequence, state);
    this.fence = fence;
    for (const [sequence, { head }] of sequences) if (!head) this.release(sequence);
    return fence;
  }

  private *step(sequence: string, input: SequenceInput, message: Message, failure?: Failure): Process<Work | undefined> {
    let turns = this.turns.get(sequence);
    if (!turns) this.turns.set(sequence, (turns = new Turns()));
    return yield* turns.take(() => this.executeStep(sequence, input, message, failure));
  }

  private *executeStep(sequence: string, input: SequenceInput, message: Message, failure: Failure | undefined): Process<Work | undefined> {
    const { world, host, broker } = this;
    const fence = yield* this.claimed();
    const asked = input.kind === 'ordered' ? { ...input, earlier: yield* this.lot.answered(input.order.id) } : input;
    const now = host.now();
    const { state, effects } = world.core.stepSequence(this.sequences.get(sequence) ?? emptySequence, asked, now, world.core.ladder);
    if (effects.length > 0)
      world.trace(
        host.name,
        () =>
          `sequence ${sequence} ${input.kind} ${'offset' in input ? input.offset : ''} -> ${effects.map(({ kind }) => kind).join(', ')}`,
      );
    const { changes, sends } = this.outputsOf(effects, message, failure, now);
    const { recordBeforeStore, obsoleteIsChecked } = world.core.glue;
    const send = (): void => sends.forEach((act) => act());
    if (sends.length > 0 && recordBeforeStore) yield* broker.send(host, send);
    const isRetryRecord = input.kind === 'returned' || input.kind === 'ordered';
    if (changes.length > 0 || (isRetryRecord && obsoleteIsChecked)) yield* this.store(fence, sequence, changes);
    if (sends.length > 0 && !recordBeforeStore) yield* broker.send(host, send);
    if (isEmptySequence(state)) this.sequences.delete(sequence);
    else this.sequences.set(sequence, state);
    if (effects.some(({ kind }) => kind === 'release')) this.release(sequence);
    return effects.find((effect) => effect.kind === 'work');
  }

  private outputsOf(
    effects: readonly SequenceEffect[],
    message: Message,
    failure: Failure | undefined,
    now: number,
  ): { changes: SequenceChange[]; sends: (() => void)[] } {
    const changes: SequenceChange[] = [];
    const sends: (() => void)[] = [];
    for (const effect of effects) {
      switch (effect.kind) {
        case 'retry-later':
          this.tracker.retriedLater(message, effect, now, failure?.disposition);
          sends.push(() => this.writeRetryRecord(effect, message));
          break;
        case 'dead-letter':
          if (failure) sends.push(() => this.writeDeadLetter(effect, message, failure));
          break;
        case 'park':
          changes.push({ kind: 'park', message });
          break;
        case 'unpark':
          changes.push({ kind: 'unpark', offset: effect.offset });
          break;
        case 'store':
          changes.push({ kind: 'head', head: effect.head });
          break;
        case 'answer':
          changes.push({ kind: 'answer', order: effect.order, result: effect.result });
      }
    }
    return { changes, sends };
  }

  private writeRetryRecord(effect: RetryLater, message: Message): void {
    const logs = this.broker.rungs.get(effect.rung);
    logs?.[message.partition]?.append({ message, attempts: effect.attempts, dueAt: effect.dueAt, order: undefined }, false);
  }

  private writeDeadLetter(effect: DeadLetterEffect, message: Message, failure: Failure): void {
    const { code, text } = failure;
    this.broker.deadLetters.push({
      requestId: message.request.requestId,
      partition: message.partition,
      offset: effect.offset,
      attempts: effect.attempts,
      code,
      text,
      place: effect.place,
      firstFailureAt: failure.firstAt,
      at: this.world.now,
    });
  }

  private *store(fence: number, sequence: string, changes: readonly SequenceChange[]): Process {
    if (yield* this.lot.store(fence, sequence, changes)) return;
    this.fence = undefined;
    this.sequences.clear();
    throw new Failed('ladder.partition-fenced', 'pause', `storing sequence ${sequence}: another member has the partition`);
  }

  private release(sequence: string): void {
    this.world.engine.start(this.host, this.releasing(sequence));
  }

  private *releasing(sequence: string): Process {
    const { run } = this;
    if (run.closed.isOpen) return;
    try {
      const work = yield* this.step(sequence, { kind: 'release' }, noMessage);
      if (!work) return;
      try {
        const again: Message = { ...(yield* this.lot.read(work.offset)) };
        this.injectedMessages.set(again, { order: undefined });
        yield* run.inject(again, false, run.closed);
      } catch (error) {
        yield* this.step(sequence, { kind: 'interrupted' }, noMessage);
        throw error;
      }
    } catch (error) {
      if (!(error instanceof Failed) && !(error instanceof Aborted)) throw error;
      if (run.closed.isOpen) return;
      yield releaseAgainMs;
      this.release(sequence);
    }
  }
}
