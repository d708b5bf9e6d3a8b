import type { PostingConcluded } from '@tributary/contracts';
import type { ErpReference } from '@tributary/connector-kit';
import { amountDiffersCode, meaningOf, supersededText } from '@tributary/posting';
import type { PostingEvidence, RebuiltOutcome, RequestEvidence, OutcomeEvidence } from './evidence.js';

/** One request with its outcomes. */
export interface RequestHistory {
  readonly requestId: string;
  /** The copy of the request that was processed. */
  readonly request: RequestEvidence | undefined;
  readonly words: readonly OutcomeEvidence[];
  readonly last: OutcomeEvidence | undefined;
  /** The newest outcome of the posting itself, not of a replay or of its batch; else the newest one. */
  readonly own: OutcomeEvidence | undefined;
  /** False for a request over another amount than the booked one: the posting was never its own. */
  readonly tookPosting: boolean;
}

/** Requests with their outcomes, in the order in which the requests first appear. */
export function requestHistories({ requests, words }: Pick<PostingEvidence, 'requests' | 'words'>): RequestHistory[] {
  const ids = [...new Set([...requests.map(({ requestId }) => requestId), ...words.map(({ event }) => event.requestId)])];
  return ids.map((requestId) => {
    const about = words.filter(({ event }) => event.requestId === requestId).sort(inOrder);
    const ownWords = about.filter(({ event }, index) => !isAside(event) && !isAboutOtherAmount(about, index));
    const own = ownWords.at(-1);
    const copies = requests.filter((one) => one.requestId === requestId);
    const last = about.at(-1);
    const tookPosting = !about.some(({ event }) => event.code === amountDiffersCode) || own !== undefined;
    return { requestId, words: about, last, own: own ?? last, tookPosting, request: copyActedOn(copies, about, own) };
  });
}

/** Sorts outcomes by time, then number, then offset; within one request `concludedAt` never decreases. */
export function inOrder(a: OutcomeEvidence, b: OutcomeEvidence): number {
  return a.event.concludedAt - b.event.concludedAt || a.number - b.number || Number(a.offset - b.offset);
}

/**
 * The copy of a request (redelivered, or replayed with other fields) that was processed: the last one that came before its outcome. A later
 * copy with the same content changed nothing; one with other content was processed, unless an outcome says that it came too late.
 */
function copyActedOn(
  copies: readonly RequestEvidence[],
  words: readonly OutcomeEvidence[],
  own: OutcomeEvidence | undefined,
): RequestEvidence | undefined {
  if (copies.length < 2 || !own) return copies.at(-1);
  const inTime = copies.filter(({ writtenAt }) => writtenAt <= own.event.concludedAt);
  const actedOn = inTime.at(-1) ?? copies[0];
  const hasLateCopy = words.some(({ event }) => event.text === supersededText || event.code === amountDiffersCode);
  if (hasLateCopy) return actedOn;
  const last = copies.at(-1);
  return last?.value.digest === actedOn?.value.digest ? actedOn : last;
}

/** An outcome about a replay, the batch, or an earlier rebuild: the posting itself did not change. */
function isAside(event: PostingConcluded): boolean {
  return event.text === supersededText || event.result === 'released' || isBatchOutcome(event) || isRebuildOutcome(event);
}

/** The request was held because another amount is booked under the key, or an operator then skipped it: the posting did not change. */
function isAboutOtherAmount(words: readonly OutcomeEvidence[], index: number): boolean {
  const [before, word] = [words[index - 1], words[index]];
  return word?.event.code === amountDiffersCode || (before?.event.code === amountDiffersCode && word?.event.result === 'skipped');
}

/** A conflict that an earlier rebuild has found. */
export function isRebuildOutcome({ code }: PostingConcluded): boolean {
  return code?.startsWith('rebuild.') === true;
}

/** The result of a failed batch, recorded for one of its documents. */
export function isBatchOutcome({ result, code }: PostingConcluded): boolean {
  return result === 'held' && code === 'posting.batch-failed';
}

/** True when the requested state counts as applied: nothing older may be written over it (I4). */
export function isApplied(event: PostingConcluded): boolean {
  return meaningOf(event.result)?.applied === true || isBatchOutcome(event);
}

/** True when the outcome names the document that its request made, changed or found. */
export function namesDocument({ result, reference }: PostingConcluded): boolean {
  return reference !== null && meaningOf(result)?.hasDocument === true;
}

/** True when only the target can show how a request ended. */
export function isUnsettled(evidence: Pick<PostingEvidence, 'requests' | 'words'>): boolean {
  return requestHistories(evidence).some(({ last }) => !last || (isUnfinished(last.event.result) && !isBatchOutcome(last.event)));
}

/** Neither final nor rejected: an operator, a later lookup or a dependency ends it. */
function isUnfinished(result: string): boolean {
  return result !== 'rejected' && meaningOf(result)?.final === false;
}

interface Saying {
  readonly result: string;
  readonly code?: string;
  readonly text?: string;
  readonly reference?: ErpReference | undefined;
  /** Time of the rebuild, ms. */
  readonly now: number;
}

/** Adds an outcome of a request, recorded by the rebuild. Within one request `concludedAt` never decreases. */
export function say(request: RequestEvidence, saying: Saying, outcomes: readonly RebuiltOutcome[]): RebuiltOutcome {
  const { postingKey, target, kind, canonicalEventId, sourceEventId, sequence, amount, digest } = request.value;
  const { requestId, recordKey } = request;
  const earlier = outcomes.find((one) => one.requestId === requestId);
  const event: PostingConcluded = {
    requestId,
    postingKey,
    target,
    kind,
    result: saying.result,
    canonicalEventId,
    sourceEventId,
    sequence,
    reference: saying.reference ? { ...saying.reference } : null,
    amount,
    code: saying.code ?? null,
    text: saying.text ?? null,
    postingDate: null,
    attempts: earlier?.event.attempts ?? 0,
    concludedAt: Math.max(saying.now, earlier?.event.concludedAt ?? 0),
  };
  return {
    requestId,
    recordKey,
    number: (earlier?.number ?? -1) + 1,
    digest,
    event,
    fresh: true,
    said: { request, before: earlier?.event.result },
  };
}
