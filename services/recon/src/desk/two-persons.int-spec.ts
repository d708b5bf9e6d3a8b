import type { ErpConnector } from '@tributary/connector-kit';
import type { AuditPage, LetterDetail, OrdersView, OrderView } from '@tributary/contracts';
import { headers } from '@tributary/contracts';
import { startStack } from '@tributary/local-stack';
import { connectAndMigrate, createDataSource } from '@tributary/persistence';
import { connectorsOf } from '@tributary/target-registry';
import type { DataSource } from 'typeorm';
import { reconMigrations } from '../migrations/index.js';
import { KineticBooks } from '../testing/kinetic-books.js';
import { aRequest, target } from '../testing/requests.js';
import { TwoPersons } from '../testing/two-persons.js';
import type { people, Said } from '../testing/two-persons.js';

let stack: Awaited<ReturnType<typeof startStack>>;
let database: DataSource;
let books: KineticBooks;
let desk: TwoPersons;
const ledgers = new Map<string, ErpConnector>();
const silent = connectorsOf(new Map([[target, 'epicor-kinetic']]), {
  KINETIC_URL: 'http://127.0.0.1:1/kinetic',
  KINETIC_COMPANY: 'EPIC06',
  KINETIC_USER: 'tributary',
  KINETIC_PASSWORD: 'demo-password',
  KINETIC_API_KEY: 'demo-api-key',
}).get(target) as ErpConnector;

beforeAll(async () => {
  [stack, books] = await Promise.all([startStack({ postgres: true }), KineticBooks.start()]);
  database = createDataSource({ url: stack.databaseUrl, schema: 'recon', migrations: reconMigrations });
  await connectAndMigrate(database);
  desk = await TwoPersons.start(database, ledgers, 'accountant: 3 messages, 100, JPY 5000; engineer: 1 messages, 0', 3_600_000);
}, 150_000);
afterAll(async () => {
  await desk?.stop();
  await books?.stop();
  await database?.destroy();
  await stack?.stop();
});
beforeEach(() => {
  desk.withdrawn = () => false;
  ledgers.set(target, books.connector('none'));
});

type Answer = Promise<Said<OrderView>>;
let serial = 0;
const bury = (amount: { minor: bigint; currency: string } | null = { minor: 1050n, currency: 'USD' }): Promise<string> => {
  serial += 1;
  return desk.bury(aRequest(`two${serial}`, { amount }));
};
const order = (who: keyof typeof people, ids: string[], change: object = {}): Answer =>
  desk.as(who, 'POST', '/dead-letter-orders', { action: 'replay', scope: 'one', ids, reason: 'period is open', ...change });
const approve = (who: keyof typeof people, id: string, change: object = {}): Answer =>
  desk.as(who, 'POST', `/dead-letter-orders/${id}/approve`, { reason: 'checked', ...change });
const show = async (id: string): Answer => desk.as('ada', 'GET', `/dead-letter-orders/${id}`);
const actionsOf = async (id: string): Promise<[string, string][]> => {
  const { body } = await desk.as<AuditPage>('bob', 'GET', `/audit?object=order:${id}`);
  return body.rows.map(({ action, subject }): [string, string] => [action, subject]).reverse();
};

it('takes who gives an order from the sign-in, and refuses a body that says it', async () => {
  const id = await bury();
  const refused = await order('ada', [id], { by: 'somebody else' });
  expect([refused.status, refused.body.error]).toEqual([400, 'order.by-in-body']);
  const { status, body } = await order('ada', [id]);
  expect([status, body.by, body.subject, body.state, body.targets]).toEqual([202, 'ada', 'person:ada', 'running', [target]]);
  const cancelled = await desk.as('ada', 'POST', `/dead-letter-orders/${body.id}/cancel`, { by: 'eve', reason: 'no more' });
  expect([cancelled.status, cancelled.body.error]).toEqual([400, 'order.by-in-body']);
  await desk.work();
  expect(desk.givenOf(body.id)).toHaveLength(1);
});

it('refuses a reason with characters that nobody sees, and says which and where', async () => {
  const { status, body } = await order('ada', ['dl_x'], { reason: 'fine\u202e' });
  expect([status, body.message]).toEqual([400, expect.stringContaining('reason: the character U+202E at place 5')]);
});

