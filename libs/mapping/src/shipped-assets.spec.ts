import { readdirSync, readFileSync } from 'node:fs';
import { events } from '@tributary/contracts';
import { shortReference } from '@tributary/domain';
import fc from 'fast-check';
import type { AssetFile } from './assets/asset-reader.js';
import type { AssetBundle } from './bundle.js';
import { compileAssets } from './compile-assets.js';
import { formatProblem } from './problem.js';
import { route } from './route.js';
import { canonicalEvents } from './shipped-language.js';

const root = new URL('../../../assets/', import.meta.url);

function shippedFiles(): AssetFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(yaml|csv)$/.test(name))
    .map((name) => ({ path: `assets/${name}`, text: readFileSync(new URL(name, root), 'utf8') }));
}

function shipped(): AssetBundle {
  const compiled = compileAssets(shippedFiles());
  if (!compiled.ok) throw new Error(compiled.problems.map(formatProblem).join('\n'));
  return compiled.bundle;
}

const address = { line1: '2200 Industrial Pkwy', line2: 'Dock 4', city: 'Dayton', state: 'OH', postalCode: '45402', country: 'US' };
const payment = {
  source: { occurredAt: 1_788_276_642_000, livemode: false },
  paymentId: 'pi_3TomAsaFxA9Kd7NwT04ivCdO9',
  chargeId: 'ch_3TomAsaFxA9Kd7NwT0VhK14jZ',
  paymentIntentId: 'pi_3TomAsaFxA9Kd7NwT04ivCdO9',
  customerId: 'cus_upquNHnKxoIQFO',
  customer: null as unknown,
  payer: { name: 'Acme Fabrication LLC', email: 'ap@acme-fabrication.example', phone: null as string | null, address },
  amount: { minor: 29429n, currency: 'USD' },
  receivedAt: 1_788_276_642_000, // 2026-09-01 15:30:42 UTC
  method: { type: 'card', brand: 'visa' as string | null, last4: '4242' as string | null, country: 'US' },
  description: 'WEB-1001',
  balanceTransactionId: null,
  settlement: null,
  metadata: { erp_order_ref: 'WEB-1001', channel: 'web' } as Record<string, string>,
};
const customer = {
  customerId: 'cus_upquNHnKxoIQFO',
  name: 'Acme Fabrication LLC',
  email: 'ap@acme-fabrication.example',
  phone: '+19375550142',
  address: { ...address, line2: 'Dock 9' as string | null },
  currency: 'USD',
  metadata: { erp_customer_id: 'C-10021', erp_site: 'DAY', sales_rep: 'NW-07' },
};

function requests(eventType: string, value: unknown): Record<string, unknown>[] {
  const fact = { eventId: 'ca11ab1e-0000-5000-8000-000000000001', eventType, value, sourceEventId: 'evt_1', sequence: 's' };
  return route(shipped(), fact, 0).postings.map(({ request }) => ({ ...request }));
}

