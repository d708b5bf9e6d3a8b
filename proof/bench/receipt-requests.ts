import { events, topics } from '@tributary/contracts';
import type { PostingRequested } from '@tributary/contracts';
import { derivedEventId } from '@tributary/domain';
import { outgoing } from '@tributary/messaging';
import type { KafkaPublisher } from '@tributary/messaging';
import { target } from './services.js';

function receipt(id: string, of: string): PostingRequested {
  return {
    postingKey: `${of}/cash-receipt/${id}`,
    target: of,
    kind: 'cash-receipt',
    protocol: 'create-once',
    canonicalEventId: derivedEventId(id, 'ar.payment-received'),
    sourceEventId: `evt_${id}`,
    sequence: id,
    version: 0n,
    dependsOn: [],
    references: [],
    shape: 'epicor-kinetic/cash-receipt',
    fields: { TranAmt: '10.50', CurrencyCode: 'USD', CheckRef: id },
    amount: { minor: 1050n, currency: 'USD' },
    flow: 'bench',
    mappingVersion: '1',
    digest: id,
    lines: [],
    needs: [],
    effect: [],
    onClosedPeriod: null,
    release: null,
    requestedAt: Date.now(),
  };
}

/** Publishes the posting requests `from` to `to`, each of a customer of its own. */
export async function request(publisher: KafkaPublisher, from: number, to: number, of = target): Promise<void> {
  const chunk = 2_000;
  for (let start = from; start < to; start += chunk) {
    const ids = Array.from({ length: Math.min(chunk, to - start) }, (_, index) => `ch_${start + index}`);
    await publisher.publish(
      ids.map((id) =>
        outgoing({
          event: events.postingRequested,
          topic: topics.postings(of),
          key: `cus_${id}`,
          id: `request-${of}-${id}`,
          sequence: id,
          sourceEventId: `evt_${id}`,
          value: receipt(id, of),
        }),
      ),
    );
  }
}
