import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.js';
import type { Terminal } from './terminal.js';

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** recon as far as this command sees it: answers what it is told, remembers what it was asked. */
class Recon {
  readonly asked: Asked[] = [];
  readonly answers = new Map<string, { status?: number; body: unknown }[]>();
  /** Files, by path. */
  readonly files = new Map<string, string>();
  private server: Server | undefined;
  url = '';

  async start(): Promise<void> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const key = `${request.method ?? ''} ${request.url ?? ''}`;
        this.asked.push({
          method: request.method ?? '',
          path: request.url ?? '',
          body: text === '' ? undefined : (JSON.parse(text) as unknown),
        });
        const file = this.files.get(request.url ?? '');
        if (file !== undefined) return void response.writeHead(200, { 'content-type': 'text/csv' }).end(file);
        const list = this.answers.get(key) ?? [];
        const answer = (list.length > 1 ? list.shift() : list[0]) ?? { status: 404, body: { error: 'unknown', message: key } };
        response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
      });
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server?.close();
  }
}

class Paper implements Terminal {
  readonly isTty = false;
  readonly lines: string[] = [];
  readonly errors: string[] = [];
  readonly asked: string[] = [];
  answer = false;
  out(text: string): void {
    this.lines.push(text);
  }
  progress(text: string): void {
    this.lines.push(text);
  }
  error(text: string): void {
    this.errors.push(text);
  }
  confirm(question: string): Promise<boolean> {
    this.asked.push(question);
    return Promise.resolve(this.answer);
  }
  get text(): string {
    return this.lines.join('\n');
  }
}

let recon: Recon;
let paper: Paper;
beforeEach(async () => {
  recon = new Recon();
  await recon.start();
  paper = new Paper();
});
afterEach(() => recon.stop());

const dlq = (...args: string[]): Promise<number> => run(['dlq', ...args, '--url', recon.url], { USER: 'ada' }, paper);
const anOrder = (change: object = {}): object => ({
  id: 'ord_1',
  action: 'replay',
  state: 'done',
  total: 2,
  pending: 0,
  given: 0,
  done: 2,
  failed: 0,
  stopped: 0,
  results: { replayed: 2 },
  ...{ targets: ['kinetic-main'], waitsFor: [], contentHash: null, expiresAt: null, subject: 'person:ada', by: 'ada', reason: 'typo' },
  ...change,
});
const orders = (...states: object[]): void => {
  recon.answers.set('POST /dead-letter-orders', [{ status: 202, body: anOrder({ state: 'running', done: 0, pending: 2, results: {} }) }]);
  recon.answers.set(
    'GET /dead-letter-orders/ord_1',
    states.map((body) => ({ body })),
  );
};

/** recon says what an order would be. @returns the question that the command asks then. */
function preview(): string {
  const money = [{ minor: '2100', currency: 'USD', text: '21.00', exact: true }];
  const body = {
    letters: 2,
    sequences: 1,
    money,
    withoutMoney: 1,
    targets: ['kinetic-main'],
    waitsFor: ['2 messages, and 1 is the most'],
    leftOut: [],
  };
  recon.answers.set('POST /dead-letter-orders/preview', [{ body }]);
  return 'replay 2 dead letters of 1 sequence, 21.00 USD, 1 of them without a known amount, of kinetic-main, somebody else has to approve it (2 messages, and 1 is the most)?';
}

it('shows causes with counts and money at risk', async () => {
  const cause = {
    cause: 'kinetic.period-closed',
    group: 'tributary-sink-kinetic-main',
    held: false,
    count: 12,
    ordered: 0,
    parkedBehind: 3,
    oldestAt: '2026-11-20T09:00:00Z',
    example: 'period is closed',
  };
  recon.answers.set('GET /dead-letters/causes', [
    {
      body: {
        causes: [
          {
            ...cause,
            moneyAtRisk: [
              { text: '630.00', currency: 'USD' },
              { text: '1050', currency: 'JPY' },
            ],
          },
        ],
      },
    },
  ]);
  expect(await dlq('causes')).toBe(0);
  expect(paper.text).toMatch(/kinetic\.period-closed +tributary-sink-kinetic-main +12 +3 +630\.00 USD, 1050 JPY +2026-11-20/);
  await dlq('causes', '--json');
  expect(JSON.parse(paper.lines.at(-1) ?? '')).toMatchObject([{ count: 12 }]);
});