it('books a payment: the customer is made sure of, the receipt waits for its number', () => {
  const [ensured, receipt, ...more] = requests('ar.payment-received', payment);
  expect(more).toEqual([]);
  expect(ensured).toMatchObject({
    postingKey: 'kinetic-main/customer/cus_upquNHnKxoIQFO',
    kind: 'customer',
    protocol: 'ensure',
    version: 0n,
    shape: 'epicor-kinetic/customer',
    dependsOn: [],
    amount: null,
    flow: 'payment-to-cash-receipt',
    fields: {
      CustID: shortReference('kinetic-main/customer/cus_upquNHnKxoIQFO', 10),
      Name: 'Acme Fabrication LLC',
      EMailAddress: 'ap@acme-fabrication.example',
      Address1: '2200 Industrial Pkwy',
      Address2: 'Dock 4',
      City: 'Dayton',
      State: 'OH',
      Zip: '45402',
      Country: 'USA',
      CurrencyCode: 'USD',
      TermsCode: 'N30',
      TerritoryID: 'US',
      StripeCustomerID_c: 'cus_upquNHnKxoIQFO',
      StripePostingKey_c: 'kinetic-main/customer/cus_upquNHnKxoIQFO',
    },
  });
  expect(receipt).toMatchObject({
    postingKey: 'kinetic-main/cash-receipt/ch_3TomAsaFxA9Kd7NwT0VhK14jZ',
    target: 'kinetic-main',
    kind: 'cash-receipt',
    protocol: 'create-once',
    shape: 'epicor-kinetic/cash-receipt',
    dependsOn: ['kinetic-main/customer/cus_upquNHnKxoIQFO'],
    references: [
      { field: 'CustNum', postingKey: 'kinetic-main/customer/cus_upquNHnKxoIQFO', attribute: 'CustNum', table: null, lineKey: null },
    ],
    amount: { minor: 29429n, currency: 'USD' },
    fields: {
      TranType: 'PayInv',
      CheckRef: 'ch_3TomAsaFxA9Kd7NwT0VhK14jZ',
      DocTranAmt: '294.29',
      CurrencyCode: 'USD',
      TranDate: '2026-09-01',
      BankAcctID: 'STR-USD',
      PMUID: 1n,
      PayMethodReference: 'visa 4242',
      Reference: 'WEB-1001',
      ExternalID: shortReference('kinetic-main/cash-receipt/ch_3TomAsaFxA9Kd7NwT0VhK14jZ', 20),
      StripePostingKey_c: 'kinetic-main/cash-receipt/ch_3TomAsaFxA9Kd7NwT0VhK14jZ',
      StripeChargeID_c: 'ch_3TomAsaFxA9Kd7NwT0VhK14jZ',
      StripePaymentIntentID_c: 'pi_3TomAsaFxA9Kd7NwT04ivCdO9',
      StripeOrderRef_c: 'WEB-1001',
    },
  });
});

// docs/reference/stripe.md, "Money".
it.each([
  { minor: 1050n, currency: 'JPY', text: '1050' },
  { minor: 5120n, currency: 'KWD', text: '5.120' },
  { minor: 500n, currency: 'ISK', text: '5' },
  { minor: 500n, currency: 'UGX', text: '5' },
  { minor: 10_710n, currency: 'EUR', text: '107.10' },
])('books $minor $currency as $text', ({ minor, currency, text }) => {
  const [, receipt] = requests('ar.payment-received', { ...payment, amount: { minor, currency } });
  expect(receipt?.fields).toMatchObject({ DocTranAmt: text, CurrencyCode: currency, BankAcctID: `STR-${currency}` });
});

it('prefers the customer read from Stripe, metadata included, to what was told with the payment', () => {
  const [ensured] = requests('ar.payment-received', { ...payment, customer });
  expect(ensured?.fields).toMatchObject({ MatchCustID: 'C-10021', SalesRepCode: 'NW-07', Address2: 'Dock 9', PhoneNum: '+19375550142' });
});

it('names a customer of whom nothing is known after its id', () => {
  const nothing = {
    name: null,
    email: null,
    phone: null,
    address: { ...address, line1: null, line2: null, city: null, state: null, postalCode: null, country: 'AU' },
  };
  const [ensured] = requests('ar.payment-received', { ...payment, payer: nothing });
  expect(ensured?.fields).toMatchObject({ Name: 'cus_upquNHnKxoIQFO', Country: 'Australia' });
  expect(ensured?.fields).not.toHaveProperty('EMailAddress');
  expect(ensured?.fields).not.toHaveProperty('Address2');
});

it('books a guest under his e-mail', () => {
  const [ensured, receipt] = requests('ar.payment-received', { ...payment, customerId: null });
  expect(ensured).toMatchObject({ postingKey: 'kinetic-main/customer/guest:ap@acme-fabrication.example' });
  expect(ensured?.fields).not.toHaveProperty('StripeCustomerID_c');
  expect(receipt).toMatchObject({ dependsOn: ['kinetic-main/customer/guest:ap@acme-fabrication.example'] });
});

// https://github.com/stripe/stripe-dotnet/issues/2240: Stripe keeps e-mails as they were typed.
it('books a guest who types one e-mail in four ways under one key, and stores it trimmed', () => {
  const typed = ['Ana.Ruiz@Mail.example', 'ana.ruiz@mail.example', ' ana.ruiz@mail.example', 'ana.ruiz@mail.example '];
  const asked = typed.map(
    (email) => requests('ar.payment-received', { ...payment, customerId: null, payer: { ...payment.payer, email } })[0],
  );
  expect(new Set(asked.map((request) => request?.postingKey))).toEqual(new Set(['kinetic-main/customer/guest:ana.ruiz@mail.example']));
  for (const request of asked) expect((request?.fields as { EMailAddress: string }).EMailAddress).not.toMatch(/\s/);
});

