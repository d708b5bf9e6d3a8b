import type { PostingRequested } from '@tributary/contracts';
import { documentDigest } from '@tributary/mapping';

/** Target of the requests. */
export const target = 'kinetic-main';

/** A cash receipt that Kinetic refused. */
export function aRequest(charge: string, change: Partial<PostingRequested> = {}): PostingRequested {
  const postingKey = `${target}/cash-receipt/${charge}`;
  const fields = {
    TranType: 'PayInv',
    CheckRef: charge,
    DocTranAmt: '10.50',
    CurrencyCode: 'USD',
    TranDate: '2026-11-20',
    BankAcctID: 'STR-USD',
    StripePostingKey_c: postingKey,
    StripeChargeID_c: charge,
  };
  return {
    postingKey,
    target,
    kind: 'cash-receipt',
    protocol: 'create-once',
    canonicalEventId: `fact-${charge}`,
    sourceEventId: `evt-${charge}`,
    sequence: `pi-${charge}`,
    version: 0n,
    dependsOn: [],
    references: [{ field: 'CustNum', postingKey: `${target}/customer/cus_1`, attribute: 'CustNum', table: null, lineKey: null }],
    shape: 'epicor-kinetic/cash-receipt',
    fields,
    amount: { minor: 1050n, currency: 'USD' },
    flow: 'test',
    mappingVersion: 'v1',
    digest: documentDigest('epicor-kinetic/cash-receipt', fields),
    lines: [],
    needs: [],
    effect: [],
    onClosedPeriod: null,
    release: null,
    requestedAt: 0,
    ...change,
  };
}
