import type { PostingConcluded } from '@tributary/contracts';
import { meaningOf, supersededText } from '@tributary/posting';
import type { Effect, Posting } from '@tributary/posting';
import type { Conclusion, LedgerRow, StoredRequest, PendingDeadLetter } from './ledger-row.js';

/** A step whose outcomes are recorded: the row before and after it. */
export interface ConcludedStep {
  readonly before: LedgerRow;
  readonly after: LedgerRow;
  /** The request that has just arrived, when it was one. */
  readonly arrived: StoredRequest | undefined;
  readonly due: boolean;
}

/** An outcome to write. */
export interface ChangedOutcome {
  readonly conclusion: Conclusion;
  /** True when the outcome is published from the ledger. */
  readonly due: boolean;
}

/** Outcomes touched by one transaction: loaded once, changed in memory, written together by OutcomeRepository. */
export class OutcomeUnitOfWork {
  /** Changed outcomes by request id. */
  readonly changed = new Map<string, ChangedOutcome>();
  /** Posting keys that came again with other fields. */
  readonly superseded = new Set<string>();

  /** @param loaded the recorded outcome of every request that may be concluded here, by its id. */
  constructor(private readonly loaded: ReadonlyMap<string, Conclusion>) {}

  /** The recorded outcome of a request, as changed so far. */
  of(requestId: string): Conclusion | undefined {
    return this.changed.get(requestId)?.conclusion ?? this.loaded.get(requestId);
  }

  /** Records what a step concludes. @returns the outcomes, in order. */
  conclude({ before, after, arrived, due }: ConcludedStep, effects: readonly Effect[], now: number): Conclusion[] {
    const conclusions: Conclusion[] = [];
    for (const effect of effects) {
      if (effect.kind === 'repeat' && arrived) conclusions.push(this.repeat(arrived, effect.superseded, now));
      if (effect.kind !== 'conclude') continue;
      const request = [arrived, after.stored, before.stored, before.setAside].find((one) => one?.requestId === effect.requestId);
      if (!request) throw new TypeError(`concluding request ${effect.requestId} of ${after.key}: the ledger does not have it`);
      if (effect.text === supersededText) this.superseded.add(after.key);
      // Only the step's own request can be redelivered: the outcome of any other request is published from the ledger.
      const own = (arrived ?? before.stored ?? after.stored)?.requestId === effect.requestId;
      const field = effect.result === 'rejected' ? refusedField(effects) : undefined;
      conclusions.push(this.record(request, concludedOf(request, after, effect, now), own ? due : true, field));
    }
    return conclusions;
  }

  /** Recording an identical outcome creates no new revision. */
  record(request: StoredRequest, event: PostingConcluded, due: boolean, field?: string): Conclusion {
    const earlier = this.of(request.requestId);
    const { digest } = request.value;
    if (earlier?.digest === digest && isSameWord(earlier.event, event)) return earlier;
    const number = (earlier?.number ?? -1) + 1;
    // Readers keep the latest `concludedAt`, so it never decreases within a request.
    const concludedAt = Math.max(event.concludedAt, earlier?.event.concludedAt ?? 0);
    // No message is being handled, so libs/messaging writes no dead letter (I2).
    const deadLetter = due ? pendingDeadLetterOf(event, earlier?.event.result, request, field) : undefined;
    const conclusion: Conclusion = { event: { ...event, concludedAt }, recordKey: request.recordKey, number, digest, deadLetter };
    this.changed.set(request.requestId, { conclusion, due });
    return conclusion;
  }

  /** Repeats the recorded outcome. If the fields have changed since, marks it superseded. */
  private repeat(request: StoredRequest, superseded: boolean, now: number): Conclusion {
    const conclusion = this.of(request.requestId);
    if (!conclusion) throw new TypeError(`repeating the end of request ${request.requestId}: the ledger does not have it`);
    if (!superseded || conclusion.event.text === supersededText) return conclusion;
    this.superseded.add(request.value.postingKey);
    const asPosted: StoredRequest = { ...request, value: { ...request.value, digest: conclusion.digest } };
    return this.record(asPosted, { ...conclusion.event, text: supersededText, concludedAt: now }, false);
  }
}

/** The dead letter to write when the request's offset is already committed, so libs/messaging can no longer write it. */
export function pendingDeadLetterOf(
  event: PostingConcluded,
  before: string | undefined,
  { value, origin }: StoredRequest,
  field?: string,
): PendingDeadLetter | undefined {
  if (event.result === 'rejected' || event.result === 'held')
    return { value, origin: origin ?? null, says: event.result, ...(field === undefined ? {} : { field }) };
  // The request was dead-lettered and blocked its sequence. The sequence can continue now.
  return (before === 'held' || before === 'rejected') && event.result !== 'waiting' && origin
    ? { value, origin, says: 'ended' }
    : undefined;
}

/** The field that a refusal names, which the effect that fails the message carries. */
function refusedField(effects: readonly Effect[]): string | undefined {
  return effects.find((effect) => effect.kind === 'fail')?.field;
}

function isSameWord(a: PostingConcluded, b: PostingConcluded): boolean {
  return a.result === b.result && a.code === b.code && a.text === b.text;
}

function concludedOf(request: StoredRequest, row: LedgerRow, effect: Extract<Effect, { kind: 'conclude' }>, now: number): PostingConcluded {
  const { result, code = null, text = null } = effect;
  const { attempts, reference } = row.posting;
  return toPostingConcluded(request, {
    result,
    code,
    text,
    attempts,
    concludedAt: now,
    reference: meaningOf(result)?.refersToDocument ? reference : undefined,
    postingDate: meaningOf(result)?.hasDocument ? row.postingDate : undefined,
  });
}

/** The `erp.posting-concluded` event of an outcome. */
export function toPostingConcluded(
  { requestId, value }: StoredRequest,
  {
    reference,
    postingDate,
    ...word
  }: Pick<PostingConcluded, 'result' | 'code' | 'text' | 'attempts' | 'concludedAt'> &
    Pick<Posting, 'reference'> & { readonly postingDate: string | undefined },
): PostingConcluded {
  const { postingKey, target, kind, canonicalEventId, sourceEventId, sequence, amount } = value;
  const about = { requestId, postingKey, target, kind, canonicalEventId, sourceEventId, sequence, amount };
  return { ...about, ...word, reference: reference ? { ...reference } : null, postingDate: postingDate ?? null };
}
