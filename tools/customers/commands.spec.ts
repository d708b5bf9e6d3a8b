import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CustomerDetail } from '@tributary/contracts';
import { understand } from '#commands/command-line.mjs';
import { customerCommands } from './commands.js';

const customer: CustomerDetail = {
  ...{ customerId: 'cus_1', name: 'Kettle \u202eCreek', state: 'doubtful', lastPaymentAt: null, erasedAt: null, events: [] },
  pairs: [
    {
      target: 'ledger-one',
      state: 'several',
      postingKey: 'ledger-one/customer/cus_1',
      reference: { Number: '12' },
      since: null,
      others: ['cus_2'],
      result: 'posted',
    },
    {
      target: 'ledger-two',
      state: 'doubtful',
      postingKey: 'ledger-two/customer/cus_1',
      reference: null,
      since: null,
      others: [],
      result: 'held',
    },
  ],
  payments: { count: 2, amounts: [{ minor: '700', currency: 'EUR', text: '7.00', exact: true }] },
  questions: [
    {
      ...{
        letterId: 'dl_1',
        state: 'open',
        target: 'ledger-two',
        cause: 'two.customer-ambiguous',
        asksWho: true,
        text: 'could be any',
        since: '',
      },
      ...{ money: null, parkedBehind: 0, candidates: [{ title: 'KETTLE', reference: { Number: '15' } }], answers: ['post'] },
    },
  ],
  hints: [{ kind: 'shared', target: 'ledger-one', text: 'one customer for two', customers: ['cus_2'] }],
};
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  const known = request.url !== '/customers/cus_nobody';
  response.statusCode = known ? 200 : 404;
  const list = { customers: [customer], next: 'cus_1', previous: null };
  const body = request.url?.startsWith('/customers?') ? list : customer;
  response.end(JSON.stringify(known ? body : { error: 'customer.unknown', message: 'No customer is known by the id cus_nobody.' }));
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

async function run(...args: string[]): Promise<{ code: number; text: string }> {
  const understood = understand(['tributary', 'customers', ...args]);
  if (understood.kind !== 'run') throw new Error(`not understood: ${JSON.stringify(understood)}`);
  const lines: string[] = [];
  const write = (text: string): void => void lines.push(text);
  const terminal = { isTty: false, out: write, progress: write, error: write, confirm: () => Promise.resolve(false) };
  return { code: await customerCommands(understood, { TRIBUTARY_RECON_URL: url }, terminal), text: lines.join('\n') };
}

it('lists customers with their keys in each ledger, and says how to go on', async () => {
  const { code, text } = await run('list', '--state', 'doubtful', '--limit', '1');
  expect([code, asked.at(-1)]).toEqual([0, '/customers?state=doubtful&limit=1']);
  expect(text).toMatch(/cus_1 +Kettle \\u202eCreek +doubtful +ledger-one: Number 12; ledger-two: doubtful/);
  expect(text).toContain('There are more: --after cus_1');
});

it('prints a list as CSV that a spreadsheet runs nothing of', async () => {
  const [head, line] = (await run('list', '--csv')).text.split('\n');
  expect(head).toBe('"customer","name","state","in the ledgers"');
  expect(line).toBe('"cus_1","Kettle \\u202eCreek","doubtful","ledger-one: Number 12; ledger-two: doubtful"');
});

it('shows one customer with the command that answers its question', async () => {
  const { code, text } = await run('show', 'cus_1');
  expect([code, asked.at(-1)]).toEqual([0, '/customers/cus_1']);
  expect(text).toContain('ledger-one: Number 12, as well as cus_2');
  expect(text).toContain('payments: 2, 7.00 EUR');
  expect(text).toContain(`KETTLE: npm run -s tributary -- dlq resolve dl_1 --posted-as '{"Number":"15"}' --reason "..."`);
  expect(text).toContain('npm run -s tributary -- dlq answer dl_1 post --reason "..."');
  expect(text).toContain('hint: one customer for two');
  expect(JSON.parse((await run('show', 'cus_1', '--json')).text)).toEqual(customer);
});

it('says that a customer is not known', async () => {
  expect(await run('show', 'cus_nobody')).toEqual({ code: 1, text: 'customer.unknown: No customer is known by the id cus_nobody.' });
});
