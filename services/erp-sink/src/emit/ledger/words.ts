import type { PostingConcluded } from '@tributary/contracts';
import { meaningOf, supersededText } from '@tributary/posting';
import type { Effect, Posting } from '@tributary/posting';
import type { Conclusion, LedgerRow, StoredRequest, UnwrittenDeadLetter } from './ledger-row.js';

export interface StepWords {
  readonly before: LedgerRow;
  readonly after: LedgerRow;
  /** The request that has just arrived, when it was one. */
  readonly arrived: StoredRequest | undefined;
  readonly due: boolean;
}

export interface Said {
  readonly conclusion: Conclusion;
  /** It is published from the ledger. */
  readonly due: boolean;
}

/**
 * The words about some requests within one transaction: read once (`known`), said here, and what is new (`said`, `superseded`) written at
 * once. OutcomeRepository does both.
 */
export class Words {
  /** By request id. */
  readonly said = new Map<string, Said>();
  /** Posting keys that came again with other fields. */
  readonly superseded = new Set<string>();

  /** @param known the last word of each request, by its id. Of all requests that are spoken of here. */
  constructor(private readonly known: ReadonlyMap<string, Conclusion>) {}

  /** The last word about a request. */
  of(requestId: string): Conclusion | undefined {
    return this.said.get(requestId)?.conclusion ?? this.known.get(requestId);
  }

  /** Says what a step concludes. @returns it in order. */
  conclude({ before, after, arrived, due }: StepWords, effects: readonly Effect[], now: number): Conclusion[] {
    const conclusions: Conclusion[] = [];
    for (const effect of effects) {
      if (effect.kind === 'repeat' && arrived) conclusions.push(this.repeat(arrived, effect.superseded, now));
      if (effect.kind !== 'conclude') continue;
      const request = [arrived, after.stored, before.stored, before.setAside].find((one) => one?.requestId === effect.requestId);
      if (!request) throw new TypeError(`concluding request ${effect.requestId} of ${after.key}: the ledger does not have it`);
      if (effect.text === supersededText) this.superseded.add(after.key);
      // No message brings another request than the step's own again.
      const own = (arrived ?? before.stored ?? after.stored)?.requestId === effect.requestId;
      conclusions.push(this.say(request, concludedOf(request, after, effect, now), own ? due : true));
    }
    return conclusions;
  }

  /** Saying the same again is not another word. */
  say(request: StoredRequest, event: PostingConcluded, due: boolean): Conclusion {
    const earlier = this.of(request.requestId);
    const { digest } = request.value;
    if (earlier?.digest === digest && isSameWord(earlier.event, event)) return earlier;
    const number = (earlier?.number ?? -1) + 1;
    // Readers let the newest word stand, by its time: within one request time never goes back.
    const concludedAt = Math.max(event.concludedAt, earlier?.event.concludedAt ?? 0);
    // Refused in a sweep: nobody else writes the dead letter (I2).
    const deadLetter = due ? letterOf(event, earlier?.event.result, request) : undefined;
    const conclusion: Conclusion = { event: { ...event, concludedAt }, recordKey: request.recordKey, number, digest, deadLetter };
    this.said.set(request.requestId, { conclusion, due });
    return conclusion;
  }

  /** The same words as before; when the fields changed meanwhile, also that. */
  private repeat(request: StoredRequest, superseded: boolean, now: number): Conclusion {
    const conclusion = this.of(request.requestId);
    if (!conclusion) throw new TypeError(`repeating the end of request ${request.requestId}: the ledger does not have it`);
    if (!superseded || conclusion.event.text === supersededText) return conclusion;
    this.superseded.add(request.value.postingKey);
    const asPosted: StoredRequest = { ...request, value: { ...request.value, digest: conclusion.digest } };
    return this.say(asPosted, { ...conclusion.event, text: supersededText, concludedAt: now }, false);
  }
}

/** What has to be said to those who work on dead letters, where no message is there any more that libs/messaging could say it of. */
export function letterOf(
  event: PostingConcluded,
  before: string | undefined,
  { value, origin }: StoredRequest,
): UnwrittenDeadLetter | undefined {
  if (event.result === 'rejected' || event.result === 'held') return { value, origin: origin ?? null, says: event.result };
  // It waited among the dead letters, with its sequence behind it: both can go on.
  return (before === 'held' || before === 'rejected') && event.result !== 'waiting' && origin
    ? { value, origin, says: 'ended' }
    : undefined;
}

function isSameWord(a: PostingConcluded, b: PostingConcluded): boolean {
  return a.result === b.result && a.code === b.code && a.text === b.text;
}

function concludedOf(request: StoredRequest, row: LedgerRow, effect: Extract<Effect, { kind: 'conclude' }>, now: number): PostingConcluded {
  const { result, code = null, text = null } = effect;
  const { attempts, reference } = row.posting;
  return wordAbout(request, {
    result,
    code,
    text,
    attempts,
    concludedAt: now,
    reference: meaningOf(result)?.refersToDocument ? reference : undefined,
  });
}

/** The event that says how a request ended. */
export function wordAbout(
  { requestId, value }: StoredRequest,
  { reference, ...word }: Pick<PostingConcluded, 'result' | 'code' | 'text' | 'attempts' | 'concludedAt'> & Pick<Posting, 'reference'>,
): PostingConcluded {
  const { postingKey, target, kind, canonicalEventId, sourceEventId, sequence, amount } = value;
  const about = { requestId, postingKey, target, kind, canonicalEventId, sourceEventId, sequence, amount };
  return { ...about, ...word, reference: reference ? { ...reference } : null };
}
