import type { ReleaseOrderView } from '@tributary/contracts';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { localIdentity } from '@tributary/identity';
import type { Grant, Identity } from '@tributary/identity';
import { AUTHENTICATOR, protectRoutes } from '@tributary/platform';
import type { Pod } from '../testing/harness.js';
import { aReceipt, asked } from '../testing/makers.js';
import { useSink } from '../testing/sink-fixture.js';
import { BatchOrderController } from './batch-order.controller.js';
import { ReleaseOrderController } from './release-order.controller.js';
import { ServedLedgers } from './served-ledgers.js';

/** A group of documents above the limit of whoever orders its release needs a second person, who approves what was asked for. */
const sink = useSink();
const key = 'fake-main/cash-receipt/ch_1';
const person = (subject: string, grants: Grant[]): Identity => ({ subject: `person:${subject}`, name: subject, grants, issuedAt: 1_000 });
const people = {
  ada: person('ada', [{ role: 'accountant', target: '*' }]),
  adaAsApprover: { ...person('ada', [{ role: 'approver', target: '*' }]), tokenId: 'second' },
  bob: person('bob', [{ role: 'approver', target: 'fake-main' }]),
  cy: person('cy', [{ role: 'approver', target: '*' }]),
  far: person('far', [{ role: 'approver', target: 'elsewhere' }]),
  local: localIdentity,
};
type Who = keyof typeof people;
type Said = [number, { error?: string; state?: string; batchId?: string; order?: ReleaseOrderView; orders?: ReleaseOrderView[] }];

let pod: Pod;
let batchId: string;
let app: NestFastifyApplication;
afterEach(async () => {
  await app?.close();
});

async function as(who: Who, method: 'GET' | 'POST', url: string, payload?: object): Promise<Said> {
  const answer = await app.inject({ method, url, headers: { 'x-test-person': who }, ...(payload ? { payload } : {}) });
  return [answer.statusCode, answer.json()];
}

