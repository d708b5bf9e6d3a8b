import { createServer } from 'node:http';
import type { OrderedLetter } from '@tributary/contracts';
import { commandAtService } from '../commands/testing/command-at-service.js';
import { run as deadLetters } from './run.js';

const letter = (id: string): OrderedLetter => ({
  ...{ letter: id, sequence: 'pi_1', cause: 'kinetic.period-closed', group: 'g', topic: 't', state: 'closed', result: 'dead-again' },
  ...{ closedAt: null, money: { minor: '1050', currency: 'USD', text: '10.50', exact: true }, document: null, again: 'dl_9\u202e' },
});
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  const isSecond = request.url?.includes('after=');
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ letters: [letter(isSecond ? 'dl_2' : 'dl_1')], next: isSecond ? null : 'dl_1', previous: null }));
});
const run = commandAtService(
  'dlq',
  ({ path, arguments: ids, values }, env, terminal) => {
    const options = Object.entries(values).flatMap(([name, given]) =>
      given.flatMap((one) => (one === true ? [`--${name}`] : [`--${name}`, one])),
    );
    return deadLetters([...path.slice(1), ...ids, ...options], env, terminal);
  },
  server,
);

it('lists the letters of an order by what came of them, page by page', async () => {
  const { code, text } = await run(['order', 'ord_1', '--letters', 'failed']);
  expect(code).toBe(0);
  expect(text).toMatch(/^LETTER +SEQUENCE[^]*\ndl_1 +pi_1 +kinetic\.period-closed +10\.50 USD +dead-again +dl_9\\u202e\ndl_2 /);
  expect(asked).toEqual([
    '/dead-letter-orders/ord_1/letters?kind=failed&limit=1000',
    '/dead-letter-orders/ord_1/letters?kind=failed&limit=1000&after=dl_1',
  ]);
  expect(JSON.parse((await run(['order', 'ord_1', '--letters', 'failed', '--json'])).text)).toHaveLength(2);
  await expect(run(['order', 'ord_1', '--letters', 'lost'])).rejects.toThrow('not understood');
});
