import { createHash } from 'node:crypto';
import { events, topics } from '@tributary/contracts';
import type { PostingRequested } from '@tributary/contracts';
import { derivedEventId } from '@tributary/domain';
import { outgoing } from '@tributary/messaging';
import type { Outgoing } from '@tributary/messaging';

/** Target of the postings. */
export const target = 'kinetic-main';
/** Consumer group of the sink. */
export const sinkGroup = `tributary-sink-${target}`;
/** Receipts of one customer. Each customer is one more request. */
export const receiptsEach = 4;
const firstDay = Date.UTC(2026, 8, 1);
const dayMs = 86_400_000;

/** A posting request and the key of its record. */
export interface Asked {
  readonly requestId: string;
  readonly recordKey: string;
  readonly value: PostingRequested;
}

/** The n-th customer with its receipts, as route makes them: the customer first, and the receipts depend on it. */
export function requestsOf(n: number, days = 5): Asked[] {
  const id = `cus_r${String(n).padStart(6, '0')}`;
  const customerKey = `${target}/customer/${id}`;
  const customer = asked(id, {
    postingKey: customerKey,
    kind: 'customer',
    protocol: 'ensure',
    sourceEventId: `evt_${id}`,
    sequence: id,
    shape: 'epicor-kinetic/customer',
    fields: {
      CustID: `R${n}`,
      Name: `Customer ${n}`,
      CurrencyCode: 'USD',
      TermsCode: 'N30',
      TerritoryID: 'US',
      StripeCustomerID_c: id,
      StripePostingKey_c: customerKey,
    },
    amount: null,
  });
  return [customer, ...Array.from({ length: receiptsEach }, (_, r) => receiptOf(n, r, id, customerKey, days))];
}

function receiptOf(n: number, r: number, id: string, customerKey: string, days: number): Asked {
  const chargeId = `ch_r${String(n).padStart(6, '0')}_${r}`;
  const postingKey = `${target}/cash-receipt/${chargeId}`;
  const minor = 1_000n + BigInt((n * receiptsEach + r) % 9_000);
  return asked(id, {
    postingKey,
    kind: 'cash-receipt',
    protocol: 'create-once',
    sourceEventId: `evt_${chargeId}`,
    sequence: chargeId,
    dependsOn: [customerKey],
    references: [{ field: 'CustNum', postingKey: customerKey, attribute: 'CustNum', table: null, lineKey: null }],
    shape: 'epicor-kinetic/cash-receipt',
    fields: {
      TranType: 'PayInv',
      CheckRef: chargeId,
      DocTranAmt: `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`,
      CurrencyCode: 'USD',
      TranDate: new Date(firstDay + (n % days) * dayMs).toISOString().slice(0, 10),
      BankAcctID: 'STR-USD',
      StripePostingKey_c: postingKey,
      StripeChargeID_c: chargeId,
    },
    amount: { minor, currency: 'USD' },
  });
}

type Given = Pick<PostingRequested, 'postingKey' | 'kind' | 'protocol' | 'sourceEventId' | 'sequence' | 'shape' | 'fields' | 'amount'> &
  Partial<PostingRequested>;

function asked(recordKey: string, given: Given): Asked {
  const canonicalEventId = derivedEventId(given.sourceEventId, given.kind);
  const digest = createHash('sha256')
    .update(`${given.postingKey} ${JSON.stringify(Object.keys(given.fields))}`)
    .digest('hex');
  return {
    requestId: derivedEventId(canonicalEventId, `posting:${given.postingKey}`),
    recordKey,
    value: {
      target,
      canonicalEventId,
      version: 0n,
      dependsOn: [],
      references: [],
      flow: 'proof',
      mappingVersion: '1',
      lines: [],
      needs: [],
      effect: [],
      onClosedPeriod: null,
      release: null,
      requestedAt: firstDay,
      digest,
      ...given,
    },
  };
}

/** As route publishes it. */
export function messageOf({ requestId, recordKey, value }: Asked): Outgoing {
  return outgoing({
    event: events.postingRequested,
    topic: topics.postings(target),
    key: recordKey,
    id: requestId,
    value,
    sequence: value.sequence,
    sourceEventId: value.sourceEventId,
  });
}