it('replays a cause when it is confirmed, with who and why, and follows it to its end', async () => {
  orders(anOrder({ state: 'running', done: 1, given: 1, results: { replayed: 1 } }), anOrder());
  paper.answer = true;
  const question = preview();
  expect(await dlq('replay', '--cause', 'kinetic.period-closed', '--reason', 'period is open', '--rate', '5')).toBe(0);
  expect(paper.asked).toEqual([question]);
  expect(recon.asked[1]).toEqual({
    method: 'POST',
    path: '/dead-letter-orders',
    body: {
      ...{ action: 'replay', scope: 'cause', cause: 'kinetic.period-closed', reason: 'period is open' },
      ratePerSecond: 5,
      expectedLetters: 2,
    },
  });
  expect(paper.lines).toEqual([
    'order ord_1: 2 to replay',
    'ord_1 replay running: 1 of 2 answered, 1 replayed, 1 to go',
    'ord_1 replay done: 2 of 2 answered, 2 replayed',
    'All of it is done.',
  ]);
});

it('does nothing to more than was named without a yes', async () => {
  preview();
  expect(await dlq('replay', '--sequence', 'pi_1', '--reason', 'why not')).toBe(4);
  expect(await dlq('skip', 'dl_1', '--reason', 'why not')).toBe(4);
  expect(recon.asked.map(({ path }) => path)).toEqual(['/dead-letter-orders/preview', '/dead-letter-orders/preview']);
});

it.each(['pause', 'continue', 'cancel'])('%ss an order with a reason, and not without', async (how) => {
  expect(await dlq(how, 'ord_1')).toBe(2);
  recon.answers.set(`POST /dead-letter-orders/ord_1/${how}`, [
    { body: anOrder({ state: 'paused', pausedBy: 'ada', pauseReason: 'wait' }) },
  ]);
  expect(await dlq(how, 'ord_1', '--reason', 'wait')).toBe(0);
  expect(recon.asked).toEqual([{ method: 'POST', path: `/dead-letter-orders/ord_1/${how}`, body: { reason: 'wait' } }]);
  expect(paper.text).toContain('replay paused: 2 of 2 answered, 2 replayed, paused by ada (wait)');
});

it('ends with 1 when a message was dead-lettered again', async () => {
  orders(anOrder({ done: 1, failed: 1, results: { replayed: 1, 'dead-again': 1 } }));
  expect(await dlq('replay', 'dl_1', 'dl_2', '--reason', 'again')).toBe(1);
  expect(paper.lines.at(-1)).toBe('1 dead-lettered again, 0 not dispatched: npm run -s tributary -- dlq causes');
});

it('gives an edited value back after it was checked, and only then', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'dlq-')), 'value.json');
  writeFileSync(file, '{"amount":2}');
  recon.answers.set('GET /dead-letters/dl_1', [{ body: { id: 'dl_1', problem: null, value: { amount: 1 } } }]);
  recon.answers.set('POST /dead-letters/dl_1/check-edit', [
    { body: { ok: false, problems: [{ path: 'amount.minor', expected: 'a whole number as text', found: 'a number' }] } },
    { body: { ok: true, differences: [{ path: 'amount', before: 1, after: 2 }] } },
  ]);
  orders(anOrder({ total: 1, done: 1, results: { replayed: 1 } }));
  const edit = (): Promise<number> => dlq('edit', 'dl_1', '--value', file, '--reason', 'typo', '--yes');
  expect(await edit()).toBe(1);
  expect(paper.errors).toEqual(['amount.minor: expected a whole number as text, found a number']);
  expect(recon.asked.some(({ path }) => path === '/dead-letter-orders')).toBe(false);
  expect(await edit()).toBe(0);
  expect(paper.text).toContain('- amount: 1\n+ amount: 2');
  expect(recon.asked.find(({ path }) => path === '/dead-letter-orders')?.body).toMatchObject({
    scope: 'one',
    ids: ['dl_1'],
    editedValue: { amount: 2 },
  });
});

it('says that an order waits for somebody else, and how they approve it', async () => {
  const waits = { state: 'waiting-approval', waitsFor: ['it changes money: amount from 1 to 2'], expiresAt: '2026-12-01T00:00:00Z' };
  orders(anOrder(waits));
  expect(await dlq('replay', 'dl_1', '--reason', 'again')).toBe(5);
  expect(paper.text).toContain('until 2026-12-01T00:00:00Z:\n  it changes money: amount from 1 to 2');
  expect(paper.text).toContain('dlq approve ord_1 --reason');
});

