import { createKineticConnector } from '../src/index.js';
import type { KineticConnector } from '../src/index.js';
import { KineticEmulator } from './kinetic-emulator.js';
import { aCustomer, kineticConfig } from './kinetic-harness.js';

/** The emulator starts with: ACME 1001 (contact payables@acme-industrial.example), BAYSIDE 1002, TWINEAST 1003 and TWINWEST 1004 (one e-mail). */
let emulator: KineticEmulator;
let connector: KineticConnector;
const patience = (): AbortSignal => AbortSignal.timeout(20_000);

beforeAll(async () => {
  emulator = await KineticEmulator.start();
  connector = createKineticConnector(kineticConfig(emulator.origin));
});
afterAll(async () => {
  await emulator.stop();
});
const customerById = async (custId: string) => (await emulator.state()).customers.find((row) => row.CustID === custId);

it('adopts the customer whose e-mail it is: only empty custom columns are filled', async () => {
  const outcome = await connector.post(
    aCustomer('cus_bayside', { EMailAddress: 'AP@bayside-marine.example', Name: 'Another Name' }),
    patience(),
  );
  expect(outcome).toEqual({ kind: 'updated', reference: { CustNum: '1002', CustID: 'BAYSIDE' } });
  expect(await customerById('BAYSIDE')).toMatchObject({
    Name: 'Bayside Marine',
    EMailAddress: 'ap@bayside-marine.example',
    StripeCustomerID_c: 'cus_bayside',
    StripePostingKey_c: 'email:kinetic-test/customer/cus_bayside',
  });
});

it('does not give a customer that stands for one Stripe customer to another', async () => {
  const outcome = await connector.post(aCustomer('cus_other', { EMailAddress: 'ap@bayside-marine.example' }), patience());
  expect(outcome).toMatchObject({ kind: 'ambiguous', code: 'kinetic.customer-taken', text: expect.stringContaining('BAYSIDE') });
});

it('tells Stripe ids apart by case, though Kinetic does not', async () => {
  const outcome = await connector.post(aCustomer('cus_BAYSIDE', { EMailAddress: 'somebody-else@payers.example' }), patience());
  expect(outcome.kind).toBe('posted');
  expect((await emulator.state()).customers.filter((row) => /^cus_bayside$/i.test(String(row.StripeCustomerID_c)))).toHaveLength(2);
});

it('adopts by the e-mail of a billing contact', async () => {
  const outcome = await connector.post(aCustomer('cus_acme', { EMailAddress: 'payables@acme-industrial.example' }), patience());
  expect(outcome).toEqual({ kind: 'updated', reference: { CustNum: '1001', CustID: 'ACME' } });
});

it('lets a guest with a known e-mail share the customer and writes nothing', async () => {
  const before = await customerById('ACME');
  const outcome = await connector.post(
    aCustomer('guest:payables@acme-industrial.example', { EMailAddress: 'payables@acme-industrial.example' }),
    patience(),
  );
  expect(outcome).toEqual({ kind: 'posted', reference: { CustNum: '1001', CustID: 'ACME' } });
  expect(await customerById('ACME')).toEqual(before);
});

it('does not choose between two customers with one e-mail', async () => {
  const outcome = await connector.post(aCustomer('cus_twin', { EMailAddress: 'billing@twin-tools.example' }), patience());
  expect(outcome).toMatchObject({
    kind: 'ambiguous',
    code: 'kinetic.customer-ambiguous',
    text: expect.stringMatching(/TWINEAST.*TWINWEST/),
  });
});

it('follows the CustID hint before the e-mail, and does not send it as a column', async () => {
  const outcome = await connector.post(
    aCustomer('cus_twin', { EMailAddress: 'billing@twin-tools.example', MatchCustID: 'TWINWEST' }),
    patience(),
  );
  expect(outcome).toEqual({ kind: 'updated', reference: { CustNum: '1004', CustID: 'TWINWEST' } });
});

it('asks a person when the CustID belongs to somebody else', async () => {
  const outcome = await connector.post(aCustomer('cus_new', { CustID: 'TWINEAST' }), patience());
  expect(outcome).toMatchObject({ kind: 'ambiguous', code: 'kinetic.customer-id-taken' });
});

it('finds its own customer behind a CustID that is in use', async () => {
  const document = aCustomer('cus_late');
  await connector.post(document, patience());
  // The look-up comes too early to see the customer, as when an earlier attempt commits late.
  const blind = createKineticConnector(kineticConfig(emulator.origin), {
    fetch: async (url, init) =>
      decodeURIComponent(url).includes('StripePostingKey_c eq') || decodeURIComponent(url).includes('EMailAddress eq')
        ? new Response('{"value":[]}', { status: 200 })
        : fetch(url, init),
  });
  const outcome = await blind.post(document, patience());
  expect(outcome.kind).toBe('posted');
  expect((await emulator.state()).customers.filter((row) => row.StripeCustomerID_c === 'cus_late')).toHaveLength(1);
});

it('a deleted Stripe customer is set inactive when it is known, and by no e-mail', async () => {
  const gone = aCustomer('cus_gone', { EMailAddress: 'billing@twin-tools.example', Inactive: true }, 'versioned-upsert');
  expect((await connector.post(gone, patience())).kind).toBe('skipped');
  const known = await connector.post(aCustomer('cus_twin', { Inactive: true, EMailAddress: null }, 'versioned-upsert'), patience());
  expect(known.kind).toBe('updated');
  expect(await customerById('TWINWEST')).toMatchObject({ Inactive: true, EMailAddress: 'billing@twin-tools.example' });
});

it('plants a digest of a posting key that is too long for its column, and finds it', async () => {
  const document = aCustomer(`guest:${'a'.repeat(120)}@payers.example`, { EMailAddress: '', Name: 'A Guest' });
  const outcome = await connector.post(document, patience());
  expect(outcome.kind).toBe('posted');
  const found = await connector.find(document.postingKey, 'customer', patience());
  expect(found?.reference).toEqual('reference' in outcome ? outcome.reference : undefined);
});
