import type { ErpReference } from '@tributary/connector-kit';
import { meaningOf, neverAskedCode, nothingToChangeCode, supersededText } from '@tributary/posting';
import { conflictOf } from './conflict.js';
import type {
  PostingEvidence,
  RebuildConflict,
  Rebuilt,
  RebuiltOutcome,
  RebuiltPosting,
  RequestEvidence,
  OutcomeEvidence,
} from './evidence.js';
import { withoutHalf } from './half-evidence.js';
import { inOrder, isApplied, isBatchOutcome, isRebuildOutcome, namesDocument, say, requestHistories } from './request-history.js';
import type { RequestHistory } from './request-history.js';

/**
 * One row of the ledger and the newest outcomes of its requests, from topics and target (I9). Never concludes that a document
 * is absent because a topic lacks it: without a final outcome and without a document, the posting is stored and the protocol continues
 * with it, so that nothing is posted a second time and nothing is forgotten (I2, I3).
 * @param now milliseconds: when the rebuild concludes something itself.
 */
export function rebuiltPosting(all: PostingEvidence, now: number): Rebuilt {
  const { evidence, half } = withoutHalf(all);
  const rebuilt = rebuiltWithoutSetAside(evidence, now);
  const { posting } = rebuilt;
  if (!posting) return rebuilt;
  const told = requestHistories(evidence);
  return { ...rebuilt, posting: { ...posting, ...waitOf(posting, told), setAside: setAsideOf(posting, told), half } };
}

/** Whether and since when the request of the posting waits for other documents. */
function waitOf({ state, request }: RebuiltPosting, told: readonly RequestHistory[]): Pick<RebuiltPosting, 'waits' | 'waitingSince'> {
  const word = told.find(({ requestId }) => requestId === request?.requestId)?.own?.event;
  const waits = state === 'waiting' || (state === 'held' && word?.code === neverAskedCode);
  return { waits, waitingSince: state === 'waiting' && word?.result === 'waiting' ? word.concludedAt : undefined };
}

/** The date in the newest outcome that names the document. */
function postingDateOf(words: readonly OutcomeEvidence[]): string | undefined {
  return [...words].sort(inOrder).findLast(({ event }) => namesDocument(event))?.event.postingDate ?? undefined;
}

/**
 * The second request that the sink keeps until the document exists: an `ensure` that gave way to the upsert that is not finished, or else
 * the newest upsert that found nothing to change.
 */
function setAsideOf({ reference, request, state }: RebuiltPosting, told: readonly RequestHistory[]): RequestEvidence | undefined {
  if (reference !== undefined) return undefined;
  const isOpenUpsert = request !== undefined && isUpsert(request) && state !== 'skipped';
  const ensure = told.findLast((one) => one.request?.value.protocol === 'ensure' && one.last?.event.result === 'duplicate')?.request;
  if (isOpenUpsert && ensure) return ensure;
  return told
    .filter(({ last }) => last?.event.result === 'skipped' && last.event.code === nothingToChangeCode)
    .reduce<RequestEvidence | undefined>((newest, one) => (one.request ? newerOf(newest, one.request) : newest), undefined);
}

function rebuiltWithoutSetAside(evidence: PostingEvidence, now: number): Rebuilt {
  const told = requestHistories(evidence);
  const outcomes = told.flatMap((one) => lastWordOf(one));
  const taken = told
    .filter(({ own, tookPosting }) => own !== undefined && meaningOf(own.event.result)?.tookPosting !== false && tookPosting)
    .sort(byOwnWord);
  const known = postingOf(evidence, taken);
  const conflict = conflictOf(evidence, told);
  if (conflict) return inConflict(evidence, conflict, known, told, outcomes, now);
  const document = evidence.documents?.[0];
  // A dead letter waits for an operator, unless its document was posted before.
  const silent = told.flatMap(({ last, request }) =>
    last === undefined && request !== undefined && (!request.deadLettered || document) ? [request] : [],
  );
  return silent.length === 0
    ? settled(evidence, known, outcomes, now)
    : resolveRequestsWithoutOutcome(evidence, known ?? blank(evidence), silent, { outcomes, now });
}

function lastWordOf({ requestId, request, last }: RequestHistory): RebuiltOutcome[] {
  if (!last) return [];
  const { recordKey, number, event } = last;
  return [{ requestId, recordKey, number, digest: request?.value.digest ?? '', event, fresh: false }];
}

