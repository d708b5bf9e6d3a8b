import { readFileSync } from 'node:fs';
import { decodeAvro, events } from '@tributary/contracts';
import { ContentEnricher } from './content-enricher.js';
import { StripeEventConsumer } from './stripe-event.consumer.js';
import { StripeEventTranslator } from './stripe-event.translator.js';
import { TranslationController } from './translation.controller.js';

const root = new URL('../../../../', import.meta.url).pathname;
const body = (name: string): Buffer => readFileSync(`${root}proof/fixtures/stripe/events/${name}.json`);
const controller = new TranslationController(new StripeEventTranslator(new ContentEnricher(undefined)));
const translations = (bytes: Buffer) => controller.translate({ body: bytes.toString('base64') });

it('tells the facts that the consumer would publish, with the same ids and the same values', async () => {
  const consumer = new StripeEventConsumer(new StripeEventTranslator(new ContentEnricher(undefined)));
  const context = { key: 'cus_1', headers: {} } as Parameters<StripeEventConsumer['onStripeEventReceived']>[1];
  const [published] = await consumer.onStripeEventReceived(body('charge.succeeded'), context);
  const { facts, ignoredReason, problem } = await translations(body('charge.succeeded'));
  expect([ignoredReason, problem]).toEqual([null, null]);
  expect(facts).toHaveLength(1);
  const { value, ...about } = facts[0]!;
  expect(about).toEqual({
    eventId: published?.id,
    eventType: 'ar.payment-received',
    sequence: published?.sequence,
    sourceEventId: 'evt_3TMLcqcFxA9Kd7NwTmKBaOyht',
  });
  const decoded = decodeAvro(events.paymentReceived.record ?? '', Buffer.from(value, 'base64'));
  expect(decoded).toMatchObject({ amount: { minor: 29429n, currency: 'USD' } });
});

it('says why an event would be ignored', async () => {
  expect(await translations(body('payment_intent.payment_failed'))).toEqual({ facts: [], ignoredReason: 'unhandled-type', problem: null });
});

it('says what is wrong with a body that cannot be read', async () => {
  expect(await translations(Buffer.from('{"id":'))).toMatchObject({
    facts: [],
    problem: { code: expect.stringContaining('stripe.') as string },
  });
});

it('refuses what is no request', async () => {
  await expect(controller.translate({ event: 'x' })).rejects.toMatchObject({ status: 400 });
});