// https://github.com/stripe/stripe-node/issues/125: a customer id of the merchant's own making.
it('books a customer whose id the merchant made, whatever it looks like', () => {
  const [ensured] = requests('ar.payment-received', { ...payment, customerId: 'office@shop.example' });
  expect(ensured).toMatchObject({
    postingKey: 'kinetic-main/customer/office@shop.example',
    fields: { StripeCustomerID_c: 'office@shop.example' },
  });
  const keys = ['guest:ap@shop.example', 'no spaces please'].map(
    (customerId) => requests('ar.payment-received', { ...payment, customerId })[0],
  );
  for (const request of keys) expect(request?.postingKey).toMatch(/^kinetic-main\/customer\/id:/);
});

it('tells the connector how the profile wants customers to be matched', () => {
  const [ensured] = requests('ar.payment-received', payment);
  expect(ensured?.fields).toMatchObject({ MatchEmail: 'fill', MatchRepeatBuyers: 'link' });
});

it('books a guest whose e-mail is longer than a custom field', () => {
  const email = `${'a'.repeat(90)}@shop.example`;
  const [ensured] = requests('ar.payment-received', { ...payment, customerId: null, payer: { ...payment.payer, email } });
  expect(ensured?.postingKey).toBe(`kinetic-main/customer/guest:${shortReference(email, 32)}`);
  expect(ensured?.fields).not.toHaveProperty('EMailAddress');
});

it('fits texts of any length into the fields, and user input that looks like a formula stays text', () => {
  const long = '=1+2 '.repeat(100);
  const payer = {
    name: long,
    email: 'x@y.example',
    phone: long,
    address: { line1: long, line2: long, city: long, state: long, postalCode: long, country: 'ZZ' },
  };
  const odd = {
    ...payment,
    payer,
    description: long,
    metadata: { erp_order_ref: long },
    customer: {
      ...customer,
      name: null,
      phone: null,
      address: null,
      metadata: { erp_customer_id: 'longer than 10', sales_rep: 'longer than 8' },
    },
  };
  const [ensured, receipt] = requests('ar.payment-received', odd);
  expect(ensured?.fields).toMatchObject({ Name: long.slice(0, 50).trimEnd(), Country: 'ZZ' });
  expect(ensured?.fields).not.toHaveProperty('MatchCustID');
  // A shortened value would be another number, another place or another address.
  for (const name of ['SalesRepCode', 'PhoneNum', 'Zip']) expect(ensured?.fields).not.toHaveProperty(name);
  expect(receipt?.fields).toMatchObject({ Reference: long.slice(0, 50).trimEnd() });
});

it('finds a document for every payment that names its customer, whatever people typed', () => {
  const typed = fc.option(fc.string({ unit: 'binary', maxLength: 300 }), { nil: null });
  const place = fc.record({ line1: typed, line2: typed, city: typed, state: typed, postalCode: typed, country: typed });
  const metadata = fc.dictionary(
    fc.oneof(
      fc.constantFrom(
        'erp_order_ref',
        'erp_customer_id',
        'sales_rep',
        'payment_terms',
        '__proto__',
        'constructor',
        'prototype',
        'toString',
      ),
      fc.string({ unit: 'binary' }),
    ),
    fc.string({ unit: 'binary' }),
  );
  const payments = fc.record({
    payer: fc.record({ name: typed, email: typed, phone: typed, address: fc.option(place, { nil: null }) }),
    customer: fc.option(
      fc.record({
        name: typed,
        email: typed,
        phone: typed,
        address: fc.option(place, { nil: null }),
        currency: fc.constant(null),
        metadata,
      }),
      { nil: null },
    ),
    description: typed,
    metadata,
    amount: fc.record({ minor: fc.bigInt({ min: 1n, max: 99_999_999_999n }), currency: fc.constantFrom('USD', 'EUR', 'JPY', 'KWD') }),
    receivedAt: fc.integer({ min: 0, max: 4_102_444_800_000 }),
  });
  const bundle = shipped();
  fc.assert(
    fc.property(payments, (fields) => {
      const fact = {
        eventId: 'e',
        eventType: 'ar.payment-received',
        value: { ...payment, ...fields },
        sourceEventId: 'evt_1',
        sequence: 's',
      };
      expect(route(bundle, fact, 0).postings).toHaveLength(2);
    }),
    { numRuns: 500 },
  );
});

