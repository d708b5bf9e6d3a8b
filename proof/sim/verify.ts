import type { Posting } from '@tributary/posting';
import type { SimBroker } from './broker.js';
import type { Row, SimDatabase } from './database.js';
import type { SimErp } from './erp.js';
import type { SimRequest } from './sim-request.js';
import type { Tracker } from './tracker.js';
import type { World } from './world.js';

export interface Parts {
  readonly world: World;
  readonly database: SimDatabase;
  readonly broker: SimBroker;
  readonly erp: SimErp;
  readonly tracker: Tracker;
  readonly requests: ReadonlyMap<string, SimRequest>;
}

/** What has to hold whenever the ERP writes something. */
export function watchErp({ world: { checks }, erp }: Parts): void {
  erp.onCommit = (document, request, broken) => {
    const { postingKey, dependsOn } = request;
    const there = erp.byKey.get(postingKey) ?? [];
    // I3: at most one document. A target that commits after its settle time can get a second one: that one has to be found (verifyCalm).
    checks.that('I3', there.length <= 1 || erp.brokenPromises.has(postingKey), () => `${postingKey} has ${there.length} documents`);
    for (const key of dependsOn)
      // I4: a refund is not there before its receipt, a receipt not before its customer.
      checks.that('I4', broken || (erp.byKey.get(key)?.length ?? 0) > 0, () => `${postingKey} is there before ${key}, which it needs`);
    if (document.kind === 'customer')
      // I4: an older fact never overwrites a newer one.
      checks.that(
        'I4',
        request.version >= document.version,
        () => `${postingKey}: version ${request.version} overwrites ${document.version}`,
      );
    else
      // I5: the very amount, in its currency.
      checks.that(
        'I5',
        document.amountMinor === request.amountMinor && document.currency === request.currency,
        () => `${postingKey}: another amount`,
      );
  };
}

/** The storm is over for longer than anything waits: what is not in people's hands has come to its end. */
export function verifyCalm({ world, database, erp, broker, tracker }: Parts): void {
  const { checks } = world;
  for (const { key, posting } of database.postings.values()) {
    const idle = posting.leaseUntil > database.now() - longestPauseMs || (posting.state !== 'claimed' && posting.state !== 'unknown');
    // I7: nothing is lost on the way.
    checks.that('I7', idle, () => `${key} is still ${posting.state}`);
    const copies = erp.byKey.get(key)?.length ?? 0;
    checks.that(
      'I3',
      copies <= 1 || isKnownToBeHeld(posting, database),
      () => `${key} has ${copies} documents and nobody knows (${posting.state})`,
    );
  }
  for (const [partition, { heads, parked }] of database.lot) {
    for (const [sequence, head] of heads)
      // I4: only what a person has to look at still holds its sequence up; all else was let go.
      checks.that(
        'I4',
        head.place !== 'rung' || head.dueAt > world.now - longestRungMs,
        () => `${sequence} of ${partition} is still on a rung that was due ${world.now - head.dueAt} ms ago`,
      );
    for (const { request, offset } of parked.values())
      checks.that('I4', heads.has(request.sequence), () => `${partition}/${offset} of ${request.sequence} is parked behind nobody`);
  }
  // I4: other sequences pass a stuck one: every message that is behind nobody was worked on.
  for (const [partition, log] of broker.postings.entries())
    for (const { offset, value } of log.records)
      checks.that(
        'I4',
        tracker.isAccounted(value),
        () => `${partition}/${offset} (${value.request.requestId}) waits, though nothing of its sequence is stuck`,
      );
}

/**
 * I3: what is there twice is known, and in people's hands. A held one is looked at again and again: in the moment in which a worker is at
 * that its state is `unknown`, and what was said of it last is still that it is held.
 */
function isKnownToBeHeld({ state, hasDuplicate, leaseUntil, request }: Posting, database: SimDatabase): boolean {
  const isLookedAt = state === 'unknown' && leaseUntil > database.now();
  return hasDuplicate || state === 'held' || (isLookedAt && database.outcomes.get(request?.requestId ?? '')?.result === 'held');
}

/** Between two goes at a posting that is under way. */
const longestPauseMs = 60_000;
/** A head may be retried once more in the calm: what it waits for then is the longest rung, by a clock that may be set back. */
const longestRungMs = 600_000 + 2 * 600_000;
/** A request is in the ledger (`posted`), or deliberately not (`ignored`), with these results. Written by hand: the checks use nothing that they check. */
const posted = new Set(['posted', 'adopted', 'updated', 'released']);
const ignored = new Set(['duplicate', 'stale', 'skipped']);