it.each([
  ['more messages', 'ada', 4, { minor: 10n, currency: 'USD' }, /4 messages, and 3 is the most/],
  ['more money', 'ada', 2, { minor: 5_001n, currency: 'USD' }, /100\.02 USD, and 100 USD is the most/],
  ['more of a currency with a limit of its own', 'ada', 1, { minor: 5_001n, currency: 'JPY' }, /5001 JPY, and 5000 JPY is the most/],
  ['any money, for whom the limit is 0', 'eve', 1, { minor: 1n, currency: 'USD' }, /0\.01 USD, and 0 USD is the most/],
] as const)('waits for a second person: %s', async (_what, who, count, amount, why) => {
  const ids = await Promise.all(Array.from({ length: count }, () => bury(amount)));
  const { status, body } = await order(who, ids);
  expect([status, body.state, body.waitsFor]).toEqual([202, 'waiting-approval', [expect.stringMatching(why)]]);
  await desk.work();
  expect(desk.givenOf(body.id)).toEqual([]);
  await desk.as('bob', 'POST', `/dead-letter-orders/${body.id}/refuse`, { reason: 'not like this' });
});

it('exactly at the limit nobody else is needed', async () => {
  const { body } = await order('ada', [await bury({ minor: 10_000n, currency: 'USD' })]);
  expect(body.state).toBe('running');
  await desk.work();
});

it('is approved by another person with the right for its target, never by its author with whatever token', async () => {
  const id = await bury({ minor: 99_999n, currency: 'USD' });
  const { body } = await order('ada', [id]);
  expect(await approve('ada', body.id)).toMatchObject({ status: 403, body: { error: 'identity.forbidden' } });
  expect(await approve('adaAsApprover', body.id)).toMatchObject({ status: 403, body: { error: 'order.own-approval' } });
  expect(await approve('far', body.id)).toMatchObject({ status: 404, body: { error: 'order.unknown' } });
  await desk.work();
  expect(desk.givenOf(body.id)).toEqual([]);
  expect(await approve('bob', body.id, { contentHash: body.contentHash })).toMatchObject({
    status: 200,
    body: { state: 'running', approvedBy: 'bob', by: 'ada' },
  });
  expect(await approve('bob', body.id)).toMatchObject({ status: 409, body: { error: 'order.not-waiting' } });
  await desk.work();
  expect(desk.givenOf(body.id)).toHaveLength(1);
  expect(await actionsOf(body.id)).toEqual([
    ['order.made', 'person:ada'],
    ['order.approved', 'person:bob'],
  ]);
});

it('a refused order dispatches nothing, and its letters can be ordered again', async () => {
  const id = await bury({ minor: 99_999n, currency: 'USD' });
  const { body } = await order('ada', [id]);
  expect(await order('ada', [id])).toMatchObject({ status: 409, body: { error: 'dead-letter.not-open' } });
  const refused = await desk.as('bob', 'POST', `/dead-letter-orders/${body.id}/refuse`, { reason: 'the amount is wrong' });
  expect(refused.body).toMatchObject({ state: 'refused', refusedBy: 'bob', refusalReason: 'the amount is wrong', stopped: 1 });
  await desk.work();
  expect(desk.givenOf(body.id)).toEqual([]);
  expect((await order('ada', [id])).status).toBe(202);
});

it('an order for another target needs the right for it', async () => {
  expect(await order('far', [await bury()])).toMatchObject({ status: 403, body: { error: 'identity.forbidden' } });
});

it('lists orders page by page, with how many somebody may see, whatever newer ones there are of other ledgers', async () => {
  // 120 of another ledger that are newer than all others, two of them at each moment; one of both ledgers; three of sl-main that are older.
  await database.query(`
    insert into recon.dead_letter_order (id, action, scope, criteria, reason, ordered_by, rate_per_second, total, state, targets, ordered_at)
    select 'ord_k' || n, 'replay', 'one', '{}'::jsonb, 'listed', 'eve', 1, 1, 'done', '{${target}}'::text[], timestamptz '2099-01-01' + n / 2 * interval '1 second'
      from generate_series(1, 120) n
    union all select 'ord_both', 'skip', 'one', '{}'::jsonb, 'listed', 'gus', 1, 1, 'done', '{${target},sl-main}'::text[], timestamptz '2098-01-02'
    union all select 'ord_s' || n, 'skip', 'one', '{}'::jsonb, 'listed', 'gus', 1, 1, case n when 2 then 'paused' else 'done' end, '{sl-main}'::text[],
      timestamptz '2098-01-01' + n * interval '1 hour' from generate_series(1, 3) n`);
  const list = async (who: keyof typeof people, query: string): Promise<OrdersView> =>
    (await desk.as<OrdersView>(who, 'GET', `/dead-letter-orders?${query}`)).body;
  const ids = ({ orders }: OrdersView): string[] => orders.map(({ id }) => id);
  try {
    const far = await list('far', 'from=2098-01-01T00:00:00Z');
    expect(far).toMatchObject({ next: null, previous: null, total: { count: 3, underWay: 1 } });
    expect(ids(far)).toEqual(['ord_s3', 'ord_s2', 'ord_s1']);
    const all = ids(await list('ada', 'from=2098-01-01T00:00:00Z&limit=500'));
    expect([all.length, new Set(all).size, all.at(-1)]).toEqual([124, 124, 'ord_s1']);
    const pages = [await list('ada', 'from=2098-01-01T00:00:00Z&limit=25')];
    for (let next = pages[0]?.next; next; next = pages.at(-1)?.next)
      pages.push(await list('ada', `from=2098-01-01T00:00:00Z&limit=25&after=${next}`));
    expect(pages.flatMap(ids)).toEqual(all);
    for (const { total } of pages) expect(total).toEqual({ count: 124, underWay: 1 });
    expect(ids(await list('ada', `from=2098-01-01T00:00:00Z&limit=25&before=${pages[2]?.previous}`))).toEqual(all.slice(25, 50));
    expect(await list('ada', 'action=skip&by=gus&state=done&to=2098-01-01T03:00:00Z')).toMatchObject({
      ...{ orders: [{ id: 'ord_s1' }], total: { count: 1, underWay: 0 } },
    });
    expect(await desk.as('ada', 'GET', '/dead-letter-orders?who=eve')).toMatchObject({ status: 400 });
  } finally {
    await database.query(`delete from recon.dead_letter_order where reason = 'listed'`);
  }
});

