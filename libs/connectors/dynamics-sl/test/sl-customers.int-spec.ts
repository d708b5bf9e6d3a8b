import type { ErpDocument, PostingOutcome } from '@tributary/connector-kit';
import { postingKey } from '@tributary/domain';
import type { SlConnector } from '../src/index.js';
import { createSlConnector } from '../src/index.js';
import { aCustomer, slConfig } from './sl-documents.js';
import type { EmulatorRow } from './sl-emulator.js';
import { SlEmulator } from './sl-emulator.js';

let emulator: SlEmulator;
let sl: SlConnector;
beforeAll(async () => {
  emulator = await SlEmulator.start();
  sl = createSlConnector(slConfig(emulator.origin));
});
afterAll(async () => {
  await emulator?.stop();
});
beforeEach(async () => {
  await emulator.reset();
});

const post = (document: ErpDocument): Promise<PostingOutcome> => sl.post(document, AbortSignal.timeout(20_000));
const customer = async (custId: string): Promise<EmulatorRow | undefined> =>
  (await emulator.rows('Customer')).find(({ CustId }) => CustId === custId);
const upsert = (id: string, fields: ErpDocument['fields']): ErpDocument => aCustomer(id, { protocol: 'versioned-upsert', fields });

it('the CustId in Stripe metadata is the customer, in any case, and lets the rest be overwritten', async () => {
  const outcome = await post(upsert('cus_1', { MatchCustId: 'acme', Name: 'Acme Industrial', EMailAddr: 'new@acme.example' }));
  expect(outcome).toEqual({ kind: 'updated', reference: { CustId: 'ACME' } });
  expect(await customer('ACME')).toMatchObject({ Name: 'Acme Industrial', EMailAddr: 'new@acme.example', User1: 'cus_1' });
});

it('the same e-mail is the customer, and fills what is empty only', async () => {
  const outcome = await post(upsert('cus_2', { Name: 'Bayside', EMailAddr: ' AP@bayside-marine.example ', Phone: '555' }));
  expect(outcome).toEqual({ kind: 'updated', reference: { CustId: 'BAYSIDE' } });
  expect(await customer('BAYSIDE')).toMatchObject({
    Name: 'Bayside Marine',
    Phone: '555',
    User1: 'cus_2',
    User2: expect.stringMatching(/^E-/) as string,
  });
});

it('two customers with one e-mail are nobody: a person decides, by what the text says', async () => {
  const document = aCustomer('cus_3', { fields: { EMailAddr: 'billing@twin-tools.example' } });
  expect(await post(document)).toMatchObject({
    kind: 'ambiguous',
    code: 'sl.customer-ambiguous',
    text: expect.stringContaining('TWINEAST') as string,
  });
  expect(await post({ ...document, known: { CustId: 'TWINWEST' } })).toMatchObject({ reference: { CustId: 'TWINWEST' } });
  expect(await post(document)).toMatchObject({ reference: { CustId: 'TWINWEST' } });
});

it('a customer that stands for another Stripe customer is not given away, unless name and e-mail are the same', async () => {
  await post(aCustomer('cus_4', { fields: { MatchCustId: 'ACME', Name: 'Acme Industrial Supply' } }));
  const other = { MatchCustId: 'ACME', Name: 'Somebody Else', EMailAddr: 'else@else.example' };
  expect(await post(aCustomer('cus_5', { fields: other }))).toMatchObject({ kind: 'ambiguous', code: 'sl.customer-taken' });
  const repeat = { Name: 'ACME industrial supply', EMailAddr: 'office@acme-industrial.example' };
  expect(await post(aCustomer('cus_6', { fields: repeat }))).toEqual({ kind: 'posted', reference: { CustId: 'ACME' } });
  expect(await customer('ACME')).toMatchObject({ User1: 'cus_4' });
});

it('a person whose name is stored turned round stays so', async () => {
  const first = await post(aCustomer('cus_7', { fields: { CustId: 'ADA', Name: 'Lovelace~Ada' } }));
  expect(first.kind).toBe('posted');
  expect(await post(upsert('cus_7', { Name: 'Ada Lovelace' }))).toMatchObject({ kind: 'posted' });
  expect(await post(upsert('cus_7', { Name: 'Ada King' }))).toMatchObject({ kind: 'updated' });
  expect(await customer('ADA')).toMatchObject({ Name: 'King~Ada' });
});

it('two companies of one site share their customers: a Stripe customer is one, and the second company changes nothing', async () => {
  const mine = aCustomer('cus_8', { fields: { Name: 'Shared Ltd' } });
  const theirs = {
    ...upsert('cus_8', { Name: 'Other Name' }),
    postingKey: postingKey({ target: 'sl-other', kind: 'customer', sourceId: 'cus_8' }),
  };
  const first = await post(mine);
  expect(await post(theirs)).toEqual({ ...first, kind: 'posted' });
  expect((await emulator.rows('Customer')).filter(({ User1 }) => User1 === 'cus_8').map(({ Name }) => Name)).toEqual(['Shared Ltd']);
});

it('a CustId that somebody else has is not taken over', async () => {
  expect(await post(aCustomer('cus_9', { fields: { CustId: 'ACME' } }))).toMatchObject({ kind: 'ambiguous', code: 'sl.customer-id-taken' });
});
