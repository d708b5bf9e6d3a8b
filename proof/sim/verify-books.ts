import { entryOf } from './erp-books.js';
import { missingRows } from './erp-half.js';
import type { ErpLedger } from './erp-ledger.js';
import type { SimDocument } from './sim-document.js';
import type { RunParts } from './run-parts.js';
import type { SimRequest } from './sim-request.js';
import { dependsOnSkipped } from './verify-results.js';

/** Checks what has to hold whenever a document gets into the books. */
export function watchBooks(parts: RunParts): void {
  const { world, erp, requests } = parts;
  const { checks } = world;
  const { ledger } = erp;
  const byDigest = new Map([...requests.values()].map((request) => [`${request.postingKey} ${request.digest}`, request]));
  ledger.onRelease = (document, difference) => {
    const { postingKey, digest, applies } = document;
    const request = byDigest.get(`${postingKey} ${digest}`);
    // I11: every entry balances, and is what the request told.
    checks.that('I11', difference === 0n, () => `${postingKey}: its entry is out of balance by ${difference}`);
    checks.that(
      'I11',
      request !== undefined && isAsTold(document, request),
      () => `${postingKey}: its entry is not the effect of its request`,
    );
    // I14: nothing is in the books before what it needs is.
    for (const key of request ? neededInTheBooks(request) : [])
      checks.that('I14', isReleased(ledger, key), () => `${postingKey} is released before ${key}, which it needs`);
    for (const key of applies ? [applies.from, applies.to] : []) {
      const applied = ledger.books.applied.get(key) ?? 0n;
      const most = (ledger.byKey.get(key) ?? []).reduce((sum, { amountMinor }) => sum + magnitude(amountMinor), 0n);
      // I13: an open balance never crosses zero.
      checks.that('I13', applied <= most || ledger.brokenPromises.has(postingKey), () => `${key}: ${applied} of ${most} is applied`);
    }
  };
}

/** I14, when a document is saved: what it needs in the books is there, and what it needs to be saved is whole. */
export function checkNeeds({ world: { checks }, erp, requests }: RunParts, request: SimRequest): void {
  const { byKey } = erp.ledger;
  for (const key of neededInTheBooks(request))
    checks.that('I14', isReleased(erp.ledger, key), () => `${request.postingKey} is saved before ${key} is released, which it needs`);
  for (const { postingKey, until, ifNeverAsked } of request.needs) {
    if (until === 'released' || ifNeverAsked === 'without') continue;
    const asked = [...requests.values()].find((one) => one.postingKey === postingKey);
    const isWhole = byKey.get(postingKey)?.some(({ lines }) => asked && missingRows(asked, lines).length === 0) === true;
    checks.that('I14', isWhole, () => `${request.postingKey} is saved before the whole of ${postingKey} is, which it needs`);
  }
}

/** I14, in the calm: nothing that is saved waits for another document. Only a failed batch, or one that is not whole, keeps it. */
export function verifyNothingSavedWaits({ world: { checks }, database, erp }: RunParts): void {
  const postings = [...database.postings.values()];
  for (const { key, posting, stored, released, batchId } of postings) {
    if (posting.state !== 'posted' || released || stored?.request.kind === 'customer' || posting.reference === undefined) continue;
    if (erp.ledger.brokenPromises.has(key)) continue;
    const state = database.batches.get(batchId ?? '')?.state;
    // Half a document, or a second one that can still be taken out.
    const isHalf = postings.some(
      (other) =>
        other.batchId === batchId &&
        (other.posting.half !== undefined || other.posting.hasDuplicate || (erp.ledger.byKey.get(other.key)?.length ?? 0) > 1),
    );
    const isStuck = erp.ledger.batches.get(batchId ?? '') === 'posting';
    checks.that(
      'I14',
      state === 'failed' || isHalf || isStuck,
      () => `${key} is saved and its batch ${batchId ?? ''} (${state ?? ''}) waits`,
    );
  }
}

/** I12: once nothing is in flight, the clearing account of a currency is the Stripe balance in it. Skipped movements are breaks. */
export function verifyClearing(parts: RunParts): void {
  const { world, erp, requests, tracker, movements } = parts;
  const expected = new Map<string, bigint>();
  const byKey = new Map<string, SimRequest[]>();
  for (const movement of movements) byKey.set(movement.postingKey, [...(byKey.get(movement.postingKey) ?? []), movement]);
  for (const [key, moved] of byKey) {
    const asked = [...requests.values()].filter(({ postingKey }) => postingKey === key);
    const isSkipped =
      asked.every(({ requestId }) => tracker.skippedRequests.has(requestId)) || asked.every((one) => dependsOnSkipped(one, parts));
    const [document] = erp.ledger.byKey.get(key) ?? [];
    if (!document && asked.length > 0 && isSkipped) continue;
    if (document && !document.released && erp.ledger.brokenPromises.has(key)) continue;
    // Of several amounts under one key, the booked one is what Stripe moved (verify-money.ts).
    const { currency, stripeMinor } = moved.find(({ digest }) => digest === document?.digest) ?? (moved[0] as SimRequest);
    expected.set(currency, (expected.get(currency) ?? 0n) + stripeMinor);
  }
  for (const currency of new Set([...expected.keys(), ...[...erp.ledger.documents.values()].map((document) => document.currency)])) {
    const clearing = erp.ledger.books.balances.get(`CLR ${currency}`) ?? 0n;
    const stripe = expected.get(currency) ?? 0n;
    world.checks.that('I12', clearing === stripe, () => `CLR ${currency} is ${clearing}, the Stripe balance ${stripe}`);
  }
}

/** In the books. Committed later than promised, it may be in a batch that the ledger considers released. */
function isReleased({ byKey, brokenPromises }: ErpLedger, key: string): boolean {
  return byKey.get(key)?.some(({ released }) => released) === true || brokenPromises.has(key);
}

/** Posting keys that have to be in the books first: what the request says, what it applies, and what it takes back. */
function neededInTheBooks({ needs, applies, undoes }: SimRequest): string[] {
  const told = needs
    .filter(({ until, ifNeverAsked }) => until === 'released' && ifNeverAsked !== 'without')
    .map(({ postingKey }) => postingKey);
  return [...new Set([...told, ...(applies ? [applies.from, applies.to] : []), ...(undoes === undefined ? [] : [undoes])])];
}

function isAsTold(document: SimDocument, { effect, currency }: SimRequest): boolean {
  const sums = new Map<string, bigint>();
  const add = (role: string, minor: bigint): void => void sums.set(role, (sums.get(role) ?? 0n) + minor);
  for (const { role, minor } of entryOf(document)) add(role, minor);
  for (const { role, debit, credit } of effect) add(role, (credit?.minor ?? 0n) - (debit?.minor ?? 0n));
  return document.currency === currency && [...sums.values()].every((sum) => sum === 0n);
}

function magnitude(minor: bigint): bigint {
  return minor < 0n ? -minor : minor;
}