it('an edit of money waits, one of a date does not, and the trail tells what changed', async () => {
  const id = await bury();
  const { value } = (await desk.as<LetterDetail>('ada', 'GET', `/dead-letters/${id}`)).body as unknown as {
    value: { fields: object; amount: object };
  };
  const edited = { ...value, fields: { ...value.fields, DocTranAmt: '99.50' }, amount: { minor: '9950', currency: 'USD' } };
  const { body } = await order('ada', [id], { editedValue: edited });
  expect(body.state).toBe('waiting-approval');
  expect(body.waitsFor.join()).toMatch(/it changes money: .*fields\.DocTranAmt from "10\.50" to "99\.50"/);
  const { rows } = (await desk.as<AuditPage>('bob', 'GET', `/audit?object=order:${body.id}`)).body;
  expect(rows[0]?.details).toMatchObject({
    edit: {
      letter: id,
      fields: ['fields.DocTranAmt', 'amount.minor', 'digest'],
      money: expect.arrayContaining([{ path: 'amount.minor', before: '"1050"', after: '"9950"' }]) as unknown,
    },
  });
  expect((await desk.as<AuditPage>('bob', 'GET', `/audit?object=letter:${id}`)).body.rows).toMatchObject([
    { action: 'payload.read', subject: 'person:ada', details: { how: 'shown' } },
  ]);
  const other = await bury();
  const { value: plain } = (await desk.as<LetterDetail>('ada', 'GET', `/dead-letters/${other}`)).body as unknown as { value: typeof value };
  const dated = await order('ada', [other], { editedValue: { ...plain, fields: { ...plain.fields, TranDate: '2026-12-01' } } });
  expect(dated.body.state).toBe('running');
  await desk.work();
});

it('what was approved is bound: with other bytes it is not approved, and what is approved is not dispatched with others', async () => {
  const id = await bury({ minor: 99_999n, currency: 'USD' });
  const { body } = await order('ada', [id]);
  const tamper = (): Promise<unknown> => database.query(`update recon.dead_letter set value = value || '\\x00'::bytea where id = $1`, [id]);
  await tamper();
  expect(await approve('bob', body.id)).toMatchObject({ status: 409, body: { error: 'order.changed' } });
  const stale = await approve('bob', body.id, { contentHash: body.contentHash });
  expect(stale).toMatchObject({ status: 409, body: { error: 'order.changed' } });
  const shown = (await show(body.id)).body;
  expect(shown.contentHash).not.toBe(body.contentHash);
  expect((await approve('bob', body.id, { contentHash: shown.contentHash })).body.state).toBe('running');
  await tamper();
  await desk.work();
  expect(desk.givenOf(body.id)).toEqual([]);
  expect((await show(body.id)).body).toMatchObject({ state: 'waiting-approval', approvedBy: null });
  expect((await actionsOf(body.id)).at(-1)).toEqual(['order.changed', 'service:recon']);
});

it('another reference than the approved one is not dispatched either', async () => {
  const { body } = await order('ada', [await bury({ minor: 99_999n, currency: 'USD' })]);
  await approve('bob', body.id);
  await database.query(`update recon.dead_letter_order set reference = '{"answer":"post"}' where id = $1`, [body.id]);
  await desk.work();
  expect(desk.givenOf(body.id)).toEqual([]);
  expect((await show(body.id)).body.state).toBe('waiting-approval');
});

