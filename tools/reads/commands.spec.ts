import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { BooksView, LedgerPostingView, ServiceSettingsView, TodayView } from '@tributary/contracts';
import { amountView } from '@tributary/domain';
import { commandAtService } from '../commands/testing/command-at-service.js';
import { root } from '../contracts/workspace.js';
import { showBooks } from './books.js';
import { showFigures, showTotals } from './figures.js';
import { showPosting } from './posting.js';
import { showSettings } from './settings.js';
import { showToday } from './today.js';

const recorded = (name: string): object =>
  JSON.parse(readFileSync(join(root, `services/console/web-test/recorded/${name}.json`), 'utf8')) as object;
const usd = (minor: string) => amountView(minor, 'USD');
const clearing = { currency: 'USD', ledger: usd('1050'), stripe: usd('1000'), inFlight: usd('0'), difference: usd('50') };
const today: TodayView = {
  ...(recorded('today') as TodayView),
  allClear: false,
  toDo: [
    {
      ...{ what: 'deadLetters', cause: 'kinetic.period-closed\u202e', group: 'g', example: null, count: 3, amounts: [usd('2100')] },
      ...{ list: '/dead-letters?state=notClosed', oldestAt: '2026-11-21T07:33:00Z' },
    },
  ],
};
const books: BooksView = {
  ...{ asOf: '2026-11-29T09:00:00.000Z', clearing: [clearing], ledgers: [{ target: 'kinetic-main', clearing: [clearing] }], unbalanced: 1 },
  trialBalance: [{ target: 'kinetic-main', account: '1010', currency: 'USD', debit: usd('1050'), credit: usd('0') }],
  problems: ['sl-main does not answer'],
};
const agreeing: BooksView = {
  ...books,
  ...{ unbalanced: 0, problems: [], ledgers: [{ target: 'kinetic-main', clearing: [{ ...clearing, difference: usd('0') }] }] },
};
const posting: LedgerPostingView = {
  ...{ postingKey: 'kinetic-main/cash-receipt/ch_1', kind: 'cash-receipt', state: 'posted', attempts: 2, reference: { HeadNum: '945' } },
  ...{ waitingOn: [], batchId: 'G1', released: false, superseded: false, text: 'a\nb', changedAt: '2026-11-21T07:33:00Z' },
  outcomes: [{ requestId: 'r1', result: 'posted', concludedAt: '2026-11-21T07:33:00Z', published: true }],
};
const settings: ServiceSettingsView = {
  ...{ service: 'recon', version: '1.0.0', commit: null, licence: 'MIT', schemaVersion: '0033', startedAt: '2026-11-29T09:00:00Z' },
  limits: [{ name: 'REPLAY_RATE', value: '10', text: 'letters a second', isDefault: true }],
  secrets: [{ name: 'PAYLOAD_KEY', text: 'seals payloads', from: 'file', readAt: null }],
};

const asked: string[] = [];
const answers: Record<string, object> = {};
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  const answer = answers[(request.url ?? '').split('?')[0] ?? ''];
  response.writeHead(answer ? 200 : 403, { 'content-type': 'application/json' });
  response.end(JSON.stringify(answer ?? { error: 'forbidden', message: 'It needs another permission.' }));
});
beforeEach(() => {
  asked.length = 0;
  for (const path of Object.keys(answers)) delete answers[path];
  Object.assign(answers, {
    ...{
      '/today': today,
      '/books': books,
      '/overview': recorded('overview'),
      '/counts': recorded('counts'),
      '/stages': recorded('stages'),
    },
    '/target-outcomes': {
      hours: ['2026-11-29T08:00:00Z', '2026-11-29T09:00:00Z'],
      targets: [{ target: 'kinetic-main', written: [3, 4], failed: [0, 1] }],
    },
    '/payments/totals': { count: 2, amounts: [usd('2100')] },
    '/dead-letters/totals': { count: 1, amounts: [], sequences: 1, parkedBehind: 7, oldestAt: null },
    ...{ '/service-settings': settings, '/postings/kinetic-main%2Fcash-receipt%2Fch_1': posting },
    '/postings': { counts: { posted: 9, held: 1 }, postings: [posting] },
  });
});

const runToday = commandAtService('today', showToday, server);
const runBooks = commandAtService('books', showBooks, server);
const runFigures = commandAtService('figures', showFigures, server);
const runTotals = commandAtService('totals', showTotals, server);
const runPosting = commandAtService('posting', showPosting, server);
const runSettings = commandAtService('settings', showSettings, server);