describe('customers', () => {
  const source = { occurredAt: 1_788_452_445_000, livemode: false };

  // Version: seconds * 10 + rank.
  it.each([
    ['party.customer-created', { source, customer }, 17_884_524_451n],
    ['party.customer-updated', { source, customer, changed: ['address'] }, 17_884_524_452n],
    ['party.customer-deleted', { source, customerId: customer.customerId }, 17_884_524_453n],
  ])('are upserted in the order of their versions: %s', (type, value, version) => {
    expect(requests(type, value)).toMatchObject([
      { postingKey: 'kinetic-main/customer/cus_upquNHnKxoIQFO', protocol: 'versioned-upsert', version },
    ]);
  });

  it('that were deleted become inactive, and nothing else', () => {
    const [request] = requests('party.customer-deleted', { source, customerId: 'cus_1' });
    expect(request?.fields).toEqual({ Inactive: true, StripeCustomerID_c: 'cus_1', StripePostingKey_c: 'kinetic-main/customer/cus_1' });
  });

  it('whose second address line went away get it emptied', () => {
    const [request] = requests('party.customer-updated', {
      source,
      changed: [],
      customer: { ...customer, address: { ...customer.address, line2: null } },
    });
    expect(request?.fields).toMatchObject({ Address1: '2200 Industrial Pkwy', Address2: '' });
  });
});