it('approves what was shown, after a yes, and refuses', async () => {
  const waits = { state: 'waiting-approval', waitsFor: ['it changes money'], contentHash: 'f'.repeat(64) };
  recon.answers.set('GET /dead-letter-orders/ord_1', [{ body: anOrder(waits) }]);
  recon.answers.set('POST /dead-letter-orders/ord_1/approve', [{ body: anOrder({ state: 'running' }) }]);
  recon.answers.set('POST /dead-letter-orders/ord_1/refuse', [{ body: anOrder({ state: 'refused' }) }]);
  expect(await dlq('approve', 'ord_1', '--reason', 'checked')).toBe(4);
  expect(recon.asked.map(({ method }) => method)).toEqual(['GET']);
  paper.answer = true;
  expect(await dlq('approve', 'ord_1', '--reason', 'checked')).toBe(0);
  expect(recon.asked.at(-1)?.body).toEqual({ reason: 'checked', contentHash: 'f'.repeat(64) });
  expect(paper.text).toMatch(/ordered by ada \(person:ada\)\n  because: typo\n  needs you: it changes money/);
  expect(await dlq('refuse', 'ord_1', '--reason', 'wrong amount')).toBe(0);
  expect(recon.asked.at(-1)?.body).toEqual({ reason: 'wrong amount' });
});

it('resolves with the document that stands for it', async () => {
  orders(anOrder({ total: 1, done: 1, results: { resolved: 1 } }));
  expect(await dlq('resolve', 'dl_1', '--posted-as', '{"HeadNum":"881"}', '--reason', 'by hand', '--yes')).toBe(0);
  expect(recon.asked[0]?.body).toMatchObject({ action: 'resolve', ids: ['dl_1'], reference: { HeadNum: '881' } });
});

it('resolves what was put right by hand as a whole, and names what stays', async () => {
  orders(anOrder({ total: 2, done: 2, results: { resolved: 2 } }));
  const leftOut = Array.from({ length: 12 }, (_, n) => ({ letter: `dl_${n}`, text: 'it is not there' }));
  const preview = { letters: 2, sequences: 1, money: [], withoutMoney: 0, targets: ['kinetic-main'], waitsFor: [], leftOut };
  recon.answers.set('POST /dead-letter-orders/preview', [{ body: preview }]);
  expect(await dlq('resolve', '--cause', 'kinetic.period-closed', '--reason', 'entered by hand')).toBe(4);
  expect(paper.asked).toEqual(['resolve 2 dead letters of 1 sequence, of kinetic-main?']);
  expect(paper.errors.slice(0, 2)).toEqual(['dl_0 stays a dead letter: it is not there', 'dl_1 stays a dead letter: it is not there']);
  expect(paper.errors[10]).toBe('and 2 more');
  expect(await dlq('resolve', '--cause', 'kinetic.period-closed', '--reason', 'entered by hand', '--yes')).toBe(0);
  expect(recon.asked.find(({ path }) => path === '/dead-letter-orders')?.body).toEqual({
    ...{ action: 'resolve', scope: 'cause', cause: 'kinetic.period-closed', reason: 'entered by hand', expectedLetters: 2 },
  });
});

it.each([
  [['causes'], '/dead-letters/causes.csv?'],
  [['list', '--again', '--cause', 'x'], '/dead-letters.csv?cause=x&again=true'],
  [['sequences', '--assignee', 'me'], '/dead-letters/sequences.csv?assignee=me'],
  [['orders', '--state', 'done'], '/dead-letter-orders.csv?state=done'],
])('prints all of %j as the file that recon makes', async (args, path) => {
  recon.files.set(path, 'id\r\n=1+1\r\nend of the list,1 rows\r\n');
  expect(await dlq(...args, '--csv')).toBe(0);
  expect(paper.text).toBe('id\n=1+1\nend of the list,1 rows');
  recon.files.set(path, 'id\r\n1\r\n');
  expect(await dlq(...args, '--csv')).toBe(1);
  expect(paper.errors.join()).toContain('file.broken-off');
});