/** Everything has come to an end. @returns how the requests ended. */
export function verifyAtEnd(parts: Parts): Record<string, number> {
  const { world, requests, tracker, database } = parts;
  const { checks } = world;
  verifyNothingIsStuck(parts);
  const words = lastWords(parts);
  const ends: Record<string, number> = {};
  for (const request of requests.values()) {
    const { requestId } = request;
    const word = words.get(requestId)?.result ?? (tracker.skippedRequests.has(requestId) ? 'skipped' : 'nothing');
    const skipped = tracker.skippedRequests.has(requestId) || dependsOnSkipped(request, parts);
    const end = posted.has(word) ? 'posted' : ignored.has(word) ? 'ignored' : skipped ? 'skipped' : word;
    ends[end] = (ends[end] ?? 0) + 1;
    // I2: exactly one end, said in the topics.
    checks.that(
      'I2',
      end === 'posted' || end === 'ignored' || end === 'skipped',
      () => `${requestId} (${request.postingKey}) ended as ${word}`,
    );
  }
  const sum = Object.values(ends).reduce((total, count) => total + count, 0);
  checks.that('I2', sum === requests.size, () => `${requests.size} requests, ${sum} ends`);
  verifyDocuments(parts);
  verifyMoney(parts, words);
  verifySecrets(parts);
  // I9: the words of the ledger are those of the topic, and its references can be found again.
  for (const outcome of database.outcomes.values())
    checks.that(
      'I9',
      words.get(outcome.requestId)?.result === outcome.result,
      () => `${outcome.requestId}: the ledger says ${outcome.result}, the topic ${words.get(outcome.requestId)?.result ?? 'nothing'}`,
    );
  return ends;
}

function verifyNothingIsStuck({ world: { checks }, database, broker, tracker }: Parts): void {
  for (const { key, posting } of database.postings.values()) {
    const open = posting.state === 'claimed' || posting.state === 'unknown' || posting.sentAt !== undefined || posting.hasDuplicate;
    checks.that('I7', !open, () => `${key} is ${posting.state} in the end${posting.hasDuplicate ? ', there twice' : ''}`);
  }
  for (const [partition, { heads, parked }] of database.lot)
    checks.that(
      'I4',
      heads.size === 0 && parked.size === 0,
      () => `partition ${partition}: ${heads.size} heads, ${parked.size} parked in the end`,
    );
  for (const log of broker.postings)
    for (const { value } of log.records)
      checks.that(
        'I1',
        tracker.isAccounted(value),
        () => `${value.partition}/${value.offset} (${value.request.requestId}) is nowhere in the end`,
      );
}

/** The newest word of every request, as a reader of erp.v1 finds it: by its time, then by its number. */
function lastWords({ broker }: Parts): Map<string, { result: string; reference: string | undefined }> {
  const words = new Map<string, { result: string; reference: string | undefined; concludedAt: number; number: number }>();
  for (const { requestId, result, reference, concludedAt, number } of broker.outcomes) {
    const known = words.get(requestId);
    if (!known || concludedAt > known.concludedAt || (concludedAt === known.concludedAt && number >= known.number))
      words.set(requestId, { result, reference, concludedAt, number });
  }
  return words;
}

function dependsOnSkipped(request: SimRequest, { requests, tracker, erp }: Parts): boolean {
  return request.dependsOn.some(
    (key) =>
      (erp.byKey.get(key)?.length ?? 0) === 0 &&
      [...requests.values()].some(
        (other) =>
          other.postingKey === key &&
          (tracker.skippedRequests.has(other.requestId) || dependsOnSkipped(other, { requests, tracker, erp } as Parts)),
      ),
  );
}

