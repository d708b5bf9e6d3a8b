import { createServer } from 'node:http';
import type { ErpCallView } from '@tributary/contracts';
import { commandAtService } from '../commands/testing/command-at-service.js';
import { showCalls } from './command.js';

const key = 'kinetic-main/cash-receipt/ch_1';
const exchange = {
  method: 'POST',
  path: '/api/v2/receipts?x=1',
  request: '{"amount":"10.50"}',
  status: 400,
  answer: 'closed\n\u202eperiod',
};
const call: ErpCallView = {
  ...{ id: '1', postingKey: key, call: 'post', result: 'rejected', at: '2026-11-21T06:00:00.000Z', ms: 90, masked: true, problem: null },
  exchanges: [{ ...exchange, problem: null, ms: 83, cut: false }],
};
const asked: (string | undefined)[] = [];
const server = createServer((request, response) => {
  asked.push(request.url);
  const none = request.url?.includes('none');
  response.statusCode = request.url?.includes('refused') ? 403 : 200;
  response.setHeader('content-type', 'application/json');
  response.end(
    JSON.stringify(response.statusCode === 403 ? { error: 'forbidden', message: 'Needs ledger.read.' } : { calls: none ? [] : [call] }),
  );
});
const run = commandAtService('calls', showCalls, server);

it('prints each request with its answer, and says what is masked', async () => {
  const { code, text } = await run([key, '--limit', '5']);
  expect(code).toBe(0);
  expect(asked.at(-1)).toBe('/calls?postingKey=kinetic-main%2Fcash-receipt%2Fch_1&limit=5');
  expect(text).toContain('Texts are masked: reading them needs the permission payloads.read.');
  expect(text).toContain(
    'post 2026-11-21T06:00:00.000Z: rejected, in 1 request\n  POST /api/v2/receipts?x=1 -> 400, 83 ms\n    request: {"amount":"10.50"}',
  );
  expect(text).toContain('    answer: closed\n      \\u202eperiod'); // what a ledger wrote begins no line of its own
  expect(JSON.parse((await run([key, '--json'])).text)).toEqual({ calls: [call] });
});

it('says why nothing may be kept, and what was refused', async () => {
  expect(await run(['none'])).toMatchObject({ code: 1, text: expect.stringContaining('No call is kept') as string });
  expect(await run(['refused'])).toEqual({ code: 1, text: 'forbidden: Needs ledger.read.' });
  expect((await run([key], 'http://127.0.0.1:1')).code).toBe(3);
});