it('an approval that comes too late counts no more, and an approved order does not run for ever', async () => {
  const [one, two] = [await bury({ minor: 99_999n, currency: 'USD' }), await bury({ minor: 99_999n, currency: 'USD' })];
  const late = (await order('ada', [one])).body;
  const slow = (await order('ada', [two])).body;
  await approve('bob', slow.id);
  await database.query(`update recon.dead_letter_order set expires_at = now() - interval '1 second' where id = any($1)`, [
    [late.id, slow.id],
  ]);
  expect(await approve('bob', late.id)).toMatchObject({ status: 409, body: { error: 'order.approval-expired' } });
  await desk.work();
  expect([...desk.givenOf(late.id), ...desk.givenOf(slow.id)]).toEqual([]);
  expect((await show(late.id)).body).toMatchObject({ state: 'expired', stopCode: 'order.approval-expired', stopped: 1 });
  expect((await show(slow.id)).body).toMatchObject({ state: 'cancelled', stopCode: 'order.approval-expired', stopped: 1 });
});

it.each([
  ['author', 'person:ada'],
  ['approver', 'person:bob'],
])('stops what is left when the %s loses a role in the middle', async (_who, subject) => {
  const ids = await Promise.all(Array.from({ length: 3 }, () => bury({ minor: 99_999n, currency: 'USD' })));
  const { body } = await order('ada', ids, { ratePerSecond: 1 });
  await approve('bob', body.id);
  await desk.work();
  expect(desk.givenOf(body.id)).toHaveLength(1);
  desk.withdrawn = (identity) => identity.subject === subject && (identity.issuedAt ?? 0) < 2_000;
  await database.query('update recon.dead_letter_order set next_at = now() where id = $1', [body.id]);
  await desk.work();
  expect(desk.givenOf(body.id)).toHaveLength(1);
  expect((await show(body.id)).body).toMatchObject({ stopCode: 'order.author-lost-right', stopped: 2, given: 1 });
  expect((await actionsOf(body.id)).at(-1)).toEqual(['order.stopped', 'service:recon']);
});

describe('resolve', () => {
  const reference = { HeadNum: '881' };
  const resolve = (id: string, change: object): Answer => order('ada', [id], { action: 'resolve', ...change });
  const gbp = (id: string, minor = 8_000n): Promise<string> => desk.bury(aRequest(id, { amount: { minor, currency: 'GBP' } }));

  it('is believed when the ledger has the document with this key, these keys, amount and currency', async () => {
    const saved = await books.saveReceipt('there');
    const id = await gbp('there');
    const { status, body } = await resolve(id, { reference: { HeadNum: saved.HeadNum } });
    expect([status, body.state]).toEqual([202, 'running']);
    await desk.work();
    expect(desk.givenOf(body.id).at(-1)?.headers[headers.orderReference]).toBe(JSON.stringify({ HeadNum: saved.HeadNum }));
  });

  it('is refused when it is not there, with what was looked for', async () => {
    const { status, body } = await resolve(await gbp('nowhere'), { reference });
    expect([status, body.error]).toEqual([409, 'resolve.not-there']);
    expect(body.message).toContain(`${target} has no cash-receipt with the posting key ${target}/cash-receipt/nowhere`);
  });

  it.each([
    ['another amount', 8_001n, {}, /it is over 80\.00 GBP, 80\.01 GBP was asked for/],
    ['another key', 8_000n, { HeadNum: '999999' }, /its HeadNum is \d+, 999999 was named/],
    ['a key that it has not', 8_000n, { InvoiceNum: '1' }, /InvoiceNum is none of them/],
  ])('is refused with both sides: %s', async (what, minor, named, message) => {
    const name = `differs-${what.replaceAll(' ', '-')}`;
    const saved = await books.saveReceipt(name);
    const { status, body } = await resolve(await gbp(name, minor), { reference: { HeadNum: saved.HeadNum, ...named } });
    expect([status, body.error, body.message]).toEqual([409, 'resolve.different', expect.stringMatching(message)]);
  });

  it('is refused while the ledger is silent, whoever accepts what', async () => {
    ledgers.set(target, silent);
    const { status, body } = await resolve(await gbp('silent'), { reference, acceptDifference: true });
    expect([status, body.error]).toEqual([503, 'resolve.ledger-silent']);
  });

  it('is refused where the ledger is not read', async () => {
    ledgers.delete(target);
    expect(await resolve(await gbp('unread'), { reference })).toMatchObject({ status: 409, body: { error: 'resolve.not-read' } });
  });

  it('with a difference needs somebody else, who sees it', async () => {
    const { status, body } = await resolve(await gbp('by-hand'), { reference, acceptDifference: true });
    expect([status, body.state, body.waitsFor]).toEqual([202, 'waiting-approval', [expect.stringContaining('the ledger does not say so')]]);
    await desk.work();
    expect(desk.givenOf(body.id)).toEqual([]);
    expect((await approve('bob', body.id, { reason: 'entered by hand, seen in the bank statement' })).status).toBe(200);
    await desk.work();
    expect(desk.givenOf(body.id)).toHaveLength(1);
  });
});