describe('the way back to Stripe', () => {
  const concluded = {
    requestId: 'r',
    postingKey: 'kinetic-main/customer/cus_1',
    target: 'kinetic-main',
    kind: 'customer',
    result: 'posted',
    reference: { CustNum: '1042', CustID: 'ACME' } as Record<string, string> | null,
    amount: null,
    concludedAt: 1_788_276_642_500,
  };
  const receipt = {
    ...concluded,
    postingKey: 'kinetic-main/cash-receipt/ch_1',
    kind: 'cash-receipt',
    reference: { GroupID: 'S26090101', HeadNum: '881' },
  };
  const back = (outcome: object): Record<string, unknown>[] => requests('erp.posting-concluded', outcome);

  it.each(['posted', 'adopted', 'updated'])('tells a customer its numbers when it is %s', (result) => {
    expect(back({ ...concluded, result })).toMatchObject([
      {
        postingKey: 'stripe-main/metadata/cus_1/customer',
        target: 'stripe-main',
        kind: 'metadata',
        protocol: 'versioned-upsert',
        version: 17_882_766_420n, // seconds * 10
        shape: 'stripe/metadata',
        fields: { objectType: 'customer', objectId: 'cus_1', kinetic_customer_id: 'ACME', kinetic_customer_num: '1042' },
        dependsOn: [],
      },
    ]);
  });

  it.each(['posted', 'adopted'])('tells a charge the number of its receipt when it is %s', (result) => {
    expect(back({ ...receipt, result })).toMatchObject([
      {
        postingKey: 'stripe-main/metadata/ch_1/charge',
        protocol: 'create-once',
        fields: { objectType: 'charge', objectId: 'ch_1', kinetic_receipt_number: '881', kinetic_receipt_group: 'S26090101' },
      },
    ]);
  });

  it.each([
    ['a customer whose id no posting key can hold', { ...concluded, postingKey: 'kinetic-main/customer/id:a_b:0123456789ABCDEFGHJK' }],
    ['a guest, who is no customer of Stripe', { ...concluded, postingKey: 'kinetic-main/customer/guest:a@b.example' }],
    ['a customer that was there already', { ...concluded, result: 'duplicate' }],
    ['a customer that is held', { ...concluded, result: 'held', reference: null }],
    ['a receipt that reached the ledger: it was told when it was saved', { ...receipt, result: 'released' }],
    ['what was written to Stripe itself', { ...concluded, target: 'stripe-main', kind: 'metadata' }],
  ])('asks for nothing about %s', (_what, outcome) => {
    expect(back(outcome)).toEqual([]);
  });

  it('never writes a key that the forward direction reads', () => {
    const files = shippedFiles().filter(({ path }) => path.includes('epicor-kinetic/mappings'));
    const read = files.flatMap(({ text }) => [...text.matchAll(/metadata\(document\.metadata, '([^']+)'\)/g)].map(([, name]) => name));
    expect(read).toContain('erp_customer_id');
    expect(read.filter((name) => shipped().stripeMetadataKeys.has(name ?? ''))).toEqual([]);
  });
});

it('is triggered by these facts and no others', () => {
  const booked = [
    'ar.dispute-closed',
    'ar.dispute-funds-reinstated',
    'ar.dispute-funds-withdrawn',
    'ar.payment-received',
    'ar.refund-created',
    'ar.refund-failed',
    'ar.refund-updated',
    'party.customer-created',
    'party.customer-deleted',
    'party.customer-updated',
    'risk.fraud-warning-raised',
    'treasury.balance-movement-recorded',
    'treasury.payout-failed',
    'treasury.payout-itemised',
    'treasury.payout-paid',
  ];
  const bundle = shipped();
  expect([...bundle.flows.keys()].sort()).toEqual([...booked, 'erp.posting-concluded'].sort());
  expect(canonicalEvents().map(({ type }) => type)).toEqual(expect.arrayContaining([...booked, events.refundCreated.type]));
  expect(bundle.targets).toEqual(['kinetic-main', 'stripe-main']);
  expect([...bundle.stripeMetadataKeys].sort()).toEqual([
    'kinetic_customer_id',
    'kinetic_customer_num',
    'kinetic_last_receipt_group',
    'kinetic_last_receipt_number',
    'kinetic_receipt_group',
    'kinetic_receipt_number',
    'p21_customer_id',
    'p21_last_payment_number',
    'p21_payment_number',
    'sl_customer_id',
    'sl_last_payment_batch',
    'sl_last_payment_number',
    'sl_payment_batch',
    'sl_payment_number',
  ]);
});

const bySl = { RefNbr: '7F3K2M9Q1A', BatNbr: '001234' };
it.each([
  [
    'sl-main/customer/cus_1',
    { CustId: 'ACME' },
    'cus_1/customer-sl',
    { objectType: 'customer', objectId: 'cus_1', sl_customer_id: 'ACME' },
  ],
  [
    'sl-main/cash-receipt/ch_1',
    bySl,
    'ch_1/charge-sl',
    { objectType: 'charge', objectId: 'ch_1', sl_payment_number: '7F3K2M9Q1A', sl_payment_batch: '001234' },
  ],
  [
    'sl-main/cash-receipt/ch_1/captured-7500',
    bySl,
    'ch_1/charge-sl-captured-7500',
    { objectType: 'charge', objectId: 'ch_1', sl_last_payment_number: '7F3K2M9Q1A', sl_last_payment_batch: '001234' },
  ],
  [
    'p21-main/customer/cus_1',
    { CompanyId: 'ACME', CustomerId: '100198' },
    'cus_1/customer-p21',
    { objectType: 'customer', objectId: 'cus_1', p21_customer_id: '100198' },
  ],
  [
    'p21-main/cash-receipt/ch_1',
    { CompanyId: 'ACME', PaymentNumber: '70001' },
    'ch_1/charge-p21',
    { objectType: 'charge', objectId: 'ch_1', p21_payment_number: '70001' },
  ],
])('writes the numbers of %s back to Stripe under keys of its ledger, and nothing of a guest', (key, reference, told, fields) => {
  const [target = '', kind = ''] = key.split('/');
  const value = { postingKey: key, target, kind, result: 'posted', reference, amount: null, concludedAt: 0 };
  const [request, ...more] = requests('erp.posting-concluded', value);
  expect(request).toMatchObject({ target: 'stripe-main', kind: 'metadata', postingKey: `stripe-main/metadata/${told}`, fields });
  expect([Object.keys(request?.fields as object).sort(), more]).toEqual([Object.keys(fields).sort(), []]);
  const guest = { ...value, postingKey: `${target}/customer/guest:ap@acme.example`, kind: 'customer' };
  expect(requests('erp.posting-concluded', guest)).toEqual([]);
});

it('tells nothing of a ledger that the table of numbers does not name', () => {
  const value = { postingKey: 'kinetic-eu/customer/cus_1', target: 'kinetic-eu', kind: 'customer', result: 'posted', concludedAt: 0 };
  expect(requests('erp.posting-concluded', { ...value, reference: { CustID: 'ACME' }, amount: null })).toEqual([]);
});

// Presentment and settlement calculated by hand from docs/reference/stripe.md section 8: the receivable is in one currency, the money in
// the other.
it('books a payment that Stripe keeps in another currency into the account of that currency', () => {
  const usd = (minor: bigint): unknown => ({ minor, currency: 'USD' });
  const settlement = { balanceTransactionId: 'txn_1', gross: usd(12_640n), fee: usd(400n), net: usd(12_240n) };
  const [, receipt] = requests('ar.payment-received', { ...payment, amount: { minor: 10_000n, currency: 'GBP' }, settlement });
  expect(receipt?.fields).toMatchObject({ DocTranAmt: '100.00', CurrencyCode: 'GBP', BankAcctID: 'STR-USD' });
});

it('needs no bank account for a currency that is only paid in, and names the settlement currency that has none', () => {
  const paidIn = { minor: 1_000n, currency: 'HUF' };
  const settlement = { balanceTransactionId: 'txn_1', gross: { minor: 3n, currency: 'USD' }, fee: null, net: null };
  expect(requests('ar.payment-received', { ...payment, amount: paidIn, settlement })[1]?.fields).toMatchObject({ BankAcctID: 'STR-USD' });
  const inPesos = { ...settlement, gross: { minor: 3n, currency: 'MXN' } };
  expect(() => requests('ar.payment-received', { ...payment, amount: paidIn, settlement: inPesos })).toThrow(
    'profile kinetic-main has none for the settlement currency MXN; add "MXN: <bank account>" under bankAccounts in assets/',
  );
});

it('gives every capture of a charge a posting key of its own, and the first one that of the charge', () => {
  const keyOf = (part: string | null): unknown => requests('ar.payment-received', { ...payment, part })[1]?.postingKey;
  const charge = 'kinetic-main/cash-receipt/ch_3TomAsaFxA9Kd7NwT0VhK14jZ';
  expect([keyOf(null), keyOf('captured-7500')]).toEqual([charge, `${charge}/captured-7500`]);
});

it('tells Stripe the receipt of a later capture beside that of the first', () => {
  const charge = 'kinetic-main/cash-receipt/ch_1';
  const told = (postingKey: string): Record<string, unknown>[] =>
    requests('erp.posting-concluded', {
      postingKey,
      target: 'kinetic-main',
      kind: 'cash-receipt',
      result: 'posted',
      reference: { HeadNum: '71', GroupID: 'G1' },
      amount: null,
      concludedAt: 1_788_276_642_000,
    });
  const object = { objectType: 'charge', objectId: 'ch_1' };
  expect(told(charge)).toMatchObject([
    { postingKey: 'stripe-main/metadata/ch_1/charge', fields: { ...object, kinetic_receipt_number: '71', kinetic_receipt_group: 'G1' } },
  ]);
  expect(told(`${charge}/captured-7500`)).toMatchObject([
    {
      postingKey: 'stripe-main/metadata/ch_1/charge-captured-7500',
      fields: { ...object, kinetic_last_receipt_number: '71', kinetic_last_receipt_group: 'G1' },
    },
  ]);
});

// Field report: https://github.com/woocommerce/woocommerce-gateway-stripe/issues/571. Some keys are names of JavaScript's own properties.
it('reads metadata by its key, whatever other keys stand beside it', () => {
  const metadata = JSON.parse(
    '{"erp_order_ref":"000123450","order.id":"0007","ключ":"значение","=cmd":"=1+2","__proto__":"x","constructor":"y","a[b]":"z","":"e"}',
  ) as Record<string, string>;
  const [, receipt] = requests('ar.payment-received', { ...payment, metadata });
  expect(receipt?.fields).toMatchObject({ Reference: '000123450', StripeOrderRef_c: '000123450' });
});

it('keys a guest by the e-mail, however it was typed', () => {
  const payer = { ...payment.payer, email: ' Anna@Shop.example ' };
  expect(requests('ar.payment-received', { ...payment, customerId: null, payer })[0]?.postingKey).toBe(
    'kinetic-main/customer/guest:anna@shop.example',
  );
});
