import { sha256Hex, shortReference } from '@tributary/domain';
import { compileAssets } from './compile-assets.js';
import type { AssetBundle } from './bundle.js';
import { formatProblem } from './problem.js';
import { route } from './route.js';
import type { RoutedFact } from './routed-fact.js';
import { demoAssets } from './testing/assets.js';
import { smallLanguage } from './testing/language.js';

function bundle(changes: Parameters<typeof demoAssets>[0] = {}): AssetBundle {
  const compiled = compileAssets(demoAssets(changes), smallLanguage);
  if (!compiled.ok) throw new Error(compiled.problems.map(formatProblem).join('\n'));
  return compiled.bundle;
}

function aPayment(value: Record<string, unknown> = {}): RoutedFact {
  return {
    eventId: 'ca11ab1e-0000-5000-8000-000000000001',
    eventType: 'ar.payment-received',
    sourceEventId: 'evt_1',
    sequence: 'pi_1',
    value: {
      chargeId: 'ch_1',
      paymentId: 'pi_1',
      customerId: 'cus_1',
      payer: { name: 'Acme Fabrication', email: 'ap@acme.example', address: null },
      customer: null,
      amount: { minor: 29429n, currency: 'USD' },
      method: { type: 'card', last4: '4242' },
      receivedAt: 1_788_276_642_000, // 2026-09-01 15:30:42 UTC
      metadata: {},
      ...value,
    },
  };
}

const receiptFields = (fact: RoutedFact, assets = bundle()): unknown => route(assets, fact, 0).postings[1]?.request.fields;

it('asks for the customer, then for the receipt that waits for it', () => {
  const routed = route(bundle(), aPayment(), 1_788_276_650_000);
  expect(routed.postings.map(({ request }) => request)).toEqual([
    {
      postingKey: 'demo-main/customer/cus_1',
      target: 'demo-main',
      kind: 'customer',
      protocol: 'ensure',
      canonicalEventId: 'ca11ab1e-0000-5000-8000-000000000001',
      sourceEventId: 'evt_1',
      sequence: 'pi_1',
      version: 0n,
      dependsOn: [],
      references: [],
      shape: 'demo/customer',
      fields: { Name: 'Acme Fabri' },
      amount: null,
      flow: 'pay',
      mappingVersion: bundle().version,
      // Canonical JSON written by hand, with its keys sorted.
      digest: sha256Hex('{"fields":{"Name":"Acme Fabri"},"shape":"demo/customer"}'),
      lines: [],
      needs: [],
      effect: [],
      onClosedPeriod: null,
      release: null,
      requestedAt: 1_788_276_650_000,
    },
    expect.objectContaining({
      postingKey: 'demo-main/receipt/ch_1',
      protocol: 'create-once',
      dependsOn: ['demo-main/customer/cus_1'],
      references: [{ field: 'Customer', postingKey: 'demo-main/customer/cus_1', attribute: 'Num', table: null, lineKey: null }],
      fields: {
        Number: 'ch_1',
        Amount: '294.29',
        Day: '2026-09-01',
        Bank: 'BANKUSD',
        Name: 'Acme Fabri',
        Method: 7n,
        Closed: false,
        Key_c: 'demo-main/receipt/ch_1',
      },
      amount: { minor: 29429n, currency: 'USD' },
    }),
  ]);
});

it('asks for the same again when the same fact is routed again, at another time', () => {
  const first = route(bundle(), aPayment(), 1);
  const again = route(bundle(), aPayment(), 2);
  expect(again.postings.map(({ requestId, request }) => [requestId, request.digest])).toEqual(
    first.postings.map(({ requestId, request }) => [requestId, request.digest]),
  );
  expect(new Set(first.postings.map(({ requestId }) => requestId)).size).toBe(2);
});

it('says why it asks for nothing', () => {
  expect(route(bundle(), { ...aPayment(), eventType: 'ar.payment-failed' }, 0)).toMatchObject({ postings: [], ignoredReason: 'no-flow' });
  expect(route(bundle(), aPayment({ amount: { minor: 0n, currency: 'USD' } }), 0)).toMatchObject({
    postings: [],
    ignoredReason: 'flow-condition',
  });
});

