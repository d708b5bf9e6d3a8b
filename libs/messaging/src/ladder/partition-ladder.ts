import { headers as names, topics } from '@tributary/contracts';
import { freeLane, isFree, stepLane } from '@tributary/posting';
import type { LadderPolicy, Lane, LaneEffect, LaneInput } from '@tributary/posting';
import { deadLetterHeaders, errorCodeText, keyText, textHeaders } from '../envelope.js';
import type { Failure, IncomingMessage } from '../envelope.js';
import type { Outgoing, Publisher, RawRecord } from '../message.js';
import type { MessagingMetrics } from '../metrics.js';
import type { Clock } from '../partition-worker.js';
import { copyFor, originalOf } from './copies.js';
import type { Copy } from './copies.js';
import { ParkedMessageMissingError, PartitionFencedError } from './ladder.errors.js';
import type { LadderClaim, LadderPartition, LaneChange, ParkingLot } from './parking-lot.js';
import { closedWord, parkedWord } from './words.js';

export interface LadderOptions {
  readonly lot: ParkingLot;
  readonly policy: LadderPolicy;
  /** Whether handlers are told of `skip` and `resolve`, too (headers `tributary_order_*`). Otherwise the message just ends. */
  readonly tellHandler?: boolean;
}

export interface PartitionLadderOptions extends LadderOptions, LadderPartition {
  readonly publisher: Publisher;
  readonly metrics: MessagingMetrics;
  readonly clock: Clock;
  /** Calls the handler. */
  work(message: IncomingMessage, attempt: number, signal: AbortSignal): Promise<void>;
  /** Queues a message that is not read from the log now, in order with the others of its key; resolves when it is done or put away. @param once without quick tries. */
  inject(message: IncomingMessage, once: boolean): Promise<void>;
  log(level: 'error' | 'warn' | 'info', message: string, fields: Readonly<Record<string, string>>): void;
}

type Work = Extract<LaneEffect, { kind: 'work' }>;

/** What is known of a message in work that was not simply read from the topic. */
interface Ticket {
  readonly from: 'copy' | 'parked';
  readonly attempt: number;
  readonly ends: Copy['order'];
}

/**
 * The ladder of one partition (docs/invariants.md I4): acts out what libs/posting decides for each of its sequences. Sequences that nobody
 * holds up cost nothing here; everything else is in the parking lot before the offset of what was read is finished.
 */
export class PartitionLadder {
  private readonly lanes = new Map<string, Lane>();
  /** Steps of one sequence, one after the other. */
  private readonly turns = new Map<string, Promise<unknown>>();
  private readonly tickets = new WeakMap<IncomingMessage, Ticket>();
  private claim: LadderClaim | undefined;
  private claiming: Promise<LadderClaim> | undefined;
  private closed = false;

  constructor(private readonly options: PartitionLadderOptions) {}

  /** Takes the partition over and lets go on what was being released. @throws PipelineError (pause) when the parking lot is silent. */
  async open(): Promise<void> {
    await this.claimed();
  }

  close(): void {
    this.closed = true;
  }

  /** A message for the handler: one that was read from the topic, or one that was injected here. */
  async process(message: IncomingMessage, attempt: number, signal: AbortSignal): Promise<void> {
    const ticket = this.tickets.get(message);
    const sequence = sequenceOf(message);
    if (!this.claim) await this.claimed();
    if (!ticket) {
      // I4: nothing passes the head of its own sequence.
      const work = await this.step(sequence, { kind: 'arrived', offset: message.offset }, message);
      if (!work) return; // parked, or stored already
      await this.options.work(message, attempt, signal);
    } else if (this.callsHandler(ticket)) await this.options.work(message, ticket.attempt + attempt - 1, signal);
    await this.step(sequence, { kind: 'succeeded', offset: message.offset }, message);
  }

