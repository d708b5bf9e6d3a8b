import { headers as names } from '@tributary/contracts';
import { emptySequence, isEmptySequence, stepSequence } from '@tributary/posting';
import type { SequenceState, SequenceEffect, SequenceInput } from '@tributary/posting';
import { keyText, textHeader } from '../envelope.js';
import type { IncomingMessage } from '../envelope.js';
import { errorCodeText } from '../failure.js';
import type { Failure } from '../failure.js';
import { ParkedMessageMissingError, PartitionFencedError } from './ladder.errors.js';
import type { PartitionLadderOptions } from './ladder-options.js';
import type { LadderClaim } from './parking-lot.js';
import { parseRetryRecord } from './retry-record.js';
import type { RetryRecord } from './retry-record.js';
import { outputsOf, reportEffect } from './step-outputs.js';

type Work = Extract<SequenceEffect, { kind: 'work' }>;

/** A message in work that did not come from the topic itself. */
interface InjectedMessage {
  readonly from: 'copy' | 'parked';
  readonly attempt: number;
  readonly order: RetryRecord['order'];
}

/**
 * The ladder of one partition (docs/invariants.md I4): carries out what libs/posting decides for each of its sequences. A sequence without
 * a blocking head has no state here; all other state is in the parking lot before the offset of a message counts as finished.
 */
export class PartitionLadder {
  private readonly sequences = new Map<string, SequenceState>();
  /** Steps of one sequence, one after the other. */
  private readonly turns = new Map<string, Promise<unknown>>();
  private readonly injectedMessages = new WeakMap<IncomingMessage, InjectedMessage>();
  private claim: LadderClaim | undefined;
  private claiming: Promise<LadderClaim> | undefined;
  private closed = false;

  constructor(private readonly options: PartitionLadderOptions) {}

  /** Takes over the partition and continues interrupted releases. @throws PipelineError (pause) when the parking lot is unavailable. */
  async open(): Promise<void> {
    await this.claimed();
  }

  close(): void {
    this.closed = true;
  }

  /** Whether a message was given back here, and not read from the topic. */
  holds(message: IncomingMessage): boolean {
    return this.injectedMessages.has(message);
  }

  /** Processes a message that was read from the topic or injected here. */
  async process(message: IncomingMessage, attempt: number, signal: AbortSignal): Promise<void> {
    const injected = this.injectedMessages.get(message);
    const sequence = sequenceOf(message);
    if (!this.claim) await this.claimed();
    if (!injected) {
      // I4: no message overtakes the head of its sequence.
      const work = await this.step(sequence, { kind: 'arrived', offset: message.offset }, message);
      if (!work) return; // parked, or stored already
      await this.options.work(message, attempt, signal);
    } else if (this.callsHandler(injected)) await this.options.work(message, injected.attempt + attempt - 1, signal);
    await this.step(sequence, { kind: 'succeeded', offset: message.offset }, message);
  }

  /** A message that used up its attempts here: goes to a delay topic or becomes a dead letter. Resolves when that is durable. */
  async settle(message: IncomingMessage, failure: Failure): Promise<void> {
    const sequence = sequenceOf(message);
    await this.claimed();
    const head = this.sequences.get(sequence)?.head;
    const own = head?.offset === message.offset ? head : undefined;
    const { disposition, retryAfterMs, holdAfterMs } = failure;
    const code = errorCodeText(failure.code);
    const attempts = (own?.attempts ?? 0) + failure.attempts;
    const firstFailureAt = own && own.firstFailureAt > 0 ? own.firstFailureAt : failure.firstAt;
    const input = {
      kind: 'failed',
      offset: message.offset,
      disposition,
      attempts,
      firstFailureAt,
      code,
      retryAfterMs,
      holdAfterMs,
    } as const;
    await this.step(sequence, input, message, { ...failure, attempts, firstAt: firstFailureAt });
  }

  /** A retry record is due, or an operator replays a dead letter. Resolves when the message is finished or has failed again. */
  async returned(copy: IncomingMessage): Promise<void> {
    const { message, attempts, order } = parseRetryRecord(copy, this.options.topic);
    const { offset } = message;
    const input: SequenceInput = order === undefined ? { kind: 'returned', offset, attempts } : { kind: 'ordered', offset, order };
    const work = await this.step(sequenceOf(message), input, message);
    if (!work) return;
    this.injectedMessages.set(message, { from: 'copy', attempt: work.attempt, order });
    await this.options.inject(message, order === undefined); // one attempt per delay topic; a replayed message starts with all its attempts
  }

  private callsHandler({ order }: InjectedMessage): boolean {
    return order === undefined || order.action === 'replay' || this.options.tellHandler === true;
  }

  /** Another member has had the partition: discards the state, which is read again before the next step. */
  private forget(): void {
    this.claim = undefined;
    this.sequences.clear();
  }

  private async claimed(): Promise<LadderClaim> {
    if (this.claim) return this.claim;
    this.claiming ??= this.takeOver().finally(() => (this.claiming = undefined));
    return this.claiming;
  }

