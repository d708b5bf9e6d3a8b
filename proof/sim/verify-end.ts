import type { RunParts } from './run-parts.js';
import { verifyClearing } from './verify-books.js';
import { verifyDocuments } from './verify-documents.js';
import { verifyMoney } from './verify-money.js';
import { dependsOnSkipped, ignoredResults, lastOutcomes, postedResults } from './verify-results.js';

/** Checks the end of a run, when operators have finished their work. @returns the number of requests by how they ended. */
export function verifyAtEnd(parts: RunParts): Record<string, number> {
  const { world, requests, tracker, database } = parts;
  const { checks } = world;
  verifyNothingIsStuck(parts);
  const outcomes = lastOutcomes(parts);
  const ends: Record<string, number> = {};
  for (const request of requests.values()) {
    const { requestId } = request;
    const result = outcomes.get(requestId)?.result ?? (tracker.skippedRequests.has(requestId) ? 'skipped' : 'nothing');
    const skipped = tracker.skippedRequests.has(requestId) || dependsOnSkipped(request, parts);
    const end = postedResults.has(result) ? 'posted' : ignoredResults.has(result) ? 'ignored' : skipped ? 'skipped' : result;
    ends[end] = (ends[end] ?? 0) + 1;
    // I2: exactly one end, published in the topics.
    checks.that(
      'I2',
      end === 'posted' || end === 'ignored' || end === 'skipped',
      () => `${requestId} (${request.postingKey}) ended as ${result}`,
    );
  }
  const sum = Object.values(ends).reduce((total, count) => total + count, 0);
  checks.that('I2', sum === requests.size, () => `${requests.size} requests, ${sum} ends`);
  verifyDocuments(parts);
  verifyMoney(parts, outcomes);
  verifyClearing(parts);
  verifySecrets(parts);
  // I9: the outcomes of the ledger are those of the topic.
  for (const outcome of database.outcomes.values())
    checks.that(
      'I9',
      outcomes.get(outcome.requestId)?.result === outcome.result,
      () => `${outcome.requestId}: the ledger says ${outcome.result}, the topic ${outcomes.get(outcome.requestId)?.result ?? 'nothing'}`,
    );
  return ends;
}

function verifyNothingIsStuck({ world: { checks }, database, broker, tracker }: RunParts): void {
  for (const { key, posting } of database.postings.values()) {
    const open = posting.state === 'claimed' || posting.state === 'unknown' || posting.sentAt !== undefined || posting.hasDuplicate;
    checks.that('I7', !open, () => `${key} is ${posting.state} in the end${posting.hasDuplicate ? ', with a duplicate' : ''}`);
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
        () => `${value.partition}/${value.offset} (${value.request.requestId}) is stored nowhere in the end`,
      );
}

/** I8: outcomes, dead letters and stored sequences carry codes and ids only. */
function verifySecrets({ world: { checks }, broker, database }: RunParts): void {
  const texts = [
    ...broker.deadLetters.map(({ code, text }) => code + text),
    ...broker.outcomes.map(({ code, text }) => `${code ?? ''}${text ?? ''}`),
    ...[...database.lot.values()].flatMap(({ heads }) => [...heads.values()].map(({ code }) => code)),
  ];
  checks.that('I8', !texts.some((text) => text.includes('sk_')), () => 'an outcome or dead letter carries a secret');
}
