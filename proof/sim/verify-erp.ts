import type { RunParts } from './run-parts.js';
import { checkNeeds, watchBooks } from './verify-books.js';

/** Checks what has to hold whenever the ERP writes a document. */
export function watchErp(parts: RunParts): void {
  const {
    world: { checks },
    erp,
  } = parts;
  watchBooks(parts);
  erp.ledger.onCommit = (document, request, broken) => {
    const { postingKey, dependsOn } = request;
    const documents = erp.ledger.byKey.get(postingKey) ?? [];
    // I3: at most one document. A target that commits after its settle time can get a second one, which has to be detected (verifyCalm).
    checks.that(
      'I3',
      documents.length <= 1 || erp.ledger.brokenPromises.has(postingKey),
      () => `${postingKey} has ${documents.length} documents`,
    );
    for (const key of dependsOn)
      // I4: no refund before its receipt, and no receipt before its customer.
      checks.that(
        'I4',
        broken || (erp.ledger.byKey.get(key)?.length ?? 0) > 0,
        () => `${postingKey} exists before ${key}, on which it depends`,
      );
    if (!broken) checkNeeds(parts, request);
    if (document.kind === 'customer')
      // I4: an older fact never overwrites a newer one.
      checks.that(
        'I4',
        request.version >= document.version,
        () => `${postingKey}: version ${request.version} overwrites ${document.version}`,
      );
    else
      // I5: exactly the amount of the request, in its currency.
      checks.that(
        'I5',
        document.amountMinor === request.amountMinor && document.currency === request.currency,
        () => `${postingKey}: another amount`,
      );
  };
}
