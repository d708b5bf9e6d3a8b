import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { topics } from '@tributary/contracts';
import type { PostingConcluded } from '@tributary/contracts';
import { derivedEventId } from '@tributary/domain';
import { StripeReader } from '@tributary/connector-stripe';
import type { StripeClient } from '@tributary/connector-stripe';
import type { MessageContext, Outgoing } from '@tributary/messaging';
import Stripe from 'stripe';
import { loadAssets } from './asset-files.js';
import { ContentEnricher } from './content-enricher.js';
import { FactRoutingConsumer } from './fact-routing.consumer.js';
import { StripeEventConsumer } from './stripe-event.consumer.js';
import { StripeEventTranslator } from './stripe-event.translator.js';

const root = new URL('../../../../', import.meta.url).pathname;
const body = (name: string): Buffer => readFileSync(`${root}proof/fixtures/stripe/events/${name}.json`);

function aContext(fields: Partial<MessageContext>): MessageContext {
  return {
    topic: 't',
    partition: 0,
    offset: 0n,
    key: 'cus_upquNHnKxoIQFO',
    headers: {},
    eventId: 'e',
    eventType: 't',
    sequence: 's',
    sourceEventId: '',
    attempt: 1,
    signal: new AbortController().signal,
    ...fields,
  };
}

const types = (out: readonly Outgoing[]): string[] => out.map(({ event }) => event.type);

function readerOf(client: StripeClient['retrieve']): StripeReader {
  return new StripeReader({ retrieve: client }, { ratePerSecond: 100, maxWaitMs: 0 });
}

/** The charge and the balance transaction that the API returns for refund.created. */
function chargeAsRead(kind: string): object {
  if (kind === 'charge') return (JSON.parse(body('charge.refunded.full').toString()) as { data: { object: object } }).data.object;
  return kind === 'balance_transaction' ? { id: 'txn_1', amount: -12_000, fee: 0, net: -12_000, currency: 'usd' } : {};
}

function consumerWith(reader: StripeReader | undefined): StripeEventConsumer {
  return new StripeEventConsumer(new StripeEventTranslator(new ContentEnricher(reader)));
}

