import { events, topics } from '@tributary/contracts';
import type { PostingNeed, PostingRequested } from '@tributary/contracts';
import type { Identity } from '@tributary/identity';
import { startStack } from '@tributary/local-stack';
import { InMemorySchemaIds, KafkaPublisher, outgoing, WireCodec } from '@tributary/messaging';
import type { Publisher } from '@tributary/messaging';
import { BooksErp } from '../testing/books-erp.js';
import { startPod } from '../testing/harness.js';
import type { Pod } from '../testing/harness.js';
import { aCustomer, aReceipt, asked } from '../testing/makers.js';
import { digestLedger } from './ledger-digest.js';
import { rebuildLedger } from './ledger-rebuild.js';
import type { LedgerRebuilt, RebuildOptions } from './ledger-rebuild.js';
import { RebuildRefusedError } from './two-persons.js';
import type { RebuildPersons } from './two-persons.js';

const ada: Identity = { subject: 'person:ada', name: 'Ada', grants: [] };
const bob: Identity = { subject: 'person:bob', name: 'Bob', grants: [], tokenId: 'approval' };

const target = 'fake-main';
const group = `tributary-sink-${target}`;
const never = new AbortController().signal;
const codec = new WireCodec(new InMemorySchemaIds());
const erp = new BooksErp();
const lines = ['l1', 'l2'].map((key) => ({ table: 'InvcDtl', key, fields: { Amount: '5.25' } }));
const invoice = (id: string, change: Partial<PostingRequested> = {}) =>
  aReceipt(id, { postingKey: `${target}/invoice/${id}`, kind: 'invoice', shape: 'fake/invoice', lines, ...change });
const application = (id: string, need: Partial<PostingNeed>) =>
  aReceipt(id, {
    postingKey: `${target}/application/${id}`,
    kind: 'application',
    shape: 'fake/application',
    needs: [{ postingKey: `${target}/invoice/in_1`, until: 'released', ifNeverAsked: 'wait', afterMs: 0n, ...need }],
  });

const requests: readonly PostingRequested[] = [
  aCustomer('cus_1'),
  invoice('in_1', { dependsOn: [`${target}/customer/cus_1`] }),
  application('ap_released', {}),
  // An operator releases the batch of this invoice, so the application that needs the invoice waits.
  invoice('in_saved', { release: false }),
  application('ap_waits', { postingKey: `${target}/invoice/in_saved` }),
  application('ap_in_time', { postingKey: `${target}/invoice/in_never`, ifNeverAsked: 'without', afterMs: 3_600_000n }),
  application('ap_held', { postingKey: `${target}/invoice/in_never`, ifNeverAsked: 'hold', afterMs: 0n }),
  aReceipt('ch_moved', { onClosedPeriod: 'next-open', fields: { Amount: '10.50', Date: '2026-10-31' } }),
  aReceipt('po_1', { postingKey: `${target}/journal/po_1`, kind: 'journal', shape: 'fake/journal' }),
  // In a batch of its own, which is not released.
  invoice('in_half', { fields: { Date: '2026-11-25' } }),
];

let stack: Awaited<ReturnType<typeof startStack>>;
let kafka: KafkaPublisher;
let pod: Pod;