it('today: says what is open with its money and list, the money of the day, and ends with 4 until nothing is', async () => {
  const { code, text } = await runToday(['--day', '2026-11-29']);
  expect([code, asked]).toEqual([4, ['/today?day=2026-11-29']]);
  expect(text).toMatch(
    /something is open[^]*deadLetters +kinetic\.period-closed\\u202e +3 +21\.00 USD +2026-11-21T07:33:00Z +\/dead-letters/,
  );
  expect(text).toMatch(/EUR +in the ledger +24 +11806\.31 EUR/);
  answers['/today'] = { ...today, toDo: [], allClear: true };
  expect(await runToday([])).toMatchObject({ code: 0, text: expect.stringContaining('nothing is open') as string });
  expect(JSON.parse((await runToday(['--json'])).text)).toMatchObject({ allClear: true });
  answers['/today'] = { ...today, toDo: [], allClear: true, problems: ['The ledgers are still being read'] };
  expect((await runToday([])).code).toBe(4);
});

it('books: shows each ledger beside Stripe, and ends with 4 where something differs or could not be read', async () => {
  const { code, text } = await runBooks([]);
  expect(code).toBe(4);
  expect(text).toMatch(
    /1 entries or documents do not balance[^]*sl-main does not answer[^]*kinetic-main +10\.50 USD +10\.00 USD +0\.00 USD +0\.50 USD[^]*1010 +10\.50 USD/,
  );
  answers['/books'] = agreeing;
  expect(await runBooks([])).toMatchObject({
    code: 0,
    text: expect.stringContaining('every clearing account equals the balance at Stripe') as string,
  });
});

it('figures: counts payments, events, stages and outcomes', async () => {
  const { code, text } = await runFigures([]);
  expect([code, asked]).toEqual([0, ['/overview', '/counts', '/stages', '/target-outcomes']]);
  expect(text).toMatch(/inLedger +49 /);
  expect(text).toMatch(/TARGET SINCE 2026-11-29T08:00:00Z +WRITTEN +FAILED\nkinetic-main +7 +1/);
});

it('totals: sums a list with its filters, and names the lists that it sums', async () => {
  expect(await runTotals(['payments', '--where', 'standing=needsPerson'])).toEqual({
    code: 0,
    text: 'FIGURE   VALUE\ncount    2\namounts  21.00 USD',
  });
  expect(asked).toEqual(['/payments/totals?standing=needsPerson']);
  expect((await runTotals(['dead-letters'])).text).toMatch(/parkedBehind +7[^]*amounts +-/);
  expect(await runTotals(['audit'])).toMatchObject({ code: 2, text: expect.stringContaining('Lists: payments, movements') as string });
  expect((await runTotals(['payments', '--where', 'standing'])).code).toBe(2);
});

it('posting: shows one with its outcomes, or those of a state', async () => {
  const one = await runPosting([posting.postingKey]);
  expect(one.text).toMatch(/document +HeadNum 945\n[^]*group +G1, not released\nwhy +a\\u000ab[^]*posted +2026-11-21T07:33:00Z +yes +r1/);
  const many = await runPosting(['--state', 'posted', '--limit', '5']);
  expect(many.text).toMatch(/9 posted, 1 held[^]*kinetic-main\/cash-receipt\/ch_1 +posted +2 +G1/);
  expect(asked.at(-1)).toBe('/postings?state=posted&limit=5');
});

it('settings: names limits and secrets, by reference', async () => {
  expect((await runSettings([])).text).toMatch(
    /recon 1\.0\.0 \(commit not known\), tables of 0033[^]*REPLAY_RATE +10 +default[^]*PAYLOAD_KEY +file +-/,
  );
});

it('every one says what was refused, and that nobody answers', async () => {
  for (const path of Object.keys(answers)) delete answers[path];
  for (const [run, args] of [
    [runToday, []],
    [runBooks, []],
    [runFigures, []],
    [runTotals, ['payments']],
    [runPosting, []],
    [runSettings, []],
  ] as const) {
    expect(await run(args)).toEqual({ code: 1, text: 'forbidden: It needs another permission.' });
    expect((await run(args, 'http://127.0.0.1:1')).code).toBe(3);
  }
});