function byOwnWord(a: RequestHistory, b: RequestHistory): number {
  const [x, y] = [a.own as OutcomeEvidence, b.own as OutcomeEvidence];
  return x.event.concludedAt - y.event.concludedAt || Number(x.offset - y.offset);
}

/** The posting that outcomes, cross-references and target describe together; undefined when none of them knows the key. */
function postingOf(evidence: PostingEvidence, taken: readonly RequestHistory[]): RebuiltPosting | undefined {
  const { words, requests, crossReference, documents } = evidence;
  const current = taken.at(-1);
  // A document whose request has no outcome is adopted, so that an outcome gets published.
  const shown = requests.length === 0 ? referenceFromErp(evidence) : current && crossReference;
  const reference = referenceOf(evidence, taken) ?? shown;
  if (!current && !reference) return undefined;
  const appliedOnes = taken.filter(({ own }) => own && isApplied(own.event));
  const own = current?.own?.event;
  return {
    ...blank(evidence),
    state: own ? stateOf(own.result, reference !== undefined, isBatchOutcome(own)) : 'posted',
    request: current?.request,
    attempts: current?.last?.event.attempts ?? 0,
    version: appliedOnes.reduce((newest, { request }) => larger(newest, request?.value.version ?? 0n), 0n),
    appliedDigest: appliedOnes.at(-1)?.request?.value.digest,
    appliedAmount: appliedOnes.findLast((one) => one.words.some(({ event }) => namesDocument(event)))?.own?.event.amount ?? undefined,
    setAside: undefined,
    superseded: words.some(({ event }) => event.text === supersededText),
    reference,
    released: words.some(({ event }) => event.result === 'released') || (!current && documents?.[0]?.released === true),
    open: own?.result === 'held' && own.code === 'posting.outcome-unknown',
    postingDate: postingDateOf(taken.flatMap((one) => one.words)),
  };
}

/** The reference in the target, else in the cross-references. */
function referenceFromErp({ crossReference, documents }: PostingEvidence): ErpReference | undefined {
  return documents?.[0]?.reference ?? crossReference;
}

/**
 * The newest reference in the outcomes. A `duplicate` has one, too, and may be the only outcome left when the first one is past its
 * retention.
 */
function referenceOf({ words }: PostingEvidence, taken: readonly RequestHistory[]): ErpReference | undefined {
  const newest = (some: readonly OutcomeEvidence[]): ErpReference | undefined =>
    [...some]
      .sort(inOrder)
      .filter(({ event }) => event.reference !== null)
      .at(-1)?.event.reference ?? undefined;
  return newest(taken.flatMap((one) => one.words).filter(({ event }) => namesDocument(event))) ?? newest(words);
}

function stateOf(result: string, there: boolean, ofBatch: boolean): RebuiltPosting['state'] {
  if (result === 'waiting') return 'waiting';
  if (result === 'held' && !ofBatch) return 'held';
  if (there) return 'posted';
  return result === 'skipped' ? 'skipped' : 'rejected';
}

/** Every request has an outcome: the outcomes hold, unless the target shows a document that they do not name. */
function settled(evidence: PostingEvidence, known: RebuiltPosting | undefined, outcomes: readonly RebuiltOutcome[], now: number): Rebuilt {
  const shown = evidence.documents?.[0]?.reference;
  const rest = { outcomes, conflict: undefined };
  if (!known) return { posting: undefined, ...rest, found: 'none' };
  if (evidence.words.length === 0) return { posting: known, ...rest, found: 'erp-only' };
  const { request, reference } = known;
  // The document exists after all: its outcome is lost, or a conflict was resolved.
  const last = outcomes.find(({ requestId }) => requestId === request?.requestId);
  const doubted = !evidence.words.some(({ event }) => namesDocument(event)) || (last !== undefined && isRebuildOutcome(last.event));
  if (shown && request && doubted && !isUpsert(request)) return adopted(request, shown, known, outcomes, now);
  return { posting: known, ...rest, found: reference ? 'topics' : 'none' };
}