it('lists orders page by page, and says how many fit', async () => {
  const page = {
    orders: [anOrder({ id: 'ord_2' }), anOrder({ id: 'ord_1' })],
    next: 'ord_1',
    previous: null,
    total: { count: 130, underWay: 4 },
  };
  recon.answers.set('GET /dead-letter-orders?action=replay&limit=2', [{ body: page }, { body: page }]);
  expect(await dlq('orders', '--action', 'replay', '--limit', '2')).toBe(0);
  expect(paper.text).toMatch(/ord_2 replay .*\n.*ord_1 replay .*\n\n130 orders fit\. Those that follow: --after ord_1\./);
  expect(await dlq('orders', '--action', 'replay', '--limit', '2', '--json')).toBe(0);
  expect(paper.text.endsWith(JSON.stringify(page.orders))).toBe(true);
  recon.answers.set('GET /dead-letter-orders?after=ord_1', [
    { body: { orders: [], next: null, previous: null, total: { count: 0, underWay: 0 } } },
  ]);
  expect(await dlq('orders', '--after', 'ord_1')).toBe(0);
  expect(paper.text).toMatch(/There is no such order\.$/);
});

it('lists sequences with what waits behind each, and letters that failed again', async () => {
  const sequence = {
    sequence: 'pi_1',
    topic: 'ar.v1',
    cause: 'x',
    letters: 2,
    held: false,
    replays: 1,
    parkedBehind: 3,
    money: [],
    assignee: null,
  };
  recon.answers.set('GET /dead-letters/sequences?limit=1', [{ body: { sequences: [{ ...sequence, oldestAt: 'now' }], next: '1~x' } }]);
  expect(await dlq('sequences', '--limit', '1')).toBe(0);
  expect(paper.text).toMatch(/SEQUENCE .*REPLAYS[^]*pi_1 +ar\.v1 +x +2 +1 +3 +- +nobody +now\nThere are more/);
  recon.answers.set('GET /dead-letters?again=true', [{ body: { deadLetters: [], next: null } }]);
  expect(await dlq('list', '--again')).toBe(0);
});

it('says that --by has no effect, sends no name, and does the rest', async () => {
  orders(anOrder());
  expect(await dlq('replay', 'dl_1', '--reason', 'again', '--by', 'somebody')).toBe(0);
  expect(paper.errors).toEqual(['--by has no effect: who gives the order is whoever your token names.']);
  expect(recon.asked[0]).toEqual({
    method: 'POST',
    path: '/dead-letter-orders',
    body: { action: 'replay', scope: 'one', ids: ['dl_1'], reason: 'again' },
  });
});

it('shows the exact calls of a dry run, digit by digit', async () => {
  const call = {
    method: 'POST',
    path: '/api/v2/odata/EPIC06/Erp.BO.CashRecSvc/UpdateMaster',
    body: '{"DocTranAmt":90071992547409.93}',
    text: 'enters it',
  };
  recon.answers.set('POST /dead-letters/dl_1/dry-run', [
    {
      body: {
        facts: ['ar.payment-received'],
        mappingVersion: 'abc',
        ignoredReason: null,
        problem: null,
        postings: [{ postingKey: 'k', protocol: 'create-once', open: [], problem: null, calls: [call] }],
      },
    },
  ]);
  expect(await dlq('dry-run', 'dl_1')).toBe(0);
  expect(paper.text).toContain('It becomes ar.payment-received.');
  expect(paper.text).toContain('POST /api/v2/odata/EPIC06/Erp.BO.CashRecSvc/UpdateMaster');
  expect(paper.text).toContain('"DocTranAmt": 90071992547409.93');
});

it('shows the lines of a dry run, and what it does to the books with the sums of both sides', async () => {
  const usd = (text: string): object => ({ minor: text.replace('.', ''), currency: 'USD', text, exact: true });
  const posting = {
    ...{ postingKey: 'k', protocol: 'create-once', open: [], calls: [] },
    lines: [{ table: 'GLJrnDtlMnl', key: 'fee', fields: { GLAccount: '6210-00-00', DebitAmount: '3.20', CreditAmount: null } }],
    effect: [
      { role: 'FEE', account: '6210-00-00', debit: usd('3.20'), credit: null },
      { role: 'CLR', account: null, debit: null, credit: usd('4.13') },
    ],
    totals: [{ debit: usd('3.20'), credit: usd('4.13') }],
    problem: { code: 'posting.unbalanced', text: 'debits are 3.20 USD, credits 4.13 USD' },
  };
  const body = { facts: null, mappingVersion: 'abc', ignoredReason: null, problem: null, postings: [posting] };
  recon.answers.set('POST /dead-letters/dl_1/dry-run', [{ body }]);
  expect(await dlq('dry-run', 'dl_1')).toBe(1); // refused
  expect(paper.text).toContain(
    [
      '  refused before anything is sent: posting.unbalanced: debits are 3.20 USD, credits 4.13 USD',
      '  line GLJrnDtlMnl fee: GLAccount 6210-00-00, DebitAmount 3.20, CreditAmount (empty)',
      '  books: role, account, debit, credit',
      '    FEE  6210-00-00  3.20 USD',
      '    CLR  by the ERP            4.13 USD',
      '    sum              3.20 USD  4.13 USD',
    ].join('\n'),
  );
});