/** A group of one document that the ERP refused to post, behind HTTP. @param limits as ERP_RELEASE_LIMITS has them. */
async function aFailedGroup(limits = 'accountant: 500 documents, 1'): Promise<void> {
  pod = await sink.pod({ ERP_RELEASE_LIMITS: limits });
  await sink.deliver(pod, asked(aReceipt('ch_1')));
  sink.erp.releaseAnswers.push({ kind: 'rejected', code: 'fake.period', text: 'period is closed' });
  await sink.sweepUntil(pod, () => sink.published.resultsOf(key).includes('held'));
  batchId = (await pod.reader.batches(10))[0]?.batchId ?? '';
  const authenticate = ({ headers }: { headers: Record<string, string> }): Promise<Identity> =>
    Promise.resolve(people[headers['x-test-person'] as Who]);
  const module = await Test.createTestingModule({
    controllers: [BatchOrderController, ReleaseOrderController],
    providers: [
      { provide: AUTHENTICATOR, useValue: { authenticate } },
      { provide: ServedLedgers, useValue: new ServedLedgers([pod.served]) },
    ],
  }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  protectRoutes(app);
  await app.init();
}

const ask = (who: Who = 'ada'): Promise<Said> =>
  as(who, 'POST', `/batches/${batchId}/release-orders`, { reason: 'the period is open again' });
async function anOrder(): Promise<ReleaseOrderView> {
  const [status, { order, state }] = await ask();
  expect([status, state, order?.state]).toEqual([202, 'failed', 'waiting-approval']);
  return order as ReleaseOrderView;
}
const decide = (who: Who, { id }: ReleaseOrderView, what: 'approve' | 'refuse', more: object = {}): Promise<Said> =>
  as(who, 'POST', `/release-orders/${id}/${what}`, { reason: 'compared with the bank statement', ...more });
const stateOf = async ({ id }: ReleaseOrderView): Promise<string | undefined> =>
  (await as('bob', 'GET', '/release-orders'))[1].orders?.find((one) => one.id === id)?.state;
const reported = async (): Promise<unknown[]> =>
  (
    await pod.database.query<{ report: { action: string; subject: string } }[]>('select report from erp_sink.audit_outbox order by place')
  ).map(({ report: { action, subject } }) => [action, subject]);
const sweep = async (): Promise<void> => {
  for (let round = 0; round < 10; round += 1) {
    await pod.sweeper.sweep();
    await sink.pause(10);
  }
};
const changeGroup = (): Promise<unknown> =>
  pod.database.query(
    `update erp_sink.posting set applied_amount = '{"minor":{"$bigint":"999999"},"currency":"USD"}' where posting_key = $1`,
    [key],
  );

it('lists an order that waits, however many newer ones have ended', async () => {
  await aFailedGroup();
  const order = await anOrder();
  await pod.database.query(`
    insert into erp_sink.release_order (id, target, batch_id, state, author, reason, waits_for, posting_keys, sums, digest, created_at)
    select 'rel_' || n, 'fake-main', 'G' || n, 'done', author, reason, waits_for, posting_keys, sums, digest, now() + n * interval '1 second'
    from erp_sink.release_order, generate_series(1, 120) n where id = '${order.id}'`);
  const orders = (await as('bob', 'GET', '/release-orders'))[1].orders ?? [];
  expect(orders.map(({ id }) => id)).toEqual([...Array.from({ length: 100 }, (_, n) => `rel_${120 - n}`), order.id]);
  expect(await stateOf(order)).toBe('waiting-approval');
});

it('is released by one person within the limit, as before', async () => {
  await aFailedGroup('accountant: 500 documents, 10000');
  expect(await ask()).toEqual([202, { batchId, state: 'closing' }]);
  await sink.sweepUntil(pod, () => sink.published.resultsOf(key).includes('released'));
  expect((await as('bob', 'GET', '/release-orders'))[1].orders).toMatchObject([{ state: 'released', waitsFor: [], postingKeys: [key] }]);
});

it('waits above the limit, and is released when another person approves it, never by its author with whatever token', async () => {
  await aFailedGroup();
  const order = await anOrder();
  expect(order).toMatchObject({
    postingKeys: [key],
    by: 'ada',
    waitsFor: [expect.stringMatching(/^it is about .* USD, and 1 USD is the most/)],
  });
  await sweep();
  expect(sink.erp.releases).toBe(1);
  expect((await ask())[1]).toMatchObject({ error: 'order.waits-already' });
  expect(await decide('adaAsApprover', order, 'approve')).toMatchObject([403, { error: 'order.own-approval' }]);
  expect((await decide('ada', order, 'approve'))[0]).toBe(403);
  expect(await decide('far', order, 'approve')).toMatchObject([404, { error: 'order.unknown' }]);
  expect(await decide('local', order, 'approve')).toMatchObject([409, { error: 'order.needs-second-person' }]);
  expect(await decide('bob', order, 'approve', { digest: '0'.repeat(64) })).toMatchObject([409, { error: 'order.changed' }]);
  expect(await decide('bob', order, 'approve', { digest: order.digest })).toMatchObject([200, { state: 'running' }]);
  await sink.sweepUntil(pod, () => sink.published.resultsOf(key).includes('released'));
  expect([sink.erp.releases, await stateOf(order)]).toEqual([2, 'released']);
  expect(await reported()).toEqual([
    ['group.release-asked', 'person:ada'],
    ['group.release-approved', 'person:bob'],
  ]);
});

it('is released once when two approve it at once', async () => {
  await aFailedGroup();
  const order = await anOrder();
  const said = await Promise.all([decide('bob', order, 'approve'), decide('cy', order, 'approve')]);
  expect(said.map(([status]) => status).sort()).toEqual([200, 409]);
  await sink.sweepUntil(pod, () => sink.published.resultsOf(key).includes('released'));
  expect([sink.erp.releases, (await reported()).length]).toEqual([2, 2]);
});

it('is not approved when the group changed since it was asked for, and can be asked for again', async () => {
  await aFailedGroup();
  const order = await anOrder();
  await changeGroup();
  expect(await decide('bob', order, 'approve')).toMatchObject([409, { error: 'order.changed' }]);
  expect(await stateOf(order)).toBe('changed');
  const again = await anOrder();
  expect(again.digest).not.toBe(order.digest);
  expect((await decide('bob', again, 'approve'))[0]).toBe(200);
});

it('is not released when the group changes after it was approved', async () => {
  await aFailedGroup();
  const order = await anOrder();
  await decide('bob', order, 'approve');
  await changeGroup();
  await sweep();
  expect([sink.erp.releases, await stateOf(order)]).toEqual([1, 'changed']);
  expect(sink.published.conclusions().at(-1)).toMatchObject({
    code: 'posting.batch-failed',
    text: expect.stringContaining('order.changed'),
  });
  expect((await reported()).at(-1)).toEqual(['group.release-stopped', 'service:erp-sink']);
});

it.each(['person:ada', 'person:bob'])('is not released when %s loses a role after it was approved', async (subject) => {
  await aFailedGroup();
  const order = await anOrder();
  await decide('bob', order, 'approve');
  pod.withdrawn.add(subject);
  await sweep();
  expect([sink.erp.releases, await stateOf(order)]).toEqual([1, 'stopped']);
});

it('is not approved when its author lost a role, or when it waited too long', async () => {
  await aFailedGroup();
  const order = await anOrder();
  pod.withdrawn.add('person:ada');
  expect(await decide('bob', order, 'approve')).toMatchObject([409, { error: 'order.author-lost-right' }]);
  pod.withdrawn.clear();
  const late = await anOrder();
  await pod.database.query(`update erp_sink.release_order set expires_at = now() - interval '1 second' where id = $1`, [late.id]);
  expect(await decide('bob', late, 'approve')).toMatchObject([409, { error: 'order.approval-expired' }]);
  expect([await stateOf(order), await stateOf(late)]).toEqual(['stopped', 'expired']);
});

it('stays as it is when it is refused', async () => {
  await aFailedGroup();
  const order = await anOrder();
  expect(await decide('adaAsApprover', order, 'refuse')).toMatchObject([403, { error: 'order.own-approval' }]);
  expect(await decide('bob', order, 'refuse')).toMatchObject([200, { state: 'refused' }]);
  expect(await decide('bob', order, 'approve')).toMatchObject([409, { error: 'order.not-waiting' }]);
  await sweep();
  expect(sink.erp.releases).toBe(1);
  expect((await reported()).at(-1)).toEqual(['group.release-refused', 'person:bob']);
});

it('is not released by one person when the group grew above their limit since', async () => {
  await aFailedGroup('accountant: 500 documents, 10.50');
  expect((await ask())[1]).toEqual({ batchId, state: 'closing' });
  await changeGroup();
  await sweep();
  expect(sink.erp.releases).toBe(1);
  expect((await as('bob', 'GET', '/release-orders'))[1].orders).toMatchObject([
    { state: 'changed', code: 'order.changed', postingKeys: [key] },
  ]);
});

it('has no limit where nobody can sign in', async () => {
  await aFailedGroup();
  expect((await ask('local'))[1]).toEqual({ batchId, state: 'closing' });
});