  private async takeOver(): Promise<LadderClaim> {
    const { group, topic, partition, lot } = this.options;
    const { claim, sequences } = await lot.claim({ group, topic, partition });
    for (const { sequence, head, parked } of sequences) this.sequences.set(sequence, { head, parked, releasing: false });
    this.claim = claim;
    this.updateGauges();
    for (const { sequence, head } of sequences) if (!head) void this.release(sequence);
    return claim;
  }

  /** Decides and carries out one step of a sequence; its next step waits. @returns the message to work on next, if any. */
  private step(sequence: string, input: SequenceInput, message: IncomingMessage, failure?: Failure): Promise<Work | undefined> {
    // The sequence has no state and needs none.
    if (!this.sequences.has(sequence) && !this.turns.has(sequence)) {
      if (input.kind === 'arrived') return Promise.resolve({ kind: 'work', offset: input.offset, from: 'read', attempt: 1 });
      if (input.kind === 'succeeded') return Promise.resolve(undefined);
    }
    const turn = (this.turns.get(sequence) ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => this.executeStep(sequence, input, message, failure))
      .catch((error: unknown) => {
        if (error instanceof PartitionFencedError) this.forget();
        throw error;
      });
    this.turns.set(sequence, turn);
    const done = (): void => {
      if (this.turns.get(sequence) === turn) this.turns.delete(sequence);
    };
    turn.then(done, done);
    return turn;
  }

  private async executeStep(
    sequence: string,
    input: SequenceInput,
    message: IncomingMessage,
    failure: Failure | undefined,
  ): Promise<Work | undefined> {
    const { clock, policy, lot, publisher } = this.options;
    const claim = await this.claimed();
    const asked = input.kind === 'ordered' ? await this.withAnswer(input) : input;
    const { state, effects } = stepSequence(this.sequences.get(sequence) ?? emptySequence, asked, clock.now(), policy);
    const subject = { sequence, message, failure };
    const { records, events, changes } = outputsOf(effects, subject, this.options);
    // Records before the stored sequence, the sequence before the offset (I1): a crash in between repeats a step and never loses one.
    if (records.length > 0) await publisher.publishRaw(records);
    if (events.length > 0) await publisher.publish(events);
    // A retry record comes once. Before it is discarded as obsolete, a write checks the fence: a member that had lost the partition may have
    // taken it back for a moment and stored this head (I2).
    const isCopy = input.kind === 'returned' || input.kind === 'ordered';
    if (changes.length > 0 || isCopy) await lot.store(claim, sequence, changes);
    if (isEmptySequence(state)) this.sequences.delete(sequence);
    else this.sequences.set(sequence, state);
    if (changes.length > 0) this.updateGauges();
    for (const effect of effects) {
      if (effect.kind === 'release') void this.release(sequence);
      reportEffect(effect, subject, this.options);
    }
    return effects.find((effect) => effect.kind === 'work');
  }

  /**
   * Adds the result of the order, read under the claim that stores the step. Read earlier, another member may have answered the order since
   * then, and it would be assigned to a head for which no retry record comes (I4).
   */
  private async withAnswer(input: Extract<SequenceInput, { kind: 'ordered' }>): Promise<SequenceInput> {
    return { ...input, earlier: await this.options.lot.answered(input.order.id) };
  }

  /** Releases the oldest parked message of a sequence, if it may. The next one follows when it is finished. */
  private async release(sequence: string): Promise<void> {
    if (this.closed) return;
    try {
      const { topic, partition, lot, inject } = this.options;
      const asked = { topic, partition, offset: 0n, key: null, value: null, headers: {}, timestamp: 0 };
      const work = await this.step(sequence, { kind: 'release' }, asked);
      if (!work) return;
      try {
        const message = await lot.read(this.options, work.offset);
        if (!message)
          throw new ParkedMessageMissingError(
            `releasing sequence ${sequence} of ${topic}/${partition}: parked message ${work.offset} is missing from the store`,
            {
              topic,
              sequence,
            },
          );
        this.injectedMessages.set(message, { from: 'parked', attempt: work.attempt, order: undefined });
        await inject(message, false);
      } catch (error) {
        await this.step(sequence, { kind: 'interrupted' }, asked);
        throw error;
      }
    } catch (error) {
      if (this.closed) return;
      this.options.log('warn', `releasing sequence ${sequence}: ${error instanceof Error ? error.message : String(error)}; retrying`, {
        sequence,
      });
      this.options.clock.after(releaseAgainMs, () => void this.release(sequence));
    }
  }

  private updateGauges(): void {
    const { group, topic, partition, metrics } = this.options;
    let parked = 0;
    for (const state of this.sequences.values()) parked += state.parked.length;
    const labels = { group, topic, partition: String(partition) };
    metrics.set('sequences_stuck', labels, this.sequences.size);
    metrics.set('messages_parked', labels, parked);
  }
}

const releaseAgainMs = 5_000;

/** The sequence of a message: its header, else its key; a message with neither is a sequence of its own. */
export function sequenceOf(message: IncomingMessage): string {
  const sequence = textHeader(message.headers, names.sequence);
  return sequence ?? keyText(message.key) ?? `offset:${message.offset}`;
}