beforeAll(async () => {
  stack = await startStack({ kafka: true, postgres: true });
  const requestTopic = topics.postings(target);
  await stack.createTopics(
    [requestTopic, topics.deadLetters(requestTopic, group), topics.erp, topics.xrefCustomer, topics.xrefItem, topics.xrefDocument],
    3,
  );
  kafka = new KafkaPublisher({ brokers: stack.brokers, clientId: 'books-rebuild', codec });
  await kafka.connect();
  const publish = (values: readonly PostingRequested[]): Promise<void> =>
    kafka.publish(
      values.map((value) =>
        outgoing({
          event: events.postingRequested,
          topic: requestTopic,
          key: 'cus_1',
          id: asked(value).requestId,
          value,
          sequence: value.sequence,
        }),
      ),
    );
  await publish(requests);
  erp.modes.set('journal', 'assigned');
  erp.fiscalPeriods = [
    { from: '2026-10-01', to: '2026-10-31', open: false },
    { from: '2026-11-01', to: '2026-12-31', open: true },
  ];
  erp.halves.set(`${target}/invoice/in_half`, [
    { lines: 1, answer: 'partial' },
    { lines: 0, answer: 'partial' },
  ]);
  erp.discardAnswers.push({ kind: 'rejected', code: 'fake.no', text: 'not allowed' });
  const publisher: Publisher = { publish: (messages) => kafka.publish(messages), publishRaw: () => Promise.resolve() };
  pod = await startPod(stack.databaseUrl, erp, publisher, { BATCH_IDLE_MS: '50' });
  for (const value of requests)
    await pod.poster.handle(asked(value), never).then(
      (messages) => kafka.publish(messages),
      (error: { disposition?: string }) => {
        if (error.disposition !== 'hold') throw error;
      },
    );
  for (let round = 0; erp.ledger.length < 5 || round < 10; round += 1) {
    if (round > 200) throw new Error(`not settled: ${JSON.stringify(erp.ledger)}`);
    await pod.sweeper.sweep();
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  // A webhook that was delivered twice is routed twice: the same request, made later, perhaps by newer rules. It changes nothing.
  const again = requests
    .filter(({ postingKey }) => /in_1|po_1/.test(postingKey))
    .map((value) => ({ ...value, requestedAt: value.requestedAt + 60_000, mappingVersion: 'newer' }));
  await publish(again);
  for (const value of again) await kafka.publish(await pod.poster.handle(asked(value), never));
}, 180_000);

afterAll(async () => {
  await pod?.close();
  await kafka?.close();
  await stack?.stop();
}, 60_000);

async function rows(): Promise<
  Record<string, { state: string; waiting_on: string[]; waiting_released: string[]; posting_date: string | null; half: unknown }>
> {
  const all = await pod.database.query<
    { posting_key: string; state: string; waiting_on: string[]; waiting_released: string[]; posting_date: string | null; half: unknown }[]
  >(`select posting_key, state, waiting_on, waiting_released, posting_date, half from erp_sink.posting`);
  return Object.fromEntries(all.map(({ posting_key, ...row }) => [posting_key.split('/')[2], row]));
}

it('rebuilds documents of all kinds, with what they wait for, their moved dates and their halves, to the same digest', async () => {
  const before = await rows();
  expect(before).toMatchObject({
    ap_released: { state: 'posted' },
    ap_waits: { state: 'waiting', waiting_released: [`${target}/invoice/in_saved`] },
    ap_in_time: { state: 'waiting', waiting_on: [`${target}/invoice/in_never`] },
    ap_held: { state: 'held', waiting_on: [`${target}/invoice/in_never`] },
    ch_moved: { state: 'posted', posting_date: '2026-11-01' },
    in_half: { state: 'held', half: { missing: ['l2'] } },
  });
  const original = await digestLedger(pod.database, target);
  const decideAt = await pod.database.query<{ decide_at: Date }[]>(`select decide_at from erp_sink.posting where decide_at is not null`);
  await pod.database.query('truncate erp_sink.posting, erp_sink.outcome, erp_sink.batch');

  const options: RebuildOptions = {
    database: pod.database,
    connector: erp,
    connection: { brokers: stack.brokers, clientId: 'books-rebuild' },
    codec,
    target,
    group,
    settleMs: 10,
    lookConcurrency: 4,
    looksPerSecond: 1_000,
    onProgress: () => undefined,
    signal: never,
    persons: () => Promise.resolve({ runBy: ada, approvedBy: bob }),
  };
  // Who approved it may not any more when the ledger is about to be replaced: what was there stays.
  let looked = 0;
  const withdrawn = (): Promise<RebuildPersons> => {
    looked += 1;
    return looked === 1 ? options.persons() : Promise.reject(new RebuildRefusedError('the token was withdrawn'));
  };
  const lost = await digestLedger(pod.database, target);
  await expect(rebuildLedger({ ...options, persons: withdrawn })).rejects.toMatchObject({ code: 'rebuild.needs-second-person' });
  expect([looked, await digestLedger(pod.database, target)]).toEqual([2, lost]);
  const rebuilt: LedgerRebuilt = await rebuildLedger(options);
  expect(await rows()).toEqual(before);
  const [report] = await pod.database.query<{ report: object }[]>(
    "select report from erp_sink.audit_outbox where report->>'action' = 'ledger.rebuilt'",
  );
  expect(report?.report).toMatchObject({ subject: 'person:ada', details: { approvedBy: { subject: 'person:bob', tokenId: 'approval' } } });
  expect({ conflicts: rebuilt.conflicts, said: rebuilt.said }).toEqual({ conflicts: [], said: 0 });
  expect(rebuilt.after.digest).toBe(original.digest);
  // Waiting times do not start anew, and batches that an operator releases are still marked.
  expect(await pod.database.query(`select decide_at from erp_sink.posting where decide_at is not null`)).toEqual(decideAt);
  expect(
    await pod.database.query(
      `select kind, mode, by_person, state = 'released' as released from erp_sink.batch order by kind, by_person, state desc`,
    ),
  ).toEqual([
    { kind: 'application-group', mode: 'named', by_person: false, released: true },
    { kind: 'cash-group', mode: 'named', by_person: false, released: true },
    { kind: 'invoice-group', mode: 'named', by_person: false, released: true },
    // The batch with the half document.
    { kind: 'invoice-group', mode: 'named', by_person: false, released: false },
    { kind: 'invoice-group', mode: 'named', by_person: true, released: false },
    { kind: 'journal-group', mode: 'assigned', by_person: false, released: true },
  ]);
}, 120_000);

it('goes on where it was: nothing is posted again, and what waited is sent when a person has released', async () => {
  const documents = erp.documents.length;
  const [saved] = await pod.database.query<{ batch_id: string }[]>(`select batch_id from erp_sink.batch where by_person`);
  erp.batches.set(saved?.batch_id ?? '', 'posted');
  for (let round = 0; erp.present(`${target}/application/ap_waits`) === undefined; round += 1) {
    if (round > 200) throw new Error('it was not sent');
    await pod.sweeper.sweep();
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  expect(erp.documents).toHaveLength(documents + 1);
}, 60_000);