/** Requests without an outcome: not processed yet, or their outcomes are lost. */
function resolveRequestsWithoutOutcome(
  evidence: PostingEvidence,
  known: RebuiltPosting,
  silent: readonly RequestEvidence[],
  { outcomes, now }: { readonly outcomes: readonly RebuiltOutcome[]; readonly now: number },
): Rebuilt {
  const shown = referenceFromErp(evidence);
  const stored = known.state === 'waiting' || known.state === 'held' ? known.request : undefined;
  const upsert = silent.filter(isUpsert).reduce<RequestEvidence | undefined>(newerOf, stored && isUpsert(stored) ? stored : undefined);
  const newest = upsert && upsert.value.version >= known.version ? upsert : undefined;
  const chosen = newest ?? stored ?? (known.reference === undefined ? silent.at(-1) : undefined);
  const reference = known.reference ?? shown;
  const ended = [...silent, ...(stored ? [stored] : [])]
    .filter((request) => request !== chosen)
    .map((request) => endedBy(request, { ...known, reference }, newest !== undefined, outcomes, now));
  const words = [...outcomes.filter(({ requestId }) => !ended.some((one) => one.requestId === requestId)), ...ended];
  const superseded = known.superseded || ended.some(({ event }) => event.text === supersededText);
  const before = { ...known, superseded };
  if (!chosen) return { posting: before, outcomes: words, conflict: undefined, found: 'topics' };
  if (shown && known.reference === undefined && !isUpsert(chosen)) return adopted(chosen, shown, before, words, now);
  const posting: RebuiltPosting =
    chosen === stored
      ? before
      : {
          ...before,
          state: isUpsert(chosen) && shown ? 'unknown' : 'waiting',
          request: chosen,
          attempts: 0,
          reference,
          open: shown !== undefined,
        };
  return { posting, outcomes: words, conflict: undefined, found: reference ? 'topics' : 'none' };
}

function endedBy(
  request: RequestEvidence,
  known: RebuiltPosting,
  upserted: boolean,
  outcomes: readonly RebuiltOutcome[],
  now: number,
): RebuiltOutcome {
  if (isUpsert(request)) return say(request, { result: 'stale', text: 'a newer state of it is known', now }, outcomes);
  const changed = !upserted && known.appliedDigest !== undefined && known.appliedDigest !== request.value.digest;
  const text = changed && request.value.protocol === 'create-once' ? supersededText : 'this document is there already, or is under way';
  return say(request, { result: 'duplicate', text, reference: known.reference, now }, outcomes);
}

function adopted(
  request: RequestEvidence,
  reference: ErpReference,
  known: RebuiltPosting,
  outcomes: readonly RebuiltOutcome[],
  now: number,
): Rebuilt {
  const { version, digest } = request.value;
  const word = say(request, { result: 'adopted', reference, now }, outcomes);
  return {
    posting: {
      ...known,
      state: 'posted',
      request,
      version: larger(known.version, version),
      appliedDigest: digest,
      appliedAmount: request.value.amount ?? undefined,
      reference,
      open: false,
    },
    outcomes: [...outcomes.filter(({ requestId }) => requestId !== request.requestId), word],
    conflict: undefined,
    found: 'adopted',
  };
}

/** Holds the posting for an operator. Recorded once, not at every rebuild. */
function inConflict(
  evidence: PostingEvidence,
  conflict: RebuildConflict,
  known: RebuiltPosting | undefined,
  told: readonly RequestHistory[],
  outcomes: readonly RebuiltOutcome[],
  now: number,
): Rebuilt {
  const request = known?.request ?? told.findLast((one) => one.request !== undefined)?.request;
  // Without a reference the request would be sent: it is marked as sent, so that the protocol looks the document up first (I3).
  const posting: RebuiltPosting = {
    ...(known ?? blank(evidence)),
    state: 'held',
    request,
    open: known?.reference === undefined,
  };
  const earlier = outcomes.find(({ requestId }) => requestId === request?.requestId);
  if (!request || (earlier?.event.code === conflict.code && earlier.event.text === conflict.text))
    return { posting, outcomes, conflict, found: 'topics' };
  const word = say(request, { result: 'held', code: conflict.code, text: conflict.text, now }, outcomes);
  return { posting, outcomes: [...outcomes.filter((one) => one !== earlier), word], conflict, found: 'topics' };
}

function blank({ postingKey, kind }: PostingEvidence): RebuiltPosting {
  return {
    postingKey,
    kind,
    state: 'waiting',
    request: undefined,
    attempts: 0,
    version: 0n,
    appliedDigest: undefined,
    appliedAmount: undefined,
    setAside: undefined,
    superseded: false,
    reference: undefined,
    released: false,
    open: false,
    half: undefined,
    waits: false,
    waitingSince: undefined,
    postingDate: undefined,
  };
}

function isUpsert({ value }: RequestEvidence): boolean {
  return value.protocol === 'versioned-upsert';
}

function newerOf(best: RequestEvidence | undefined, one: RequestEvidence): RequestEvidence {
  return best && best.value.version > one.value.version ? best : one;
}

function larger(a: bigint, b: bigint): bigint {
  return b > a ? b : a;
}