  /** A message that failed as often as it may here: climbs, or becomes a dead letter. Resolves when that is durable. */
  async settle(message: IncomingMessage, failure: Failure): Promise<void> {
    const sequence = sequenceOf(message);
    await this.claimed();
    const head = this.lanes.get(sequence)?.head;
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

  /** A copy came back: from a delay topic, where it is due, or from a person. Resolves when it is done or put away. */
  async returned(copy: IncomingMessage): Promise<void> {
    const { message, attempts, order } = originalOf(copy, this.options.topic);
    const { offset } = message;
    const input: LaneInput = order === undefined ? { kind: 'returned', offset, attempts } : { kind: 'ordered', offset, order };
    const work = await this.step(sequenceOf(message), input, message);
    if (!work) return;
    this.tickets.set(message, { from: 'copy', attempt: work.attempt, ends: order });
    await this.options.inject(message, order === undefined); // a rung is one attempt; what a person gave back begins anew
  }

  private callsHandler({ ends }: Ticket): boolean {
    return ends === undefined || ends.action === 'replay' || this.options.tellHandler === true;
  }

  /** Somebody else had the partition meanwhile: what is known here is old and is read again before anything else happens. */
  private forget(): void {
    this.claim = undefined;
    this.lanes.clear();
  }

  private async claimed(): Promise<LadderClaim> {
    if (this.claim) return this.claim;
    this.claiming ??= this.takeOver().finally(() => (this.claiming = undefined));
    return this.claiming;
  }

  private async takeOver(): Promise<LadderClaim> {
    const { group, topic, partition, lot } = this.options;
    const { claim, lanes } = await lot.claim({ group, topic, partition });
    for (const { sequence, head, parked } of lanes) this.lanes.set(sequence, { head, parked, releasing: false });
    this.claim = claim;
    this.gauge();
    for (const { sequence, head } of lanes) if (!head) void this.release(sequence);
    return claim;
  }

  /** One step of one sequence, acted out; the next step of that sequence waits for it. @returns the work that it asks for. */
  private step(sequence: string, input: LaneInput, message: IncomingMessage, failure?: Failure): Promise<Work | undefined> {
    // Free, and it stays free: nothing to remember, nothing to wait for.
    if (!this.lanes.has(sequence) && !this.turns.has(sequence)) {
      if (input.kind === 'arrived') return Promise.resolve({ kind: 'work', offset: input.offset, from: 'read', attempt: 1 });
      if (input.kind === 'succeeded') return Promise.resolve(undefined);
    }
    const turn = (this.turns.get(sequence) ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => this.actOut(sequence, input, message, failure))
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

  private async actOut(
    sequence: string,
    input: LaneInput,
    message: IncomingMessage,
    failure: Failure | undefined,
  ): Promise<Work | undefined> {
    const { clock, policy, lot, publisher } = this.options;
    const claim = await this.claimed();
    const asked = input.kind === 'ordered' ? await this.withAnswer(input) : input;
    const { lane, effects } = stepLane(this.lanes.get(sequence) ?? freeLane, asked, clock.now(), policy);
    const records: RawRecord[] = [];
    const words: Outgoing[] = [];
    const changes: LaneChange[] = [];
    for (const effect of effects) this.collect(effect, sequence, message, failure, { records, words, changes });
    // Copies and dead letters before the lane, the lane before the offset (I1): a crash in between repeats and never forgets.
    if (records.length > 0) await publisher.publishRaw(records);
    if (words.length > 0) await publisher.publish(words);
    // A copy comes once. Before it is called an old one, the lot is asked whether what is known here is still what counts: a member that
    // had lost the partition may have taken it back for a moment and stored this very head (I2).
    const isCopy = input.kind === 'returned' || input.kind === 'ordered';
    if (changes.length > 0 || isCopy) await lot.store(claim, sequence, changes);
    if (isFree(lane)) this.lanes.delete(sequence);
    else this.lanes.set(sequence, lane);
    if (changes.length > 0) this.gauge();
    for (const effect of effects) this.tell(effect, sequence, message, failure);
    return effects.find((effect) => effect.kind === 'work');
  }

  /**
   * How the order was answered, asked under the claim that the step is stored under. Asked before, it may have been answered by another
   * member since then: the order would be given to a head that no copy brings on any more (I4).
   */
  private async withAnswer(input: Extract<LaneInput, { kind: 'ordered' }>): Promise<LaneInput> {
    return { ...input, earlier: await this.options.lot.answered(input.order.id) };
  }

  private collect(
    effect: LaneEffect,
    sequence: string,
    message: IncomingMessage,
    failure: Failure | undefined,
    into: { records: RawRecord[]; words: Outgoing[]; changes: LaneChange[] },
  ): void {
    const { group, topic } = this.options;
    switch (effect.kind) {
      case 'climb': {
        const rung = topics.retry(topic, group, effect.rung);
        into.records.push(copyFor(rung, message, effect.attempts, effect.dueAt, group, failure?.code ?? ''));
        return;
      }
      case 'bury':
        if (failure)
          into.records.push({
            topic: topics.deadLetters(topic, group),
            key: message.key,
            value: message.value,
            // What was held after a bounded wait failed with `retry`: its place says that a person decides.
            headers: deadLetterHeaders(message, group, effect.place === 'held' ? { ...failure, disposition: 'hold' } : failure),
          });
        return;
      case 'park':
        into.words.push(parkedWord(this.options.group, sequence, message, effect.behind, this.options.clock.now()));
        into.changes.push({ kind: 'park', message });
        return;
      case 'unpark':
        into.changes.push({ kind: 'unpark', offset: effect.offset });
        return;
      case 'store':
        into.changes.push({ kind: 'head', head: effect.head });
        return;
      case 'answer':
        into.words.push(closedWord(this.options.group, sequence, message, effect, this.options.clock.now()));
        into.changes.push({ kind: 'answer', order: effect.order, result: effect.result });
    }
  }

  /** Logs, metrics, and what follows by itself. */
  private tell(effect: LaneEffect, sequence: string, message: IncomingMessage, failure: Failure | undefined): void {
    const { group, topic, metrics, log } = this.options;
    const at = `${topic}/${message.partition}/${message.offset}`;
    const code = failure?.code ?? '';
    if (effect.kind === 'release') void this.release(sequence);
    if (effect.kind === 'park') metrics.count('messages_parked_total', { group });
    if (effect.kind === 'climb') {
      metrics.count('messages_retried_total', { group, code });
      log('warn', `${at} is tried again on rung ${effect.rung} after ${effect.attempts} attempts: ${failure?.text ?? ''}`, {
        code,
        sequence,
      });
    }
    if (effect.kind === 'bury') {
      metrics.count('messages_dead_lettered_total', { group, code });
      const where = topics.deadLetters(topic, group);
      log('error', `${at} went to ${where} after ${effect.attempts} attempts (${effect.why}): ${code}: ${failure?.text ?? ''}`, {
        ...failure?.context,
        code,
        sequence,
      });
    }
  }

  /** The oldest parked message of a sequence goes on, if it can. The next one follows when it is done. */
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
            `releasing sequence ${sequence} of ${topic}/${partition}: parked message ${work.offset} is not there`,
            {
              topic,
              sequence,
            },
          );
        this.tickets.set(message, { from: 'parked', attempt: work.attempt, ends: undefined });
        await inject(message, false);
      } catch (error) {
        await this.step(sequence, { kind: 'interrupted' }, asked);
        throw error;
      }
    } catch (error) {
      if (this.closed) return;
      this.options.log('warn', `releasing sequence ${sequence}: ${error instanceof Error ? error.message : String(error)}; tried again`, {
        sequence,
      });
      this.options.clock.after(releaseAgainMs, () => void this.release(sequence));
    }
  }

  private gauge(): void {
    const { group, topic, partition, metrics } = this.options;
    let parked = 0;
    for (const lane of this.lanes.values()) parked += lane.parked.length;
    const labels = { group, topic, partition: String(partition) };
    metrics.set('sequences_stuck', labels, this.lanes.size);
    metrics.set('messages_parked', labels, parked);
  }
}

const releaseAgainMs = 5_000;

/** The sequence of a message: its header, else its key; a message with neither is a sequence of its own. */
export function sequenceOf(message: IncomingMessage): string {
  const sequence = textHeaders(message.headers)[names.sequence];
  return sequence ?? keyText(message.key) ?? `offset:${message.offset}`;
}
