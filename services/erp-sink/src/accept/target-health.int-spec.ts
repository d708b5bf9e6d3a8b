import type { TargetView } from '@tributary/contracts';
import { finding, passed } from '@tributary/connector-kit';
import type { Identity } from '@tributary/identity';
import { TargetPausedError, TargetUnavailableError } from '../emit/posting.errors.js';
import type { Pod } from '../testing/harness.js';
import { aReceipt, asked } from '../testing/makers.js';
import { person, serveTargets } from '../testing/served-targets.js';
import type { ServedTargets } from '../testing/served-targets.js';
import { useSink } from '../testing/sink-fixture.js';

/** How a target fares, as `GET /targets` tells: from the ledger in PostgreSQL and the memory of the process. */
const sink = useSink();
let pod: Pod;
let targets: ServedTargets;
let caller: Identity;
beforeEach(async () => {
  caller = person('engineer');
  pod = await sink.pod();
  targets = await serveTargets(pod, () => caller);
});
afterEach(() => targets.close());

async function shown(): Promise<TargetView> {
  const [status, body] = await targets.ask('GET', '/targets');
  const [target] = (body as { targets: TargetView[] }).targets;
  if (status !== 200 || !target) throw new Error(`GET /targets: ${status} ${JSON.stringify(body)}`);
  return target;
}

it('says of a target that has done nothing yet that nothing is known, and what its connector can do', async () => {
  expect(await shown()).toEqual({
    target: 'fake-main',
    product: 'fake',
    state: 'working',
    paused: null,
    breaker: null,
    calls: { lastMinute: 0, limitPerMinute: null, inFlight: 0, inFlightLimit: 16, lastAnswerAt: null },
    postings: { open: 0, unknown: 0, held: 0, oldest: null },
    batches: { open: 0, documents: 0, amounts: [], list: [] },
    lastSuccessAt: null,
    lastFailure: null,
    limits: {
      kinds: ['application', 'cash-receipt', 'customer', 'invoice', 'journal'],
      features: expect.any(Array) as string[],
      longestCallMs: 500,
    },
    mappingVersion: null,
    check: null,
  });
});

