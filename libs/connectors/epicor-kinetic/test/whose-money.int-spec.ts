import type { ErpDocument, ErpReference, PostingOutcome } from '@tributary/connector-kit';
import { createKineticConnector } from '../src/index.js';
import type { KineticConnector } from '../src/index.js';
import { KineticEmulator } from './kinetic-emulator.js';
import { aCustomer, aKineticReceipt, kineticConfig } from './kinetic-harness.js';

let emulator: KineticEmulator;
let connector: KineticConnector;
const patience = (): AbortSignal => AbortSignal.timeout(20_000);
const post = (document: ErpDocument): Promise<PostingOutcome> => connector.post(document, patience());

beforeAll(async () => {
  emulator = await KineticEmulator.start();
  connector = createKineticConnector(kineticConfig(emulator.origin));
});
afterAll(async () => {
  await emulator.stop();
});

async function customer(custNum: string | undefined): Promise<Record<string, unknown>> {
  const row = (await emulator.state()).customers.find((one) => String(one.CustNum) === custNum);
  if (!row) throw new Error(`no customer ${custNum}`);
  return row;
}
async function posted(document: ErpDocument): Promise<ErpReference> {
  const outcome = await post(document);
  if (outcome.kind !== 'posted' && outcome.kind !== 'updated') throw new Error(JSON.stringify(outcome));
  return outcome.reference;
}
/** What an accountant does in Kinetic: changes columns of a customer. */
async function keyedIn(custNum: string | undefined, columns: object): Promise<void> {
  const row = await customer(custNum);
  await emulator.call('Erp.BO.CustomerSvc/Update', { ds: { Customer: [{ ...row, ...columns, RowMod: 'U' }] } });
}
/** A customer that a person keeps in Kinetic. */
async function handKept(custId: string, columns: object): Promise<string> {
  await emulator.call('Erp.BO.CustomerSvc/Update', {
    ds: { Customer: [{ CustID: custId, Name: custId, CurrencyCode: 'USD', TermsCode: 'N30', TerritoryID: 'US', ...columns, RowMod: 'A' }] },
  });
  return String((await emulator.state()).customers.find((one) => one.CustID === custId)?.CustNum);
}
const upsert = (id: string, fields: ErpDocument['fields'], known?: ErpReference): ErpDocument => ({
  ...aCustomer(id, fields, 'versioned-upsert'),
  ...(known ? { known } : {}),
});

// https://github.com/awesomemotive/easy-digital-downloads/issues/6043: who knows an e-mail address must not rename its customer.
const legal = {
  Name: 'Northgate Hospital Trust',
  EMailAddress: 'accounts@northgate.example',
  Address1: '1 Hospital Way',
  City: 'Akron',
  Zip: '44301',
  PhoneNum: '+15550320',
};
const stranger = {
  Name: 'Mallory',
  EMailAddress: 'ACCOUNTS@northgate.example ',
  Address1: '9 Other Street',
  State: 'TX',
  PhoneNum: '+1666',
};

it.each(['a guest payment', 'a person'] as const)(
  'a stranger who knows the e-mail of a customer made by %s renames nothing, ever',
  async (by) => {
    const email = by === 'a person' ? 'hand@northgate.example' : legal.EMailAddress;
    const custNum =
      by === 'a person'
        ? await handKept('NORTHGATE', { ...legal, EMailAddress: email })
        : (await posted(aCustomer(`guest:${email}`, legal))).CustNum;
    const id = by === 'a person' ? 'cus_stranger1' : 'cus_stranger2';
    const known = await posted(upsert(id, { ...stranger, EMailAddress: email.toUpperCase() }));
    expect(known.CustNum).toBe(custNum);
    // The next events of that Stripe customer: found by its Stripe id, with and without what the posting ledger knows.
    await posted(upsert(id, { ...stranger, Name: 'Mallory Ltd' }, known));
    await posted(upsert(id, { ...stranger, EMailAddress: 'mallory@evil.example', State: 'TX' }));
    expect(await customer(custNum)).toMatchObject({ ...legal, EMailAddress: email, State: '', StripeCustomerID_c: id });
  },
);

it('a match by e-mail fills what is empty; an address only as a whole', async () => {
  const custNum = await handKept('FILLME', { EMailAddress: 'fill@me.example', City: 'Reno' });
  await posted(upsert('cus_fill', { EMailAddress: 'fill@me.example', PhoneNum: '111', Address1: '1 Way', City: 'Akron' }));
  expect(await customer(custNum)).toMatchObject({ Name: 'FILLME', PhoneNum: '111', Address1: '', City: 'Reno', Inactive: false });
});