describe('translate', () => {
  it('publishes the facts first, then the record that names them', async () => {
    const out = await consumerWith(undefined).onStripeEventReceived(body('charge.succeeded'), aContext({}));
    expect(types(out)).toEqual(['ar.payment-received', 'pipeline.event-translated']);
    expect(out[0]).toMatchObject({
      key: 'cus_upquNHnKxoIQFO',
      sequence: 'pi_3TomAsaFxA9Kd7NwT04ivCdO9',
      sourceEventId: 'evt_3TMLcqcFxA9Kd7NwTmKBaOyht',
    });
    expect(out[1]).toMatchObject({
      id: derivedEventId('evt_3TMLcqcFxA9Kd7NwTmKBaOyht', 'pipeline.event-translated'),
      value: { canonical: [{ eventId: out[0]?.id, eventType: 'ar.payment-received' }] },
    });
  });

  it('marks a fact that goes without the customer, and goes on', async () => {
    const silent = readerOf(() => Promise.reject(new Error('no answer')));
    const out = await consumerWith(silent).onStripeEventReceived(body('charge.succeeded'), aContext({}));
    expect(out[0]).toMatchObject({ headers: { tributary_enrichment: 'customer=unavailable' }, value: { customer: null } });
    silent.close();
  });

  it('retries what would be wrong without an answer, and goes on where Stripe says that it is not there', async () => {
    const settled = body('charge.updated.gbp-settled-usd-no-customer');
    const silent = readerOf(() => Promise.reject(new Error('no answer')));
    await expect(consumerWith(silent).onStripeEventReceived(settled, aContext({}))).rejects.toMatchObject({
      code: 'stripe.enrichment-unavailable',
      disposition: 'retry',
    });
    silent.close();
    const missing = new Stripe.errors.StripeInvalidRequestError({ type: 'invalid_request_error', statusCode: 404, message: 'No such' });
    const empty = readerOf(() => Promise.reject(missing));
    const [fact] = await consumerWith(empty).onStripeEventReceived(settled, aContext({}));
    expect(fact).toMatchObject({
      event: { type: 'ar.payment-settled' },
      headers: { tributary_enrichment: 'balance_transaction=absent' },
      value: { settlement: null },
    });
    empty.close();
  });

  it('reads in a second round what the first one made known to be needed', async () => {
    const asked: string[] = [];
    const reader = readerOf((kind, id) => {
      asked.push(`${kind} ${id}`);
      const invoices = { object: 'list', data: [{ id: 'inpay_1', invoice: 'in_1' }] };
      const notes = { object: 'list', data: [{ id: 'cn_1', status: 'issued', refunds: [{ refund: 're_3Ts5H68FxA9Kd7NwT0f9YJ8gp' }] }] };
      const known: Record<string, object> = { payment_invoices: invoices, invoice_credit_notes: notes };
      return kind in known ? Promise.resolve({ ...known[kind] }) : Promise.resolve({ object: 'list', data: [], ...chargeAsRead(kind) });
    });
    const [fact] = await consumerWith(reader).onStripeEventReceived(body('refund.created'), aContext({}));
    expect(asked.at(-1)).toBe('invoice_credit_notes in_1');
    expect(fact).toMatchObject({ value: { refund: { creditNoteId: 'cn_1', sale: { id: 'in_1', kind: 'invoice' } } } });
    reader.close();
  });

  it('reads the customer anew for a customer event, of the connected account where there is one', async () => {
    const asked: unknown[] = [];
    const reader = readerOf((kind, id, account) => {
      asked.push([kind, id, account]);
      return Promise.resolve({ id, object: 'customer', name: 'Newer', metadata: {} });
    });
    const consumer = consumerWith(reader);
    const event = { ...(JSON.parse(body('customer.updated').toString()) as object), account: 'acct_1' };
    const out = await consumer.onStripeEventReceived(Buffer.from(JSON.stringify(event)), aContext({}));
    expect(out[0]).toMatchObject({ value: { customer: { name: 'Newer' }, source: { account: 'acct_1' } } });
    expect(out[0]).not.toHaveProperty('headers');
    await consumer.onStripeEventReceived(Buffer.from(JSON.stringify(event)), aContext({}));
    expect(asked).toEqual([
      ['customer', 'cus_upquNHnKxoIQFO', 'acct_1'],
      ['customer', 'cus_upquNHnKxoIQFO', 'acct_1'],
    ]);
    reader.close();
  });

  it('records what it ignores', async () => {
    const out = await consumerWith(undefined).onStripeEventReceived(body('payment_intent.payment_failed'), aContext({}));
    expect(out).toMatchObject([
      { event: { type: 'pipeline.event-translated' }, value: { ignoredReason: 'unhandled-type', canonical: [] } },
    ]);
  });

  it('refuses a body that is not JSON', async () => {
    const consumer = consumerWith(undefined);
    await expect(consumer.onStripeEventReceived(Buffer.from('{'), aContext({}))).rejects.toMatchObject({
      code: 'stripe.object-invalid',
      disposition: 'reject',
    });
  });
});

describe('route', () => {
  const consumer = new FactRoutingConsumer(loadAssets(`${root}assets`));

  it('publishes the requests to the topic of their target, then the record that names them', async () => {
    const [fact] = await consumerWith(undefined).onStripeEventReceived(body('charge.succeeded'), aContext({}));
    const context = aContext({
      eventId: fact?.id ?? '',
      eventType: 'ar.payment-received',
      sequence: fact?.sequence ?? '',
      sourceEventId: 'evt_1',
    });
    const out = consumer.onCanonicalFact(fact?.value as object, context);
    expect(types(out)).toEqual(['postings.posting-requested', 'postings.posting-requested', 'pipeline.event-routed']);
    expect(out.slice(0, 2).every(({ topic, key }) => topic === topics.postings('kinetic-main') && key === 'cus_upquNHnKxoIQFO')).toBe(true);
    expect(out[1]?.id).toBe(derivedEventId(fact?.id ?? '', 'posting:kinetic-main/cash-receipt/ch_3TomAsaFxA9Kd7NwT0VhK14jZ'));
    expect(out[2]?.value).toMatchObject({
      canonicalEventId: fact?.id,
      sourceEventId: 'evt_1',
      postings: [
        { requestId: out[0]?.id, postingKey: 'kinetic-main/customer/cus_upquNHnKxoIQFO', target: 'kinetic-main', kind: 'customer' },
        { requestId: out[1]?.id, kind: 'cash-receipt' },
      ],
      ignoredReason: null,
      ignoredText: null,
    });
  });

  it('records a fact that no flow wants', () => {
    const out = consumer.onCanonicalFact({ source: { eventId: 'evt_9' } }, aContext({ eventType: 'ar.payment-failed' }));
    expect(out).toMatchObject([
      { event: { type: 'pipeline.event-routed' }, value: { sourceEventId: 'evt_9', postings: [], ignoredReason: 'no-flow' } },
    ]);
  });
});