function verifyDocuments(parts: Parts): void {
  const { world, erp, database, requests, tracker } = parts;
  const { checks } = world;
  const wanted = new Map<string, SimRequest[]>();
  for (const request of requests.values()) {
    if (tracker.skippedRequests.has(request.requestId) || dependsOnSkipped(request, parts)) continue;
    wanted.set(request.postingKey, [...(wanted.get(request.postingKey) ?? []), request]);
  }
  for (const [key, asked] of wanted) {
    const [document, second] = erp.byKey.get(key) ?? [];
    // I7, I10: whatever broke, and in whatever order it came: the documents are those of a quiet day.
    checks.that('I7', document !== undefined, () => `${key} is not in the ERP`);
    checks.that('I3', second === undefined, () => `${key} is in the ERP twice in the end`);
    if (!document) continue;
    // (Entered later than promised, it may lie in a batch that the ledger takes for done.)
    checks.that(
      'I3',
      document.released || erp.brokenPromises.has(key),
      () => `${key} was never released (batch ${document.batchId ?? ''})`,
    );
    const newest = asked.reduce((version, request) => (request.version > version ? request.version : version), 0n);
    checks.that(
      'I10',
      document.version === newest || newest === 0n,
      () => `${key} has version ${document.version}, the newest is ${newest}`,
    );
    checkReference(database.row(key), document.id, world);
  }
  for (const key of erp.byKey.keys()) checks.that('I3', database.postings.has(key), () => `${key} is in the ERP and not in the ledger`);
}

function checkReference({ key, posting }: Row, id: string, { checks }: World): void {
  // I9: a look-up in the ERP gives the reference that the ledger has.
  checks.that(
    'I9',
    posting.reference?.['id'] === id,
    () => `${key}: the ledger refers to ${posting.reference?.['id'] ?? 'nothing'}, the ERP has ${id}`,
  );
}

/** I6: payouts are explained: what is in the ERP and what is not make up what Stripe moved, signs kept. */
function verifyMoney({ world: { checks }, erp, requests }: Parts, words: ReadonlyMap<string, { result: string }>): void {
  const sums = new Map<string, { moved: bigint; explained: bigint; breaks: bigint; entered: bigint }>();
  const of = (currency: string): { moved: bigint; explained: bigint; breaks: bigint; entered: bigint } => {
    const sum = sums.get(currency) ?? { moved: 0n, explained: 0n, breaks: 0n, entered: 0n };
    sums.set(currency, sum);
    return sum;
  };
  const isBooked = ({ requestId }: SimRequest): boolean => {
    const word = words.get(requestId)?.result ?? '';
    return posted.has(word) || word === 'duplicate';
  };
  for (const [key, asked] of moneyByKey(requests)) {
    const [document] = erp.byKey.get(key) ?? [];
    // I5: a request over another amount than the document's never ends as if it were booked.
    for (const request of asked)
      checks.that(
        'I5',
        !isBooked(request) || !document || (document.amountMinor === request.amountMinor && document.currency === request.currency),
        () =>
          `${key}: ${request.requestId} counts as booked over ${request.amountMinor} ${request.currency}, the document is over another amount`,
      );
    // Of several amounts under one key the booked one is the one that moved.
    const moved = asked.find(isBooked) ?? asked[0];
    if (!moved) continue;
    const sum = of(moved.currency);
    sum.moved += moved.amountMinor;
    if (isBooked(moved)) sum.explained += moved.amountMinor;
    else sum.breaks += moved.amountMinor;
  }
  for (const { amountMinor, currency, kind } of erp.documents.values()) if (kind !== 'customer') of(currency).entered += amountMinor;
  for (const [currency, { moved, explained, breaks, entered }] of sums) {
    checks.that('I6', explained + breaks === moved, () => `${currency}: ${explained} explained and ${breaks} breaks of ${moved}`);
    checks.that('I5', entered === explained, () => `${currency}: the ERP has ${entered}, the topics explain ${explained}`);
  }
}

function moneyByKey(requests: ReadonlyMap<string, SimRequest>): Map<string, SimRequest[]> {
  const byKey = new Map<string, SimRequest[]>();
  for (const request of requests.values()) {
    if (request.kind === 'customer') continue;
    byKey.set(request.postingKey, [...(byKey.get(request.postingKey) ?? []), request]);
  }
  return byKey;
}

/** I8: words, dead letters and sequences carry codes and ids only. */
function verifySecrets({ world: { checks }, broker, database }: Parts): void {
  const said = [
    ...broker.deadLetters.map(({ code, text }) => code + text),
    ...broker.outcomes.map(({ code, text }) => `${code ?? ''}${text ?? ''}`),
    ...[...database.lot.values()].flatMap(({ heads }) => [...heads.values()].map(({ code }) => code)),
  ];
  checks.that('I8', !said.some((text) => text.includes('sk_')), () => 'a word carries what is secret');
}
