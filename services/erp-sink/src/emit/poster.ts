import { Inject, Injectable } from '@nestjs/common';
import type { Outgoing, Publisher } from '@tributary/messaging';
import { PUBLISHER } from '@tributary/messaging';
import { counter } from '@tributary/platform';
import type { Decision, Effect } from '@tributary/posting';
import { CallLimiter } from './calls/call-limiter.js';
import { PeriodCalendar } from './calls/period-calendar.js';
import { DeadLetters } from './dead-letters.js';
import { DocumentRecorded } from './document-recorded.js';
import { PostingLedger } from './ledger/posting-ledger.js';
import type { StepResult } from './ledger/ledger.repository.js';
import type { Conclusion, StoredRequest } from './ledger/ledger-row.js';
import { OutcomeRepository } from './ledger/outcome.repository.js';
import { sleep } from './sleep.js';
import {
  PostingDeferredError,
  PostingHeldError,
  PostingRejectedError,
  PostingTakenError,
  TargetUnavailableError,
} from './posting.errors.js';
import { PostingEffects } from './posting-effects.js';
import { publicationsOf } from './publications.js';
import { CLAIM_LIMITER, TARGET } from './tokens.js';

/** Wait before a posting whose lease another worker holds is tried again, ms. */
const busyPollMs = 250;

const concluded = counter('erp_sink_conclusions_total', 'Conclusions by result', ['target', 'kind', 'result']);

type Failure = Extract<Effect, { kind: 'fail' }>;
interface Run {
  readonly conclusions: readonly Conclusion[];
  readonly failure: Failure | undefined;
}

/** What an operator ordered for a dead-lettered request. */
export type PostingOrder = { readonly kind: 'replay' } | { readonly kind: 'decide'; readonly decision: Decision; readonly text: string };

/**
 * Carries out what libs/posting decides. Every step is in the ledger before its effect is carried out, and the result of a call is recorded
 * before the next call (I3, I7).
 */
@Injectable()
export class Poster {
  constructor(
    @Inject(PostingLedger) private readonly ledger: PostingLedger,
    @Inject(OutcomeRepository) private readonly outcomes: OutcomeRepository,
    @Inject(PostingEffects) private readonly effects: PostingEffects,
    @Inject(PUBLISHER) private readonly publisher: Publisher,
    @Inject(DeadLetters) private readonly deadLetters: DeadLetters,
    @Inject(CLAIM_LIMITER) private readonly claims: CallLimiter,
    @Inject(PeriodCalendar) private readonly calendar: PeriodCalendar,
    @Inject(DocumentRecorded) private readonly documentRecorded: DocumentRecorded,
    @Inject(TARGET) private readonly target: string,
  ) {}

  /**
   * Handles one request from Kafka until it is concluded.
   * @returns what to publish before the offset is committed. After a crash in between, the redelivery is answered from the ledger.
   * @throws {PostingRejectedError | PostingDeferredError | TargetUnavailableError | PostingAbandonedError | DatabaseUnavailableError}
   */
  async handle(request: StoredRequest, signal: AbortSignal, order?: PostingOrder): Promise<Outgoing[]> {
    if (request.value.onClosedPeriod !== null) await this.calendar.refresh(signal);
    const { conclusions, failure } = await this.claims.take(signal, async () =>
      this.run(await this.claimOrWait(request, signal, order), false, signal),
    );
    const publications = conclusions.flatMap(publicationsOf);
    const last = conclusions.filter(({ event }) => event.requestId === request.requestId).at(-1)?.event;
    if (!failure && last?.result !== 'held') return publications;
    // Published before the error is thrown, so that the outcome is readable before the dead letter is.
    await this.publisher.publish(publications);
    if (!failure)
      throw new PostingHeldError(
        `posting ${request.value.postingKey}: ${last?.code}: ${last?.text}`,
        last?.code ?? 'posting.held',
        request.value.postingKey,
      );
    throw errorOf(failure, request.value.postingKey);
  }

  /** Takes the first step of a request, once no other worker holds the lease of its posting. */
  private async claimOrWait(request: StoredRequest, signal: AbortSignal, order: PostingOrder | undefined): Promise<StepResult> {
    const claim = (): Promise<StepResult> =>
      order?.kind === 'decide' ? this.ledger.decide(request, order.decision, order.text) : this.ledger.arrive(request, order !== undefined);
    let stepped = await claim();
    while (stepped.next?.kind === 'busy') {
      await sleep(busyPollMs, signal, `waiting for ${request.value.postingKey}`);
      stepped = await claim();
    }
    return stepped;
  }

  /** Resumes a stored posting, if it can continue. Its outcomes are published from the ledger. @throws as {@link handle}. */
  async resume(postingKey: string, signal: AbortSignal): Promise<void> {
    await this.calendar.refreshIfUsed(signal);
    const { conclusions, failure } = await this.run(await this.ledger.resume(postingKey), true, signal);
    await this.publishDue(conclusions);
    if (failure && failure.disposition !== 'reject') throw errorOf(failure, postingKey);
  }

  /** Publishes outcomes and their dead letters, then marks them as published. @returns how many. */
  async publishDue(conclusions: readonly Conclusion[]): Promise<number> {
    await this.publisher.publish(conclusions.flatMap(publicationsOf));
    await this.deadLetters.write(conclusions);
    await this.outcomes.published(conclusions);
    return conclusions.length;
  }

  private async run(first: StepResult, due: boolean, signal: AbortSignal): Promise<Run> {
    const conclusions: Conclusion[] = [];
    let stepped = first;
    for (;;) {
      conclusions.push(...stepped.conclusions);
      this.count(stepped);
      const { next, row } = stepped;
      if (next === undefined || next.kind === 'busy') return { conclusions, failure: undefined };
      if (next.kind === 'fail') return { conclusions, failure: next };
      if (next.kind === 'fenced')
        throw new PostingTakenError(`recording posting ${row.key}: another worker took it over after the lease had ended`, {
          postingKey: row.key,
        });
      stepped = await this.ledger.report(row.key, await this.effects.act(stepped, next, due, signal), { due, known: row.stored });
    }
  }

  private count({ conclusions, row }: StepResult): void {
    for (const { event } of conclusions) concluded.inc({ target: this.target, kind: event.kind, result: event.result });
    if (conclusions.some(({ event }) => event.reference !== null && event.result !== 'duplicate')) this.documentRecorded.notify([row.key]);
    this.documentRecorded.notify(row.prerequisites.unreleased);
  }
}

function errorOf({ disposition, code, text, field, retryAfterMs }: Failure, postingKey: string): Error {
  const context = { postingKey, targetCode: code, ...(field === undefined ? {} : { field }) };
  if (disposition === 'reject')
    return new PostingRejectedError(`posting ${postingKey}: ${code}${field ? ` (${field})` : ''}: ${text}`, context, code);
  if (disposition === 'retry') return new PostingDeferredError(`posting ${postingKey}: deferred: ${code}: ${text}`, context, retryAfterMs);
  return new TargetUnavailableError(`posting ${postingKey}: target unavailable: ${code}: ${text}`, context);
}
