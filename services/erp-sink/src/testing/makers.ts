import type { PostingRequested } from '@tributary/contracts';
import { derivedEventId } from '@tributary/domain';
import type { StoredRequest } from '../emit/ledger/ledger-row.js';

/** A cash receipt of a charge. */
export function aReceipt(chargeId: string, change: Partial<PostingRequested> = {}): PostingRequested {
  return {
    postingKey: `fake-main/cash-receipt/${chargeId}`,
    target: 'fake-main',
    kind: 'cash-receipt',
    protocol: 'create-once',
    canonicalEventId: derivedEventId(chargeId, 'ar.payment-received'),
    sourceEventId: `evt_${chargeId}`,
    sequence: chargeId,
    version: 0n,
    dependsOn: [],
    references: [],
    shape: 'fake/cash-receipt',
    fields: { Amount: '10.50', Cents: 1050n },
    amount: { minor: 1050n, currency: 'USD' },
    flow: 'test',
    mappingVersion: '1',
    digest: `digest of ${chargeId}`,
    lines: [],
    needs: [],
    effect: [],
    onClosedPeriod: null,
    release: null,
    requestedAt: 0,
    ...change,
  };
}

/** A request for a customer; by default an `ensure`, as for a payment. */
export function aCustomer(customerId: string, change: Partial<PostingRequested> = {}): PostingRequested {
  return aReceipt(customerId, {
    postingKey: `fake-main/customer/${customerId}`,
    kind: 'customer',
    protocol: 'ensure',
    shape: 'fake/customer',
    amount: null,
    digest: `customer ${customerId}`,
    ...change,
  });
}

/** The request as the consumer passes it to the poster. */
export function asked(
  value: PostingRequested,
  requestId = derivedEventId(value.canonicalEventId, `posting:${value.postingKey}`),
): StoredRequest {
  return { requestId, recordKey: 'cus_1', value };
}
