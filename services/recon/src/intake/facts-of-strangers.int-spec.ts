import { Child, freePorts, startStack, workspaceRoot } from '@tributary/local-stack';
import type { LetterView, PaymentReceived, PaymentsPage } from '@tributary/contracts';
import { events } from '@tributary/contracts';
import { KafkaPublisher, outgoing } from '@tributary/messaging';
import type { Outgoing } from '@tributary/messaging';
import { FactSeals } from '@tributary/platform';
import { DeadLetterSystem, eventually } from '../testing/dead-letter-system.js';
import { aRequest } from '../testing/requests.js';

const keys = (['ingest', 'transform', 'erp-sink', 'recon'] as const)
  .map((name, index) => `${name}=${Buffer.alloc(32, index + 1).toString('base64')}`)
  .join();

let system: DeadLetterSystem;
beforeAll(async () => {
  system = await DeadLetterSystem.start({ startStack, freePorts, Child, workspaceRoot });
}, 180_000);
afterAll(() => system?.stop());

const receivedAt = Date.parse('2026-11-21T06:00:00Z');
const chargeOf = (name: string): string => `ch_${name}`;

/** A delivery, its payment and the request to post it, as services would write them. */
function storyOf(name: string): { readonly raw: Outgoing; readonly payment: Outgoing; readonly request: Outgoing } {
  const [id, charge] = [`evt_${name}`, chargeOf(name)];
  const common = { key: 'cus_1', sequence: `pi_${name}`, sourceEventId: id };
  const object = { object: 'charge', id: charge, amount: 29429, currency: 'usd', captured: true, status: 'succeeded', paid: true };
  const body = { id, object: 'event', type: 'charge.succeeded', data: { object } };
  const source = { system: 'stripe', account: null, eventId: id, eventType: 'charge.succeeded', objectId: charge, apiVersion: null };
  const payment: PaymentReceived = {
    source: { ...source, livemode: false, occurredAt: receivedAt },
    paymentId: `pi_${name}`,
    chargeId: charge,
    part: null,
    paymentIntentId: null,
    customerId: null,
    customer: null,
    payer: { name: null, email: null, phone: null, address: null },
    amount: { minor: 29429n, currency: 'USD' },
    receivedAt,
    chargedAt: null,
    saleId: null,
    method: { type: 'card', brand: 'visa', last4: '4242', country: 'US' },
    description: null,
    balanceTransactionId: null,
    settlement: null,
    metadata: {},
  };
  return {
    raw: outgoing({
      ...common,
      event: events.stripeEventReceived,
      id,
      value: Buffer.from(JSON.stringify(body)),
      headers: { ce_subject: 'charge.succeeded' },
    }),
    payment: outgoing({ ...common, event: events.paymentReceived, id: `fact-${name}`, value: payment }),
    request: outgoing({
      ...common,
      event: events.postingRequested,
      topic: 'postings.kinetic-main.v1',
      id: `req-${name}`,
      value: aRequest(charge),
    }),
  };
}

const publisherOf = async (service?: 'ingest' | 'transform'): Promise<KafkaPublisher> => {
  const seals = service && new FactSeals({ service, keys: () => keys, warn: () => undefined });
  const { brokers, registryUrl } = system.stack;
  const publisher = new KafkaPublisher({ brokers, registryUrl, clientId: service ?? 'stranger', ...(seals ? { seals } : {}) });
  await publisher.connect();
  return publisher;
};
const payments = async (): Promise<string[]> =>
  (await system.call<PaymentsPage>('GET', '/payments')).body.payments.map(({ chargeId }) => chargeId);
const accepted = async (): Promise<number> => (await system.call<{ accepted: number }>('GET', '/counts')).body.accepted;
/** Dead letters of what came while keys were configured; the process that was killed before may have left earlier records to be read again. */
const letters = async (): Promise<string[]> =>
  (await system.call<{ deadLetters: LetterView[] }>('GET', '/dead-letters')).body.deadLetters
    .map(({ messageId, cause }) => `${messageId} ${cause}`)
    .filter((letter) => !letter.includes('unprotected'));

it("counts a stranger's payment only where no seals are configured", async () => {
  const stranger = await publisherOf();
  const before = storyOf('unprotected');
  const open = await system.startRecon();
  await stranger.publish([before.raw, before.payment]);
  await eventually(payments, (found) => found.includes('ch_unprotected'));
  expect(await accepted()).toBe(1); // what keys are for
  await open.kill9();

  await system.startRecon({ FACT_SEAL_KEYS: keys, KAFKA_SESSION_TIMEOUT_MS: '6000' });
  const forged = storyOf('stranger');
  await stranger.publish([forged.raw, forged.payment, forged.request]);
  const ours = storyOf('ours');
  const [ingest, transform] = [await publisherOf('ingest'), await publisherOf('transform')];
  await ingest.publish([ours.raw]);
  await transform.publish([ours.payment, ours.request]);
  // A service may not make what is not its work.
  await ingest.publish([{ ...storyOf('ingest').payment }]);
  await eventually(payments, (found) => found.includes('ch_ours'), 60_000);
  await eventually(letters, (found) => found.length === 4, 60_000);
  expect((await letters()).sort()).toEqual([
    'evt_stranger fact.seal-missing',
    'fact-ingest fact.seal-wrong',
    'fact-stranger fact.seal-missing',
    'req-stranger fact.seal-missing',
  ]);
  expect((await payments()).sort()).toEqual(['ch_ours', 'ch_unprotected']);
  expect(await accepted()).toBe(2);
  for (const publisher of [stranger, ingest, transform]) await publisher.close();
}, 240_000);