it('counts what is open, and sums the batches that are not released', async () => {
  await sink.deliver(pod, asked(aReceipt('ch_1')));
  await sink.deliver(pod, asked(aReceipt('ch_2', { amount: { minor: -250n, currency: 'USD' }, mappingVersion: 'v7' })));
  await sink.deliver(pod, asked(aReceipt('ch_3', { dependsOn: ['fake-main/customer/cus_9'] })));
  const view = await shown();
  expect(view.postings).toEqual({
    ...{ open: 1, unknown: 0, held: 0 },
    oldest: { postingKey: 'fake-main/cash-receipt/ch_3', state: 'waiting', since: expect.any(String) as string },
  });
  expect(view.batches).toMatchObject({ open: 1, documents: 2, amounts: [{ minor: '1300', currency: 'USD', text: '13.00', exact: true }] });
  expect(view.batches.list).toEqual([
    expect.objectContaining({
      target: 'fake-main',
      state: 'open',
      documents: 2,
      byPerson: false,
      amounts: [{ minor: '1300', currency: 'USD', text: '13.00', exact: true }],
    }),
  ]);
  expect(Date.parse(view.lastSuccessAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
  expect(view).toMatchObject({ mappingVersion: 'v7', lastFailure: null });
  expect(view.calls.lastMinute).toBeGreaterThanOrEqual(2);
  expect(Date.parse(view.calls.lastAnswerAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
});

it('counts all batches that are not released, and lists the oldest of them', async () => {
  await pod.database.query(`
    insert into erp_sink.batch (target, batch_id, kind, date, bank_account, state, documents, opened_at, last_document_at)
    select 'fake-main', 'G' || n, 'cash-receipt', '2026-11-21', 'bank', case when n % 11 = 0 then 'released' else 'failed' end, 2,
      timestamptz '2026-11-21T05:00:00Z' + n * interval '1 second', now() from generate_series(1, 1320) n`);
  await pod.database.query(`
    insert into erp_sink.posting (posting_key, target, kind, batch_id, applied_amount)
    select 'fake-main/cash-receipt/ch_' || n, 'fake-main', 'cash-receipt', 'G' || n, '{"minor":{"$bigint":"1"},"currency":"USD"}' from generate_series(1, 1320) n`);
  const { batches } = await shown();
  expect(batches).toMatchObject({ open: 1_200, documents: 2_400, amounts: [{ minor: '1200', currency: 'USD' }] });
  expect(batches.list.map(({ batchId }) => batchId).slice(0, 3)).toEqual(['G1', 'G2', 'G3']);
  expect(batches.list).toHaveLength(50);
});

it('names the newest posting that was refused, with its code', async () => {
  sink.erp.answers.set('fake-main/cash-receipt/ch_1', [{ kind: 'rejected', code: 'fake.no-account', text: 'no account' }]);
  await expect(sink.deliver(pod, asked(aReceipt('ch_1')))).rejects.toMatchObject({ disposition: 'reject' });
  expect((await shown()).lastFailure).toEqual({
    at: expect.any(String) as string,
    postingKey: 'fake-main/cash-receipt/ch_1',
    code: expect.stringContaining('no-account') as string,
  });
});

it('counts a posting whose outcome nobody knows, and one that only a person can judge', async () => {
  sink.erp.answers.set('fake-main/cash-receipt/ch_1', [{ kind: 'ambiguous', code: 'fake.which', text: 'which one' }]);
  await sink.deliver(pod, asked(aReceipt('ch_1')));
  await pod.database.query(
    `insert into erp_sink.posting (posting_key, target, kind, state) values ('fake-main/journal/po_1', 'fake-main', 'journal', 'unknown')`,
  );
  const { postings } = await shown();
  expect(postings).toMatchObject({ open: 0, unknown: 1, held: 1 });
});

it.each<[string, unknown, Partial<TargetView>]>([
  [
    'a target that does not answer',
    new TargetUnavailableError('posting x: target unavailable', { targetCode: 'fake.away' }),
    { state: 'away', breaker: { since: '2026-11-29T08:00:00.000Z', code: 'fake.away' } },
  ],
  [
    'a target that refuses the login',
    new TargetUnavailableError('posting x: target unavailable', { targetCode: 'erp.unauthorised' }),
    { state: 'sign-in-refused', breaker: { since: '2026-11-29T08:00:00.000Z', code: 'erp.unauthorised' } },
  ],
  [
    'something of this installation',
    new Error('the registry is away'),
    { state: 'waiting', breaker: { since: '2026-11-29T08:00:00.000Z', code: expect.any(String) as string } },
  ],
  ['a pause that has just ended', new TargetPausedError('paused', {}), { state: 'working', breaker: null }],
])('says since when and why it waits for %s', async (_, error, expected) => {
  pod.condition.failure = { since: Date.parse('2026-11-29T08:00:00Z'), error };
  expect(await shown()).toMatchObject(expected);
});

describe('a check', () => {
  const found = [passed('login', 'in'), finding('check.right-missing', 'right', 'A right is missing.', 'Add it.')];

  it('answers what the connector finds, keeps it, and is in the audit trail', async () => {
    pod.condition.findings = found;
    const [status, body] = await targets.ask('POST', '/targets/fake-main/check');
    expect([status, body]).toEqual([200, { at: expect.any(String) as string, findings: found }]);
    expect((await shown()).check).toEqual(body);
    const [report] = await pod.database.query<{ report: unknown }[]>('select report from erp_sink.audit_outbox');
    expect(report?.report).toMatchObject({
      ...{ subject: 'person:engineer', action: 'target.checked', object: 'target:fake-main', target: 'fake-main' },
      details: { missing: 1, warning: 0, unknown: 0 },
    });
  });

  it.each<[string, Identity, string, object | undefined, number]>([
    ['a role that books', person('accountant'), 'fake-main', undefined, 403],
    ['a role for another target', person('engineer', 'other-main'), 'fake-main', undefined, 404],
    ['a target that is not served', person('engineer'), 'other-main', undefined, 404],
    ['a field in the body', person('engineer'), 'fake-main', { by: 'somebody' }, 400],
  ])('is refused for %s', async (_, who, target, body, status) => {
    caller = who;
    expect((await targets.ask('POST', `/targets/${target}/check`, body))[0]).toBe(status);
    expect(await pod.database.query('select 1 from erp_sink.audit_outbox')).toEqual([]);
  });
});