describe('a question of a flow', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-assets-'));
  cpSync(`${root}assets`, folder, { recursive: true });
  const profile = join(folder, 'epicor-kinetic/profiles/kinetic-main.yaml');
  writeFileSync(profile, readFileSync(profile, 'utf8').replace('fraudWarning: ignore', 'fraudWarning: hold'));
  const consumer = new FactRoutingConsumer(loadAssets(folder));
  afterAll(() => rmSync(folder, { recursive: true }));
  const warned = { source: { eventId: 'evt_1', occurredAt: 1_788_490_800_000, livemode: false }, warning: { customerId: 'cus_1' } };
  const routed = (headers: Readonly<Record<string, string>>): Outgoing[] =>
    consumer.onCanonicalFact(warned, aContext({ eventType: 'risk.fraud-warning-raised', headers }));

  it('holds the fact until the header of a replay has the answer', () => {
    expect(() => routed({})).toThrow(expect.objectContaining({ code: 'fraud.warning', disposition: 'hold' }));
    expect(() => routed({ tributary_answers: '{"refund.approval":"skip"}' })).toThrow(expect.objectContaining({ code: 'fraud.warning' }));
    expect(routed({ tributary_answers: '{"fraud.warning":"skip"}' })).toMatchObject([{ value: { ignoredReason: 'answered-skip' } }]);
    expect(routed({ tributary_answers: '{"fraud.warning":"credit-hold"}' })[0]?.value).toMatchObject({
      postingKey: 'kinetic-main/customer/cus_1',
      fields: { CreditHold: true },
    });
  });
});

describe('the way back', () => {
  const consumer = new FactRoutingConsumer(loadAssets(`${root}assets`));
  const concluded: PostingConcluded = {
    requestId: 'r',
    postingKey: 'kinetic-main/customer/cus_1',
    target: 'kinetic-main',
    kind: 'customer',
    result: 'adopted',
    canonicalEventId: 'c',
    sourceEventId: 'evt_1',
    sequence: 'pi_1',
    reference: { CustNum: '1042', CustID: 'ACME' },
    amount: null,
    code: null,
    text: null,
    postingDate: null,
    attempts: 1,
    concludedAt: 1_788_276_642_500,
  };
  const context = aContext({ eventId: 'outcome-1', eventType: 'erp.posting-concluded', key: 'cus_1', sequence: 'pi_1' });

  it('belongs to the event that the first posting came from, with the same key and sequence', () => {
    const out = consumer.onPostingConcluded(concluded, context);
    expect(out).toMatchObject([
      { topic: topics.postings('stripe-main'), key: 'cus_1', sequence: 'pi_1', sourceEventId: 'evt_1', value: { sourceEventId: 'evt_1' } },
      { event: { type: 'pipeline.event-routed' }, value: { sourceEventId: 'evt_1', canonicalEventId: 'outcome-1', ignoredReason: null } },
    ]);
    expect(consumer.onPostingConcluded(concluded, context).map(({ id }) => id)).toEqual(out.map(({ id }) => id));
  });

  it('says nothing about an outcome that asks for nothing', () => {
    expect(consumer.onPostingConcluded({ ...concluded, result: 'duplicate' }, context)).toEqual([]);
  });
});

it('refuses to start with bad assets, and lists what is wrong', () => {
  expect(() => loadAssets(`${root}services/transform/src/testing/bad-assets`)).toThrow(
    /bad-assets\/flow\.yaml:4:5: expected the name of a known canonical event.*did you mean "ar\.payment-received"[\s\S]*bad-assets\/profile\.yaml:6:3: expected a currency code/,
  );
  expect(() => loadAssets('/nowhere')).toThrow('TRIBUTARY_ASSETS_DIR: /nowhere cannot be read (ENOENT)');
});