it.each([
  [['replay', '--reason', 'x'], 'Which dead letters?'],
  [['replay', 'dl_1', '--cause', 'x', '--reason', 'x'], 'Given: ids, --cause.'],
  [['replay', 'dl_1'], 'Why? Give --reason'],
  [['resolve', '--reason', 'x'], 'Which dead letters?'],
  [['replay', 'dl_1', '--reason', 'x', '--rate', 'fast'], '--rate: expected a number above 0; got "fast".'],
  [['show'], '<id> is missing: id of a dead letter'],
  [['show', 'dl_1', 'dl_2'], '"dl_2" is not expected: it takes one <id>.'],
  [['burn'], '"tributary dlq" has no command "burn". There are: causes, list,'],
  [['last'], 'has no command "last". Did you mean "list"?'],
  [['list', '--colour'], 'There is no option "--colour". There are: --cause,'],
])('does not understand %j and says what is missing', async (args, text) => {
  expect(await dlq(...args)).toBe(2);
  expect(paper.errors.join('\n')).toContain(text);
  expect(recon.asked).toEqual([]);
});

it('tells what recon refused, and when it does not answer', async () => {
  recon.answers.set('GET /dead-letters/dl_9', [
    { status: 404, body: { error: 'dead-letter.unknown', message: 'There is no dead letter dl_9.' } },
  ]);
  expect(await dlq('show', 'dl_9')).toBe(1);
  expect(await run(['dlq', 'causes', '--url', 'http://127.0.0.1:1'], {}, paper)).toBe(3);
  expect(paper.errors[0]).toBe('dead-letter.unknown: There is no dead letter dl_9.');
  expect(paper.errors[1]).toMatch(/^unreachable: http:\/\/127\.0\.0\.1:1 does not answer \((ECONNREFUSED|TypeError)\)/);
});

describe('what people say about a letter', () => {
  const path = '/dead-letters/dl_1';
  const found = (assignee: object | null, comments: readonly object[] = []): { body: object } => ({
    body: { letter: { id: 'dl_1', assignee }, comments },
  });

  it('assigns with what it replaces, and tells that somebody was quicker', async () => {
    recon.answers.set(`GET ${path}/case`, [found({ subject: 'person:2', name: 'Grace' })]);
    recon.answers.set(`POST ${path}/assignment`, [
      { body: { assignee: { subject: 'person:1', name: 'Ada' } } },
      { status: 409, body: { error: 'assignment.changed', message: 'Somebody was quicker.' } },
    ]);
    expect(await dlq('assign', 'dl_1', 'me')).toBe(0);
    expect(recon.asked.at(-1)?.body).toEqual({ assignee: 'me', replaces: 'person:2' });
    expect(paper.text).toBe('dl_1 is assigned to Ada.');
    expect(await dlq('assign', 'dl_1', 'person:3', '--name', 'Kim')).toBe(1);
    expect(recon.asked.at(-1)?.body).toEqual({ assignee: { subject: 'person:3', name: 'Kim' }, replaces: 'person:2' });
    expect(paper.errors).toEqual(['assignment.changed: Somebody was quicker.']);
    expect(await dlq('assign', 'dl_1', 'nobody')).toBe(1);
    expect(recon.asked.at(-1)?.body).toEqual({ assignee: null, replaces: 'person:2' });
  });

  it('comments, and shows comments with nothing in them that a terminal obeys', async () => {
    const said = { id: 'com_1', at: '2026-11-21T07:00:00.000Z', by: { subject: 'person:1', name: 'Ada\u001b[1m' }, text: 'one\ntwo\u202e' };
    recon.answers.set(`POST ${path}/comments`, [{ status: 201, body: said }]);
    recon.answers.set(`GET ${path}/case`, [found(null, [said, { ...said, text: null }])]);
    expect(await dlq('comment', 'dl_1', '--text', 'one')).toBe(0);
    expect(recon.asked.at(-1)?.body).toEqual({ text: 'one' });
    paper.lines.length = 0;
    expect(await dlq('comment', 'dl_1')).toBe(0);
    const name = '2026-11-21T07:00:00.000Z  Ada\\u001b[1m';
    expect(paper.text).toBe([name, '  one', '  two\\u202e', name, '  (deleted)'].join('\n'));
  });
});
