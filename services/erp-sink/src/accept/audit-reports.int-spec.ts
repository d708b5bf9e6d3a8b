import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { Identity } from '@tributary/identity';
import { AuditReporter, databaseClient } from '@tributary/persistence';
import { AUTHENTICATOR, protectRoutes } from '@tributary/platform';
import { aReceipt, asked } from '../testing/makers.js';
import { useSink } from '../testing/sink-fixture.js';
import { BatchOrderController } from './batch-order.controller.js';
import { ServedLedgers } from './served-ledgers.js';

/** What people decide at the sink is left for the audit trail with the deed, and only with it. */
const sink = useSink();
const ada: Identity = { subject: 'person:7', name: 'Ada', grants: [{ role: 'accountant', target: '*' }] };
let app: NestFastifyApplication | undefined;
afterEach(async () => {
  await app?.close();
});

it('reports who ordered the release of a group, once, and nothing for an order that is refused', async () => {
  const pod = await sink.pod();
  await sink.deliver(pod, asked(aReceipt('ch_1')));
  const [batch] = await pod.reader.batches(10);
  await pod.database.query(`update erp_sink.batch set state = 'failed' where batch_id = $1`, [batch?.batchId]);
  const module = await Test.createTestingModule({
    controllers: [BatchOrderController],
    providers: [
      { provide: AUTHENTICATOR, useValue: { authenticate: () => Promise.resolve(ada) } },
      { provide: ServedLedgers, useValue: new ServedLedgers([pod.served]) },
    ],
  }).compile();
  app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  protectRoutes(app);
  await app.init();
  const order = async (payload: object): Promise<number | undefined> =>
    (await app?.inject({ method: 'POST', url: `/batches/${batch?.batchId}/release-orders`, payload }))?.statusCode;

  expect(await order({ reason: 'ok\u001b[2K' })).toBe(400);
  expect(await order({ reason: 'the period is open again' })).toBe(202);
  expect(await order({ reason: 'once more' })).toBe(409);

  const sent: unknown[] = [];
  const reporter = new AuditReporter({
    database: databaseClient(pod.database, 'reporting'),
    schema: 'erp_sink',
    reconUrl: 'http://recon.invalid',
    fetch: (url, init) => {
      sent.push([url, JSON.parse(init?.body as string)]);
      return Promise.resolve(new Response('{}', { status: 201 }));
    },
    log: { warn: (text) => sent.push(text), error: (text) => sent.push(text) },
  });
  await reporter.round();
  await reporter.round();
  expect(sent).toEqual([
    [
      'http://recon.invalid/audit',
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        subject: 'person:7',
        name: 'Ada',
        action: 'group.release-ordered',
        object: `group:${batch?.batchId}`,
        target: 'fake-main',
        reason: 'the period is open again',
        details: { documents: 1, at: expect.stringMatching(/^\d{4}-/) },
      },
    ],
  ]);
});