it('a link by e-mail deactivates nobody', async () => {
  const custNum = await handKept('STAYS', { EMailAddress: 'stays@here.example' });
  const known = await posted(upsert('cus_stays', { EMailAddress: 'stays@here.example' }));
  expect(await post(upsert('cus_stays', { Inactive: true }, known))).toMatchObject({
    kind: 'skipped',
    text: expect.stringContaining('STAYS'),
  });
  expect(await customer(custNum)).toMatchObject({ Inactive: false });
});

it('a person confirms a link by e-mail by emptying the key column, and then Stripe may overwrite', async () => {
  const custNum = await handKept('CONFIRM', { EMailAddress: 'confirm@me.example' });
  await posted(upsert('cus_confirm', { EMailAddress: 'confirm@me.example', Name: 'Before' }));
  await keyedIn(custNum, { StripePostingKey_c: '' });
  await posted(upsert('cus_confirm', { EMailAddress: 'confirm@me.example', Name: 'After' }));
  await posted(upsert('cus_confirm', { EMailAddress: 'confirm@me.example', Name: 'Later' }));
  expect(await customer(custNum)).toMatchObject({ Name: 'Later', StripePostingKey_c: 'kinetic-test/customer/cus_confirm' });
});

it("the merchant's own id allows overwriting, also after a match by e-mail", async () => {
  const custNum = await handKept('MERCHANT', { EMailAddress: 'merchant@me.example' });
  await posted(upsert('cus_merchant', { EMailAddress: 'merchant@me.example', Name: 'Not yet' }));
  expect(await customer(custNum)).toMatchObject({ Name: 'MERCHANT' });
  await posted(upsert('cus_merchant', { EMailAddress: 'merchant@me.example', Name: 'Now', MatchCustID: 'merchant' }));
  expect(await customer(custNum)).toMatchObject({ Name: 'Now' });
});

it('the profile may let a match by e-mail overwrite', async () => {
  const custNum = await handKept('WIDE', { EMailAddress: 'wide@me.example' });
  await posted(upsert('cus_wide', { EMailAddress: 'wide@me.example', Name: 'From Stripe', MatchEmail: 'overwrite' }));
  expect(await customer(custNum)).toMatchObject({ Name: 'From Stripe' });
});

it('a Stripe id that a person keyed in allows overwriting', async () => {
  const custNum = await handKept('BYHAND', { StripeCustomerID_c: 'cus_byhand' });
  await posted(upsert('cus_byhand', { Name: 'Renamed' }));
  expect(await customer(custNum)).toMatchObject({ Name: 'Renamed' });
});

// https://github.com/adcontextprotocol/adcp/pull/3247 and https://github.com/stripe/stripe-dotnet/issues/2240.
it.each([
  ['direct1@Case.Example', ' DIRECT1@case.example'],
  [' direct2@case.example', 'direct2@case.example '],
  ['Direct3@CASE.example ', 'direct3@case.example'],
])('an e-mail kept as %j is that of a payer who typed %j', async (kept, typed) => {
  const number = await handKept(`E${kept.trim().slice(0, 7).toUpperCase()}`, { EMailAddress: kept });
  expect((await posted(aCustomer(`guest:${typed.trim().toLowerCase()}`, { EMailAddress: typed }))).CustNum).toBe(number);
});

it('an e-mail of a contact is compared alike', async () => {
  const number = await handKept('CONTACT', {});
  await emulator.call('Erp.BO.CustCntSvc/Update', {
    ds: { CustCnt: [{ CustNum: Number(number), ShipToNum: '', Name: 'AP', EMailAddress: ' Pay@Contact.example', RowMod: 'A' }] },
  });
  expect((await posted(aCustomer('guest:pay@contact.example', { EMailAddress: 'pay@contact.EXAMPLE ' }))).CustNum).toBe(number);
});

// https://github.com/stripe/stripe-node/issues/125: an id of the merchant's own making.
describe.each(['cus_second', 'office@anchor.example', '4711', 'gcus:2'])('another Stripe customer %s with a known e-mail', (id) => {
  it('is not merged into the first one', async () => {
    const email = `anchor-${id.replace(/\W/g, '-')}@anchor.example`;
    const first = await posted(upsert(`first-${id}`, { EMailAddress: email, Name: 'Anchor Chandlery' }));
    const second = await post(upsert(id, { EMailAddress: email, Name: 'Bluewater Sails' }));
    expect(second).toMatchObject({ kind: 'ambiguous', code: 'kinetic.customer-taken', text: expect.stringContaining(`first-${id}`) });
    expect(await customer(first.CustNum)).toMatchObject({ Name: 'Anchor Chandlery', StripeCustomerID_c: `first-${id}` });
  });
});

