import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { understand } from '#commands/command-line.mjs';
import { eraseCustomer } from './command.js';

/** What a recon and an erp-sink answer that know cus_1. */
const asked: unknown[] = [];
const answer = (done: boolean): object => ({
  ...{ customerId: 'cus_1', done, waits: ['1 open dead letter'], stays: ['Stripe: delete the customer there'] },
  tables: [{ table: 'recon.payment', rows: 2, fields: ['customer_name'] }],
});
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (part: Buffer) => (body += part.toString()));
  request.on('end', () => {
    asked.push([request.method, request.url, body === '' ? undefined : JSON.parse(body)]);
    const isKnown = request.url === '/erasures/cus_1' || request.method === 'POST';
    response.statusCode = isKnown ? 200 : 404;
    const unknown = { error: 'customer.unknown', message: 'Nothing is stored about it.' };
    response.end(JSON.stringify(isKnown ? answer(request.method === 'POST') : unknown));
  });
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  asked.length = 0;
});

async function run(...args: string[]): Promise<{ code: number; text: string }> {
  const understood = understand(['tributary', 'erase', ...args]);
  if (understood.kind !== 'run') throw new Error(`not understood: ${JSON.stringify(understood)}`);
  const lines: string[] = [];
  const write = (text: string): void => void lines.push(text);
  const terminal = { isTty: false, out: write, progress: write, error: write, confirm: () => Promise.resolve(false) };
  return { code: await eraseCustomer(understood, {}, { running: { recon: url, sinks: [url] }, terminal }), text: lines.join('\n') };
}

it('only counts without --confirm, and says what waits, what stays and how to go on', async () => {
  const { code, text } = await run('--customer', 'cus_1');
  expect(code).toBe(0);
  expect(text).toMatch(/recon\.payment +2 +customer_name[^]*waits: 1 open[^]*stays: Stripe[^]*Nothing was changed[^]*--confirm/);
  expect(asked.every((one) => (one as string[])[0] === 'GET')).toBe(true);
});

it('erases at every erp-sink and at recon, with the reason', async () => {
  const { code, text } = await run('--customer', 'cus_1', '--confirm', '--reason', 'asked for by letter');
  expect([code, text]).toEqual([0, expect.stringContaining('Erased for cus_1.')]);
  const order = ['POST', '/erasures', { customerId: 'cus_1', reason: 'asked for by letter' }];
  expect(asked).toEqual([['GET', '/erasures/cus_1', undefined], order, order]);
});

it('asks for a reason, and erases nowhere when recon knows no such customer', async () => {
  expect(await run('--customer', 'cus_1', '--confirm')).toMatchObject({ code: 2, text: expect.stringContaining('Why?') });
  expect(await run()).toMatchObject({ code: 2 });
  expect(asked).toEqual([]);
  const unknown = await run('--customer', 'cus_2', '--confirm', '--reason', 'asked for by letter');
  expect(unknown).toMatchObject({ code: 1, text: expect.stringContaining('customer.unknown') });
  expect(asked).toHaveLength(1);
});
