import type { HttpExchange } from '@tributary/connector-kit';
import { observeExchanges } from './observed-exchanges.js';

const seen: HttpExchange[] = [];
beforeEach(() => (seen.length = 0));
const observed = (send: () => Promise<Response>): typeof fetch => observeExchanges(send, () => (exchange) => seen.push(exchange));

it('tells what was sent and what came back, and gives the answer on as it is', async () => {
  const send = observed(() => Promise.resolve(new Response('{"Num":10.50}', { status: 201, headers: { 'x-kept': 'yes' } })));
  const answer = await send('http://erp/api?x=1', { method: 'POST', body: '{"a":1}', headers: { authorization: 'Basic secret' } });
  expect([answer.status, answer.headers.get('x-kept'), await answer.text()]).toEqual([201, 'yes', '{"Num":10.50}']);
  expect(seen).toMatchObject([
    { method: 'POST', url: 'http://erp/api?x=1', request: '{"a":1}', status: 201, answer: '{"Num":10.50}', problem: undefined },
  ]);
  expect(JSON.stringify(seen)).not.toContain('secret');
});

it('tells why no answer came, and throws what was thrown', async () => {
  const failed = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
  await expect(observed(() => Promise.reject(failed))('http://erp/')).rejects.toBe(failed);
  const broken = new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) });
  await expect((await observed(() => Promise.resolve(new Response(broken)))('http://erp/')).text()).rejects.toThrow('reset');
  expect(seen.map(({ status, answer, problem }) => [status, answer, problem])).toEqual([
    [undefined, undefined, 'connect ECONNREFUSED'],
    [200, undefined, 'reset'],
  ]);
});

it('leaves requests alone that nobody wants to know of, and answers without a body', async () => {
  const answer = new Response('x');
  expect(
    await observeExchanges(
      () => Promise.resolve(answer),
      () => undefined,
    )('http://erp/'),
  ).toBe(answer);
  expect((await observed(() => Promise.resolve(new Response(null, { status: 204 })))('http://erp/')).status).toBe(204);
  expect(seen).toMatchObject([{ status: 204, answer: '' }]);
});