it('books only facts of the mode of the profile', () => {
  const live = bundle({ profile: ['company: D1', 'company: D1\nlivemode: true'] });
  expect(route(live, aPayment({ source: { livemode: true } }), 0).postings).toHaveLength(2);
  expect(route(live, aPayment({ source: { livemode: false } }), 0)).toMatchObject({ postings: [], ignoredReason: 'other-mode' });
  expect(route(live, aPayment(), 0)).toMatchObject({ ignoredReason: 'other-mode' });
});

// docs/reference/stripe.md, "Money".
it('writes amounts by the decimals of their currency', () => {
  expect(receiptFields(aPayment({ amount: { minor: 1050n, currency: 'JPY' } }))).toMatchObject({ Amount: '1050', Bank: 'BANKJPY' });
});

it('tells days in the zone of the profile', () => {
  // 2026-09-02 03:30 UTC is still 1 September in New York.
  expect(receiptFields(aPayment({ receivedAt: Date.UTC(2026, 8, 2, 3, 30) }))).toMatchObject({ Day: '2026-09-01' });
});

it('leaves out a field that has nothing to say', () => {
  expect(
    receiptFields(aPayment({ payer: { name: null, email: null, address: null }, method: { type: 'ideal', last4: null } })),
  ).not.toHaveProperty('Name');
  expect(receiptFields(aPayment({ method: { type: 'ideal', last4: null } }))).not.toHaveProperty('Method');
});

describe('who paid', () => {
  const nobody = { customerId: null, payer: { name: null, email: null, address: null } };
  const customerKey = (value: Record<string, unknown>, assets = bundle()): unknown =>
    route(assets, aPayment(value), 0).postings[0]?.request.postingKey;

  it('is the customer, else the guest by e-mail, else a guest of one payment by name', () => {
    expect(customerKey({})).toBe('demo-main/customer/cus_1');
    expect(customerKey({ ...nobody, payer: { name: 'X', email: 'A.B+c/d@Shop.example', address: null } })).toBe(
      `demo-main/customer/guest:a.b+c_d@shop.example:${shortReference('a.b+c/d@shop.example', 8)}`,
    );
    expect(customerKey({ ...nobody, payer: { name: 'X', email: null, address: null } })).toBe('demo-main/customer/guest:pi_1');
  });

  it('must be told, unless there is a walk-in customer', () => {
    expect(() => customerKey(nobody)).toThrow(expect.objectContaining({ code: 'mapping.customer-unmatched', disposition: 'reject' }));
    expect(() => customerKey(nobody)).toThrow('set walkInCustomerId in assets/profile.yaml');
    expect(customerKey(nobody, bundle({ profile: ['company: D1', 'company: D1\nwalkInCustomerId: WALKIN'] }))).toBe(
      'demo-main/customer/guest:walk-in',
    );
  });
});

it('stops at a currency that the profile does not know, and says where to add it', () => {
  expect(() => route(bundle(), aPayment({ amount: { minor: 1n, currency: 'XOF' } }), 0)).toThrow(
    expect.objectContaining({
      code: 'mapping.currency-unmapped',
      message:
        'choosing a bank account: profile main has none for the settlement currency XOF; add "XOF: <bank account>" under bankAccounts in assets/profile.yaml',
    }),
  );
});

it('never cuts a value silently', () => {
  const assets = bundle({ receipt: ['truncate(chargeId, 20)', 'chargeId'] });
  expect(receiptFields(aPayment({ chargeId: 'c'.repeat(20) }), assets)).toMatchObject({ Number: 'c'.repeat(20) });
  expect(() => receiptFields(aPayment({ chargeId: 'c'.repeat(21) }), assets)).toThrow(
    expect.objectContaining({ code: 'mapping.value-invalid', message: expect.stringContaining('Number holds 21 characters and takes 20') }),
  );
});

it('asks for nothing rather than for a document without a required field', () => {
  const assets = bundle({ customer: ["coalesce(name, 'Nobody')", 'name'] });
  const fact = aPayment({ payer: { name: null, email: null, address: null } });
  expect(() => route(assets, fact, 0)).toThrow('demo/customer: Name is required and has no value');
});

it('names the expression that cannot be evaluated', () => {
  const assets = bundle({ flow: ['event.amount.minor > 0', '10 / event.amount.minor > 0'] });
  expect(() => route(assets, aPayment({ amount: { minor: 0n, currency: 'USD' } }), 0)).toThrow(
    expect.objectContaining({ code: 'mapping.evaluation-failed', message: expect.stringContaining('evaluating flow pay, when') }),
  );
});
