import type { RunParts } from './run-parts.js';
import type { SimRequest } from './sim-request.js';
import { postedResults } from './verify-results.js';

/** I6: payouts are explained: booked documents and breaks add up to what Stripe moved, signs kept. */
export function verifyMoney({ world: { checks }, erp, requests }: RunParts, outcomes: ReadonlyMap<string, { result: string }>): void {
  const sums = new Map<string, { moved: bigint; explained: bigint; breaks: bigint; entered: bigint }>();
  const of = (currency: string): { moved: bigint; explained: bigint; breaks: bigint; entered: bigint } => {
    const sum = sums.get(currency) ?? { moved: 0n, explained: 0n, breaks: 0n, entered: 0n };
    sums.set(currency, sum);
    return sum;
  };
  const isBooked = ({ requestId }: SimRequest): boolean => {
    const result = outcomes.get(requestId)?.result ?? '';
    return postedResults.has(result) || result === 'duplicate';
  };
  for (const [key, asked] of moneyByKey(requests)) {
    const [document] = erp.ledger.byKey.get(key) ?? [];
    // I5: a request whose amount differs from the document's never counts as booked.
    for (const request of asked)
      checks.that(
        'I5',
        !isBooked(request) || !document || (document.amountMinor === request.amountMinor && document.currency === request.currency),
        () =>
          `${key}: ${request.requestId} counts as booked over ${request.amountMinor} ${request.currency}, the document is over another amount`,
      );
    // Of several amounts under one key, the booked one is what Stripe moved.
    const moved = asked.find(isBooked) ?? asked[0];
    if (!moved) continue;
    const sum = of(moved.currency);
    sum.moved += moved.amountMinor;
    if (isBooked(moved)) sum.explained += moved.amountMinor;
    else sum.breaks += moved.amountMinor;
  }
  for (const { amountMinor, currency, kind } of erp.ledger.documents.values()) if (kind !== 'customer') of(currency).entered += amountMinor;
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
