import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { understand } from '#commands/command-line.mjs';
import { eventCommands } from './command.js';

const link = { id: 'evt_1', kind: 'raw', type: 'charge.succeeded', at: '2026-11-21T06:00:00.000Z', postingKey: null, result: null };
const outcome = {
  ...link,
  id: 'out_1',
  kind: 'outcome',
  type: 'erp.posting-concluded',
  postingKey: 'kinetic-main/cash-receipt/ch_1',
  result: 'posted',
};
const message = {
  ...{ ...outcome, topic: 'erp.v1', target: 'kinetic-main', eventId: 'evt_1', chargeId: 'ch_1', deliveries: [] },
  chain: { raw: link, canonical: [], requests: [], outcomes: [outcome] },
};
const record = {
  ...{
    source: 'topic',
    problem: null,
    topic: 'erp.v1',
    partition: 3,
    offset: '7',
    key: 'cus_1',
    writtenAt: link.at,
    bytes: 90,
    headers: [],
  },
  schema: { id: 12, record: 'tributary.erp.PostingConcluded', subject: null, version: null, compatibility: null, current: true },
  fields: [
    { path: 'amount.minor', type: 'long', meaning: 'minor units: 10.50 USD', doc: 'Amount.', value: '1050', masked: false },
    { path: 'text', type: 'string or null', meaning: null, doc: 'Answer.', value: null, masked: true },
  ],
  ...{ cut: false, body: null, masked: true },
};
const groups = [
  { group: 'tributary-recon', does: '', lag: '3', members: 0, meaning: 'Nobody is in this group', topics: [], problem: null },
];
/** What recon answers, by path. */
const answers: Readonly<Record<string, object>> = {
  '/outcomes': {
    outcomes: [{ concludedAt: link.at, outcomeId: 'out_1', postingKey: '=1+1', result: 'posted', code: null, eventId: 'evt_1' }],
    next: 'more',
  },
  '/messages/out_1': message,
  '/messages/out_1/record': record,
  '/messages/out_1/fixture': {
    eventId: 'evt_1',
    fileName: 'charge.succeeded.evt_1.json',
    body: '{\n  "id": "evt_1"\n}\n',
    replaced: ['data'],
  },
  '/consumer-groups': { asOf: link.at, groups },
};
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  const answer = answers[(request.url ?? '').split('?')[0] ?? ''];
  response.statusCode = answer ? 200 : 404;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(answer ?? { error: 'message.unknown', message: 'No message is known by the id x.' }));
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
  const understood = understand(['tributary', 'events', ...args, '--url', url]);
  if (understood.kind !== 'run') throw new Error(`not understood: ${JSON.stringify(understood)}`);
  const lines: string[] = [];
  const write = (text: string): void => void lines.push(text);
  const terminal = { isTty: false, out: write, progress: write, error: write, confirm: () => Promise.resolve(false) };
  return { code: await eventCommands(understood, {}, terminal), text: lines.join('\n') };
}

it('lists messages of one kind with the filters that were given', async () => {
  const listed = await run('list', '--kind', 'outcomes', '--result', 'posted', '--key', 'ch_1');
  expect([listed.code, asked]).toEqual([0, ['/outcomes?key=ch_1&result=posted']]);
  expect(listed.text).toMatch(/CONCLUDEDAT[^]*out_1[^]*There are more/);
});

it('prints CSV that a spreadsheet does not run', async () => {
  expect((await run('list', '--kind', 'outcomes', '--csv')).text).not.toMatch(/[,\n]=1\+1/);
});

it('shows a message with its chain, and says what is masked and what a number means', async () => {
  const { code, text } = await run('show', 'out_1');
  expect(code).toBe(0);
  expect(text).toMatch(/outcome erp\.posting-concluded out_1 in erp\.v1[^]*raw +charge\.succeeded +evt_1/);
  expect(text).toMatch(/> +outcome +kinetic-main\/cash-receipt\/ch_1/);
  expect(text).toMatch(/partition 3, offset 7[^]*amount\.minor +1050 +minor units: 10\.50 USD[^]*text +\(masked\)/);
});

it('writes a fixture into a file, or prints it', async () => {
  expect((await run('fixture', 'out_1')).text).toBe('{\n  "id": "evt_1"\n}');
  const file = join(mkdtempSync(join(tmpdir(), 'fixture-')), 'charge.json');
  expect(await run('fixture', 'out_1', '--out', file)).toEqual({ code: 0, text: `${file}: 1 values replaced` });
  expect(readFileSync(file, 'utf8')).toBe('{\n  "id": "evt_1"\n}\n');
});

it('says how far the readers are, and what was wrong', async () => {
  expect((await run('lag')).text).toMatch(/tributary-recon +3 +0 +Nobody is in this group/);
  expect(await run('show', 'a/b')).toMatchObject({ code: 1, text: expect.stringContaining('message.unknown') as string });
  expect(asked.at(-1)).toBe('/messages/a%2Fb');
});
