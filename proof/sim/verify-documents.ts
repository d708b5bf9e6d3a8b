import type { Row } from './database.js';
import type { RunParts } from './run-parts.js';
import type { SimRequest } from './sim-request.js';
import { dependsOnSkipped } from './verify-results.js';
import type { World } from './world.js';

/** I3, I7, I10: after all faults, the ERP holds exactly the documents of a day without faults. */
export function verifyDocuments(parts: RunParts): void {
  const { world, erp, database, requests, tracker } = parts;
  const { checks } = world;
  const wanted = new Map<string, SimRequest[]>();
  for (const request of requests.values()) {
    if (tracker.skippedRequests.has(request.requestId) || dependsOnSkipped(request, parts)) continue;
    wanted.set(request.postingKey, [...(wanted.get(request.postingKey) ?? []), request]);
  }
  for (const [key, asked] of wanted) {
    const [document, second] = erp.ledger.byKey.get(key) ?? [];
    // I7, I10: whatever failed, and in whatever order events came.
    checks.that('I7', document !== undefined, () => `${key} is not in the ERP`);
    checks.that('I3', second === undefined, () => `${key} is in the ERP twice in the end`);
    if (!document) continue;
    // Committed later than promised, it may be in a batch that the ledger considers released.
    checks.that(
      'I3',
      document.released || erp.ledger.brokenPromises.has(key),
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
  for (const key of erp.ledger.byKey.keys())
    checks.that('I3', database.postings.has(key), () => `${key} is in the ERP and not in the ledger`);
}

function checkReference({ key, posting }: Row, id: string, { checks }: World): void {
  // I9: a lookup in the ERP gives the reference that the ledger has.
  checks.that(
    'I9',
    posting.reference?.['id'] === id,
    () => `${key}: the ledger refers to ${posting.reference?.['id'] ?? 'nothing'}, the ERP has ${id}`,
  );
}
