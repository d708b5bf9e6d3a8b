import { events, headers } from '@tributary/contracts';
import { outgoing } from '@tributary/messaging';
import type { Outgoing } from '@tributary/messaging';

/** Deliveries of Stripe as ingest stores them; every tenth is a repeated one. */
export function stripeDeliveries(count: number): Outgoing[] {
  return Array.from({ length: count }, (_, n) => {
    const id = `evt_delivered_${n % 10 === 9 ? n - 1 : n}`;
    return outgoing({
      event: events.stripeEventReceived,
      key: `cus_d${n % 10 === 9 ? n - 1 : n}`,
      id,
      value: Buffer.from(JSON.stringify({ id, type: 'charge.succeeded' })),
      sourceEventId: id,
      headers: {
        [headers.subject]: 'charge.succeeded',
        [headers.endpoint]: 'default',
        [headers.receivedAt]: new Date(Date.UTC(2026, 9, 1, 0, n)).toISOString(),
      },
    });
  });
}
