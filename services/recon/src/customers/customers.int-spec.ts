import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { CustomerDetail, CustomerQuestionsPage, CustomersPage } from '@tributary/contracts';
import { localIdentity } from '@tributary/identity';
import type { Identity, Role } from '@tributary/identity';
import { AUTHENTICATOR, protectRoutes } from '@tributary/platform';
import { DataSource } from 'typeorm';
import { withReconDatabase } from '../testing/recon-database.js';
import { DeadLetterRepository } from '../desk/emit/dead-letter.repository.js';
import { customers } from '../testing/customers.js';
import { PaymentRepository } from '../views/emit/payment.repository.js';
import { CustomerController } from './accept/customer.controller.js';
import { CustomerQuestions } from './emit/customer-questions.js';
import { CustomerRepository } from './emit/customer.repository.js';

let database: DataSource;
let app: NestFastifyApplication;
let caller: Identity = localIdentity;

afterAll(async () => {
  await app?.close();
});
withReconDatabase((started) => (database = started));
beforeAll(async () => {
  await database.query(customers);
  const module = await Test.createTestingModule({
    controllers: [CustomerController],
    providers: [
      { provide: AUTHENTICATOR, useValue: { authenticate: () => Promise.resolve(caller) } },
      { provide: DataSource, useValue: database },
      ...[CustomerQuestions, CustomerRepository, PaymentRepository, DeadLetterRepository],
    ],
  }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  protectRoutes(app);
  await app.init();
}, 120_000);
afterEach(() => {
  caller = localIdentity;
});

const person = (role: Role, target: string): Identity => ({ subject: 'person:1', name: 'Ada', grants: [{ role, target }] });
const ask = async <T>(url: string): Promise<T> => {
  const answer = await app.inject({ url });
  expect([url, answer.statusCode]).toEqual([url, 200]);
  return answer.json<T>();
};
const list = (query = ''): Promise<CustomersPage> => ask(`/customers?${query}`);
const ids = async (query: string): Promise<string[]> => (await list(query)).customers.map(({ customerId }) => customerId);

it('lists every customer with what each ledger has for it, and its state', async () => {
  const { customers: rows } = await list();
  expect(rows.map(({ customerId, state }) => [customerId, state])).toEqual([
    ['cus_1', 'paired'],
    ['cus_2', 'several'],
    ['cus_3', 'several'],
    ['cus_4', 'doubtful'],
    ['cus_5', 'missing'],
  ]);
  expect(rows[0]?.pairs).toMatchObject([
    {
      target: 'kinetic-main',
      state: 'paired',
      reference: { CompanyId: 'ACME', CustNum: '7', CustID: 'KETTLE' },
      others: [], // cus_4 is another customer of the same company
      since: '2026-11-21T05:02:00.000Z',
      result: 'posted',
    },
    { target: 'sl-main', state: 'paired', reference: { CustId: 'secret-C1' }, others: [] },
  ]);
  expect(rows[2]?.pairs[0]).toMatchObject({ target: 'kinetic-main', state: 'several', others: ['cus_2'] });
  expect(rows[4]).toMatchObject({ name: 'Ada Kettle', lastPaymentAt: '2026-11-21T05:06:00.000Z' });
});

it('selects them by id, by their number in a ledger, and by state', async () => {
  expect(await ids('id=cus_4')).toEqual(['cus_4']);
  expect(await ids('id=cus_nobody')).toEqual([]);
  expect(await ids('number=KETTLE')).toEqual(['cus_1']);
  expect(await ids('number=8')).toEqual(['cus_2', 'cus_3']);
  expect(await ids('number=secret-C2')).toEqual(['cus_2']);
  for (const [state, found] of Object.entries({ paired: ['cus_1'], doubtful: ['cus_4'], several: ['cus_2', 'cus_3'], missing: ['cus_5'] }))
    expect([state, await ids(`state=${state}`)]).toEqual([state, found]);
  expect((await app.inject({ url: '/customers?state=odd' })).statusCode).toBe(400);
});

it.each(['', 'state=several&'])('goes through the list (%s) and back, each customer once', async (filter) => {
  const pages = [await list(`${filter}limit=2`)];
  for (let next = pages[0]?.next; next; next = pages.at(-1)?.next) pages.push(await list(`${filter}limit=2&after=${next}`));
  expect(pages.flatMap(({ customers: rows }) => rows.map(({ customerId }) => customerId))).toEqual(await ids(filter));
  const last = pages.at(-1);
  if (pages.length === 1 || !last) return;
  expect((await list(`${filter}limit=2&before=${last.previous}`)).customers).toEqual(pages.at(-2)?.customers);
});

it('asks a doubtful match as a question, with its candidates and the evidence', async () => {
  const { questions, more } = await ask<CustomerQuestionsPage>('/customers/questions');
  expect(more).toBe(false);
  expect(questions).toMatchObject([
    {
      ...{ letterId: 'dl_secretcustomer4', customerId: 'cus_4', state: 'open', target: 'sl-main', asksWho: true, answers: [] },
      text: expect.stringContaining('could be any of C100') as string,
      candidates: [
        { title: 'secret Creek Ltd', reference: { CustId: 'C100' } },
        { title: 'secret Kettle', reference: { CustId: 'C200' } },
      ],
    },
  ]);
  const { questions: own } = await ask<CustomerDetail>('/customers/cus_4');
  expect(own.map(({ letterId }) => letterId)).toEqual(['dl_secretcustomer4']);
});

it('hints at customers that look as if they were to be merged, either way, and does nothing about them', async () => {
  const before = await database.query<unknown[]>('select * from recon.posting order by request_id');
  const { hints } = await ask<CustomerDetail>('/customers/cus_2');
  expect(hints).toMatchObject([{ kind: 'shared', target: 'kinetic-main', customers: ['cus_3'] }]);
  const changed = await ask<CustomerDetail>('/customers/cus_1');
  expect(changed.hints).toMatchObject([{ kind: 'changed', target: 'kinetic-main', text: expect.stringContaining('CustNum 6') as string }]);
  expect(await database.query('select * from recon.posting order by request_id')).toEqual(before);
});

it('shows one customer with its payments per currency and its events; 404 for nobody', async () => {
  const detail = await ask<CustomerDetail>('/customers/cus_5');
  expect(detail.payments).toMatchObject({
    count: 2,
    amounts: [
      { text: '7.00', currency: 'EUR' },
      { text: '10.00', currency: 'USD' },
    ],
  });
  expect(detail.events).toMatchObject([{ eventId: 'evt_cus_5', type: 'customer.created', state: 'posted' }]);
  expect([detail.erasedAt, detail.questions, detail.hints]).toEqual([null, [], []]);
  await database.query(`insert into recon.erasure (customer_id, erased_at) values ('cus_5', '2026-11-22T00:00:00Z')`);
  expect((await ask<CustomerDetail>('/customers/cus_5')).erasedAt).toBe('2026-11-22T00:00:00.000Z');
  for (const id of ['cus_nobody', '%00', 'x'.repeat(90)]) expect((await app.inject({ url: `/customers/${id}` })).statusCode).toBe(404);
});

it('says nothing of another ledger, and tells no names to whoever may not read payloads', async () => {
  const paths = [
    '/customers',
    '/customers?state=doubtful',
    '/customers?number=secret-C2',
    '/customers.csv',
    '/customers/questions',
    '/customers/cus_1',
    '/customers/cus_4',
  ];
  const secret = /secret|sl-main/;
  expect(secret.test((await app.inject({ url: '/customers/cus_4' })).body)).toBe(true);
  caller = person('accountant', 'kinetic-main');
  for (const url of paths) expect([url, secret.test((await app.inject({ url })).body)]).toEqual([url, false]);
  expect(await ids('state=paired')).toEqual(['cus_1', 'cus_4']);
  caller = person('viewer', '*');
  for (const url of [...paths, '/customers/cus_5'])
    expect([url, /secret Creek|secret Kettle|Ada Kettle/.test((await app.inject({ url })).body)]).toEqual([url, false]);
  expect((await ask<CustomerQuestionsPage>('/customers/questions')).questions[0]).toMatchObject({
    ...{
      text: null,
      candidates: [
        { title: 'C100', reference: { CustId: 'C100' } },
        { title: 'C200', reference: { CustId: 'C200' } },
      ],
    },
  });
});

it('has all customers in a file', async () => {
  const lines = (await app.inject({ url: '/customers.csv' })).body.trimEnd().split('\r\n');
  expect([lines.length, lines.at(-1)]).toEqual([7, '"end of the list","5 rows"']);
  expect(lines[2]).toContain('"kinetic-main: CustID CREEK, CustNum 8; sl-main: CustId secret-C2","cus_3"');
});
