import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { localIdentity } from '@tributary/identity';
import { misfitsOfReads } from '@tributary/local-stack';
import type { ReadRequest } from '@tributary/local-stack';
import { AUTHENTICATOR, LOG_LEVEL_AUDIT, LogLevelController, protectRoutes } from '@tributary/platform';
import { passed } from '@tributary/connector-kit';
import { BatchOrderController } from './accept/batch-order.controller.js';
import { CallController } from './accept/call.controller.js';
import { ErasureController } from './accept/erasure.controller.js';
import { LedgerController } from './accept/ledger.controller.js';
import { ReleaseOrderController } from './accept/release-order.controller.js';
import { ServedLedgers } from './accept/served-ledgers.js';
import { TargetController } from './accept/target.controller.js';
import type { Pod } from './testing/harness.js';
import { aReceipt, asked } from './testing/makers.js';
import { useSink } from './testing/sink-fixture.js';

/** Every answer of erp-sink as the OpenAPI document has it, from a ledger in PostgreSQL. */
const sink = useSink();
const key = 'fake-main/cash-receipt/ch_1';
let app: NestFastifyApplication | undefined;
afterEach(() => app?.close());

/** All controllers of a pod behind HTTP, for whoever may do everything. @returns its address. */
async function serve(pod: Pod): Promise<string> {
  const module = await Test.createTestingModule({
    controllers: [
      ...[LedgerController, CallController, BatchOrderController, ReleaseOrderController, ErasureController, TargetController],
      LogLevelController,
    ],
    providers: [
      { provide: AUTHENTICATOR, useValue: { authenticate: () => Promise.resolve(localIdentity) } },
      { provide: ServedLedgers, useValue: new ServedLedgers([pod.served]) },
      { provide: LOG_LEVEL_AUDIT, useValue: { service: 'erp-sink', record: () => Promise.resolve() } },
    ],
  }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter({ forceCloseConnections: true }), { logger: false });
  protectRoutes(app);
  await app.listen(0, '127.0.0.1');
  return app.getUrl();
}

/** Requests for everything that it answers to GET, by path of its document. */
const requests: Readonly<Record<string, readonly ReadRequest[]>> = {
  '/batches': [
    '/batches',
    '/batches?unreleased=true&limit=5',
    '/batches?unreleased=true&after=1~fake-main~G1',
    ['/batches?limit=many', 400],
    ['/batches?after=1~a~b', 400],
    ['/batches?unreleased=true&after=x', 400],
  ],
  '/calls': [`/calls?postingKey=${encodeURIComponent(key)}`, ['/calls', 400]],
  '/erasures/{customerId}': ['/erasures/cus_1', ['/erasures/nobody', 400]],
  '/log-level': ['/log-level'],
  '/postings': ['/postings', '/postings?state=held', ['/postings?state=gone', 400]],
  '/postings/{path}': [`/postings/${key}`, ['/postings/fake-main/cash-receipt/none', 404]],
  '/release-orders': ['/release-orders'],
  '/targets': ['/targets'],
};

it('answers everything that its document has, as the document says', async () => {
  const pod = await sink.pod({ ERP_RELEASE_LIMITS: 'accountant: 500 documents, 1' });
  await sink.deliver(pod, asked(aReceipt('ch_1')));
  await sink.deliver(pod, asked(aReceipt('ch_2', { dependsOn: ['fake-main/customer/cus_9'] })));
  sink.erp.releaseAnswers.push({ kind: 'rejected', code: 'fake.period', text: 'period is closed' });
  await sink.sweepUntil(pod, () => sink.published.resultsOf(key).includes('held'));
  await pod.calls.beforeApplicationShutdown();
  const url = await serve(pod);
  const json = { 'content-type': 'application/json' };
  const order = (path: string, body: object): Promise<Response> =>
    fetch(`${url}${path}`, { method: 'POST', headers: json, body: JSON.stringify(body) });
  const [batch] = await pod.reader.batches(10);
  pod.condition.findings = [passed('login', 'in')];
  expect((await order(`/batches/${batch?.batchId}/release-orders`, { reason: 'the period is open again' })).status).toBe(202);
  expect((await order('/targets/fake-main/pause', { reason: 'a look at the books' })).status).toBe(200);
  expect((await order('/targets/fake-main/check', {})).status).toBe(200);
  expect(await misfitsOfReads('erp-sink', requests, (path) => fetch(`${url}${path}`))).toEqual([]);
});