describe('a shop that makes a new Stripe customer per purchase', () => {
  it('gets one ledger customer for the same e-mail and the same name, which keeps its first Stripe id', async () => {
    const first = await posted(upsert('cus_buy1', { EMailAddress: 'buyer@repeat.example', Name: 'Zoë  Buyer', PhoneNum: '1' }));
    const second = await posted(upsert('cus_buy2', { EMailAddress: 'Buyer@repeat.example', Name: ' zoe\u0308 buyer', PhoneNum: '2' }));
    expect(second).toEqual(first);
    // The later id is known to the posting ledger only; its deletion is not that of the customer.
    expect((await post(upsert('cus_buy2', { Inactive: true }, second))).kind).toBe('skipped');
    expect(await customer(first.CustNum)).toMatchObject({ StripeCustomerID_c: 'cus_buy1', PhoneNum: '1', Inactive: false });
  });

  it('is asked about each where the profile says so', async () => {
    await posted(upsert('cus_ask1', { EMailAddress: 'buyer@ask.example', Name: 'Buyer' }));
    const second = await post(upsert('cus_ask2', { EMailAddress: 'buyer@ask.example', Name: 'Buyer', MatchRepeatBuyers: 'ask' }));
    expect(second).toMatchObject({ kind: 'ambiguous', code: 'kinetic.customer-taken' });
  });
});

describe('what a person decided', () => {
  it('stays, whatever is edited on either side later', async () => {
    const right = await handKept('RIGHT', { EMailAddress: 'right@decided.example' });
    const wrong = await handKept('WRONG', { EMailAddress: 'other@decided.example' });
    const known = { CustNum: right, CustID: 'RIGHT' };
    const changed = { EMailAddress: 'other@decided.example', Name: 'New Name' };
    // Its e-mail is changed in Stripe to that of another customer.
    expect(await posted(upsert('cus_decided', changed, known))).toEqual(known);
    // The Stripe id is keyed in on another row, and the e-mail is changed in Kinetic.
    await keyedIn(wrong, { StripeCustomerID_c: 'cus_decided' });
    await keyedIn(right, { EMailAddress: 'changed@decided.example', CustID: 'RENAMED', StripeCustomerID_c: '' });
    expect(await posted(upsert('cus_decided', changed, known))).toEqual({ CustNum: right, CustID: 'RENAMED' });
    expect(await posted({ ...aCustomer('cus_decided', changed), known })).toEqual({ CustNum: right, CustID: 'RENAMED' });
  });

  it('is looked for again where Kinetic has that customer no more', async () => {
    const outcome = await post(upsert('cus_away', {}, { CustNum: '999999', CustID: 'AWAY' }));
    expect(outcome).toMatchObject({ kind: 'posted', reference: { CustID: expect.not.stringMatching('AWAY') } });
  });
});

// https://github.com/pinax/pinax-stripe-light/pull/325: deleted customers that are synced again.
it('a customer that is deleted before it is created is created inactive in one write, and takes its receipt', async () => {
  const before = (await emulator.calls()).operations['POST Erp.BO.CustomerSvc/Update']?.[200] ?? 0;
  const reference = await posted(aCustomer('cus_reversed', { Inactive: true }));
  expect((await emulator.calls()).operations['POST Erp.BO.CustomerSvc/Update']?.[200]).toBe(before + 1);
  expect(await customer(reference.CustNum)).toMatchObject({ Inactive: true, StripeCustomerID_c: 'cus_reversed' });
  await connector.openBatch({ batchId: 'SINACT001', kind: 'cash-group', date: '2026-11-20', partition: 'STRIPE' }, patience());
  expect((await post(aKineticReceipt('ch_reversed', 'SINACT001', { CustNum: reference.CustNum ?? '' }))).kind).toBe('posted');
});

it('a Stripe id that is longer than its column is told apart by its digest', async () => {
  const [one, two] = [`${'x'.repeat(150)}1`, `${'x'.repeat(150)}2`];
  const first = await posted(upsert(one, { EMailAddress: 'long@id.example', Name: 'One' }));
  expect((await posted(upsert(one, { EMailAddress: null, Name: 'One' }))).CustNum).toBe(first.CustNum);
  expect(await post(upsert(two, { EMailAddress: 'long@id.example', Name: 'Two' }))).toMatchObject({ code: 'kinetic.customer-taken' });
});
