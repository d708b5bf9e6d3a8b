import { createServer } from 'node:http';
import type { SearchView } from '@tributary/contracts';
import { commandAtService } from '../commands/testing/command-at-service.js';
import { find } from './command.js';

const payment = {
  kind: 'payment',
  id: 'ch_1',
  title: '223.55 EUR inLedger',
  amount: null,
  word: 'inLedger',
  at: '2026-11-21T06:00:00.000Z',
  address: '/payments/ch_1',
};
const nothing = { q: '', as: 'email', found: [], more: false, hint: 'E-mail addresses are searched for those who may.' };
const asked: unknown[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (part: Buffer) => (body += part.toString()));
  request.on('end', () => {
    const { q } = JSON.parse(body) as { q: string };
    asked.push([request.method, request.url, q]);
    response.statusCode = q === 'refused' ? 403 : 200;
    response.setHeader('content-type', 'application/json');
    const hostile = { ...payment, id: 'ch_\u202e1', title: 'a\nb' };
    const answer = { ...nothing, as: 'id', hint: null, found: q === 'hostile' ? [hostile] : [payment], more: true } as SearchView;
    response.end(JSON.stringify(q === 'refused' ? { error: 'forbidden', message: 'No.' } : q.includes('@') ? nothing : answer));
  });
});
const run = commandAtService('find', find, server);

it('prints one line for each thing that is found, and says when there is more', async () => {
  const { code, text } = await run(['ch_1']);
  expect(code).toBe(0);
  expect(text).toMatch(/payment +ch_1 +223\.55 EUR inLedger +2026-11-21T06:00:00\.000Z +\/payments\/ch_1/);
  expect(text).toContain('There are more');
  expect(JSON.parse((await run(['ch_1', '--json'])).text)).toMatchObject({ found: [payment] });
});

it('sends what is looked for in the body of the request, never in its address', async () => {
  asked.length = 0;
  const { code, text } = await run(['ada@example.test']);
  expect([code, asked]).toEqual([1, [['POST', '/search', 'ada@example.test']]]);
  expect(text).toBe('Nothing is found.\nE-mail addresses are searched for those who may.');
});

it('shows no control character, and says what was refused or does not answer', async () => {
  expect((await run(['hostile'])).text).not.toMatch(/\u202e|a\nb/);
  expect(await run(['refused'])).toEqual({ code: 1, text: 'forbidden: No.' });
  expect((await run(['ch_1'], 'http://127.0.0.1:9')).code).toBe(3);
});
