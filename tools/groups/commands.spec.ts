import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { understand } from '#commands/command-line.mjs';
import { releaseGroups } from './commands.js';

/** What an erp-sink answers that has one order. */
const order = {
  ...{ id: 'rel_1', target: 'kinetic-main', batchId: 'S26112100', state: 'waiting-approval', by: 'Ada', reason: 'open again' },
  ...{ waitsFor: ['it is about 700 documents'], postingKeys: ['kinetic-main/cash-receipt/ch_1'], digest: 'd1' },
  sums: [{ minor: '1050', currency: 'USD' }],
};
const group = {
  ...{
    target: 'kinetic-main',
    batchId: '=S26',
    kind: 'cash-receipt',
    date: '2026-11-21',
    bankAccount: '1',
    state: 'failed',
    documents: 12,
  },
  ...{ attempts: 1, text: 'closed\u202e', openedAt: '2026-11-21T05:00:00.000Z', byPerson: true },
  amounts: [{ minor: '129400', currency: 'USD', text: '1294.00', exact: true }],
};
const asked: unknown[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (part: Buffer) => (body += part.toString()));
  request.on('end', () => {
    asked.push([request.method, request.url, body === '' ? undefined : JSON.parse(body)]);
    const answers: Record<string, object> = {
      '/release-orders': { orders: [order] },
      '/batches?unreleased=true&limit=1000': { batches: [group], next: '1~kinetic-main~=S26' },
      '/batches?unreleased=true&limit=1000&after=1%7Ekinetic-main%7E%3DS26': { batches: [{ ...group, batchId: 'S27' }], next: null },
      '/batches/S26112100/release-orders': { batchId: 'S26112100', state: 'failed', order },
      '/batches/S26112101/release-orders?target=sl-main': { batchId: 'S26112101', state: 'closing' },
      '/release-orders/rel_1/approve': { ...order, state: 'running' },
      '/release-orders/rel_1/refuse': { ...order, state: 'refused' },
    };
    const answer = answers[request.url ?? ''];
    response.statusCode = answer ? 200 : 404;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer ?? { error: 'order.unknown', message: 'There is none.' }));
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

async function run(args: readonly string[], confirms = false): Promise<{ code: number; text: string }> {
  const understood = understand(['tributary', 'groups', ...args, '--url', url]);
  if (understood.kind !== 'run') throw new Error(`not understood: ${JSON.stringify(understood)}`);
  const lines: string[] = [];
  const write = (text: string): void => void lines.push(text);
  const terminal = { isTty: false, out: write, progress: write, error: write, confirm: () => Promise.resolve(confirms) };
  return { code: await releaseGroups(understood, {}, terminal), text: lines.join('\n') };
}

it('lists groups that are not released with their money, for people and spreadsheets', async () => {
  expect((await run(['list'])).text).toMatch(/GROUP[^]*=S26 +kinetic-main +failed +cash-receipt +2026-11-21 +12 +1294\.00 USD +a person/);
  expect((await run(['list', '--csv'])).text).toMatch(/"'=S26","kinetic-main","failed"[^]*"S27","kinetic-main"/); // the second page as well
  expect((await run(['list'])).text).not.toContain('\u202e');
});

it('orders a release, and says who decides when it waits', async () => {
  expect(await run(['release', 'S26112101', '--target', 'sl-main', '--reason', 'open again'])).toMatchObject({ code: 0 });
  const waits = await run(['release', 'S26112100', '--reason', 'open again']);
  expect([waits.code, waits.text]).toEqual([5, expect.stringMatching(/waits: it is about 700 documents[^]*groups approve rel_1/)]);
  expect(asked[1]).toEqual(['POST', '/batches/S26112100/release-orders', { reason: 'open again' }]);
});

it('approves what it showed, after it asked', async () => {
  expect((await run(['approve', 'rel_1', '--reason', 'compared'])).code).toBe(4);
  expect(asked).toHaveLength(1);
  const approved = await run(['approve', 'rel_1', '--reason', 'compared'], true);
  expect([approved.code, approved.text]).toEqual([0, expect.stringMatching(/kinetic-main\/cash-receipt\/ch_1[^]*order rel_1: running/)]);
  expect(asked.at(-1)).toEqual(['POST', '/release-orders/rel_1/approve', { reason: 'compared', digest: 'd1' }]);
});

it('refuses, lists, and tells what was wrong', async () => {
  expect(await run(['refuse', 'rel_1', '--reason', 'wrong'])).toEqual({ code: 0, text: 'order rel_1: refused' });
  expect((await run(['orders'])).text).toContain('rel_1');
  expect(await run(['approve', 'rel_2', '--reason', 'x', '--yes'])).toMatchObject({
    code: 1,
    text: expect.stringContaining('order.unknown'),
  });
  expect(await run(['refuse', 'rel_1'])).toMatchObject({ code: 2 });
});
