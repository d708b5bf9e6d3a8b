import { startStack } from '@tributary/local-stack';
import type { StoredRequest } from './emit/ledger/ledger-row.js';
import { FakeErp } from './testing/fake-erp.js';
import { Published, startPod } from './testing/harness.js';
import type { Pod } from './testing/harness.js';
import { aCustomer, aReceipt, asked } from './testing/makers.js';

/**
 * Failures that were reported for similar systems, reproduced against the posting ledger. Each test names its report; failures of the
 * transport are tested in libs/messaging.
 */
let stack: Awaited<ReturnType<typeof startStack>>;
let pods: Pod[] = [];
let published: Published;
let erp: FakeErp;
const never = new AbortController().signal;
const receipt = 'fake-main/cash-receipt/ch_1';
const customer = 'fake-main/customer/cus_1';

beforeAll(async () => {
  stack = await startStack({ postgres: true });
}, 120_000);
afterAll(async () => {
  await stack?.stop();
});
beforeEach(() => {
  published = new Published();
  erp = new FakeErp();
});
afterEach(async () => {
  const [first] = pods;
  if (first) await first.database.query('truncate erp_sink.posting, erp_sink.outcome, erp_sink.batch');
  for (const pod of pods) await pod.close();
  pods = [];
});

async function aPod(): Promise<Pod> {
  const pod = await startPod(stack.databaseUrl, erp, published);
  pods.push(pod);
  return pod;
}

/** Handles a request as the transport does: publishes the result, and retries what may succeed later. */
async function deliver(pod: Pod, request: StoredRequest): Promise<void> {
  for (;;) {
    try {
      return await published.publish(await pod.poster.handle(request, never));
    } catch (error) {
      const { disposition } = error as { disposition?: string };
      if (disposition === 'hold') return; // a dead letter, for an operator; the outcome is published
      if (disposition === 'reject') throw error;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}
const upsert = (version: bigint, name: string): StoredRequest =>
  asked(aCustomer('cus_1', { protocol: 'versioned-upsert', version, digest: name, fields: { Name: name } }), `request ${name}`);

/** Collects the names in the posts that the target receives, in order. */
function namesPosted(): string[] {
  const names: string[] = [];
  erp.onPost = ({ fields }) => {
    names.push(String(fields.Name));
    return Promise.resolve();
  };
  return names;
}

it('frain-dev/convoy#2747: a check before an insert lets two through; eight workers at once make one document', async () => {
  const four = await Promise.all([aPod(), aPod(), aPod(), aPod()]);
  let together = 0;
  let most = 0;
  erp.onPost = async () => {
    most = Math.max(most, (together += 1));
    await new Promise((resolve) => setTimeout(resolve, 50)); // the window in which all of them could have looked and found nothing
    together -= 1;
  };
  await Promise.all([...four, ...four].map((pod) => deliver(pod, asked(aReceipt('ch_1')))));
  expect([erp.posts, erp.documents.length, most]).toEqual([1, 1, 1]);
  expect(published.resultsOf(receipt)).toEqual(['posted']);
});

it('frain-dev/convoy#2747: two requests of one charge at once, made by different mappings, make one document too', async () => {
  const [one, other] = [await aPod(), await aPod()];
  erp.onPost = () => new Promise((resolve) => setTimeout(resolve, 50));
  await Promise.all([
    deliver(one, asked(aReceipt('ch_1'))),
    deliver(other, asked(aReceipt('ch_1', { digest: 'another' }), 'another request')),
  ]);
  expect(erp.documents.map(({ key }) => key)).toEqual([receipt]);
});

it('getlago/lago#5482: a time-out after which the target commits all the same makes no second document', async () => {
  const pod = await aPod();
  erp.faults = { loses: 1, commitsAfterMs: 20 };
  await Promise.all([deliver(pod, asked(aReceipt('ch_1'))), deliver(pod, asked(aReceipt('ch_1')))]);
  await deliver(pod, asked(aReceipt('ch_1')));
  expect([erp.posts, erp.documents.length]).toEqual([1, 1]);
  expect(published.resultsOf(receipt)).toEqual(['adopted']);
});

it('getlago/lago#5482: as long as nobody can look, nothing is sent a second time', async () => {
  const pod = await aPod();
  erp.faults = { loses: 1 };
  erp.silent = true;
  await deliver(pod, asked(aReceipt('ch_1')));
  for (let round = 0; round < 20; round += 1) {
    await pod.sweeper.sweep();
    await deliver(pod, asked(aReceipt('ch_1')));
  }
  expect([erp.posts, erp.documents.length]).toEqual([1, 1]);
  expect(published.resultsOf(receipt)).toEqual(['held']);
});

it('frain-dev/convoy#1833: what may be in the target is counted, over workers; what surely is not burns no attempt', async () => {
  const first = await aPod();
  const refusals = Array.from({ length: 3 }, () => ({ kind: 'conflict', text: 'row is locked' }) as const);
  erp.answers.set(receipt, [...refusals]);
  for (let tries = 0; tries < 2; tries += 1) await expect(first.poster.handle(asked(aReceipt('ch_1')), never)).rejects.toThrow();
  await deliver(await aPod(), asked(aReceipt('ch_1')));
  expect([erp.posts, erp.documents.length]).toEqual([4, 1]);
  expect(published.conclusions()).toMatchObject([{ result: 'posted', attempts: 1 }]); // three were refused for now
});

it('stripe/sync-engine#268: two updates of one second are both told to the target, in their order', async () => {
  const pod = await aPod();
  const names = namesPosted();
  const second = 17_660_000_002n; // version of both: the same second and the same rank
  await deliver(pod, upsert(second, 'first of the second'));
  await deliver(pod, upsert(second, 'second of the second'));
  expect(names).toEqual(['first of the second', 'second of the second']);
  expect(published.resultsOf(customer)).toEqual(['posted', 'updated']);
});

it('redpanda-data/connect#4387: a batch that is replayed as a whole puts no older state over a newer one', async () => {
  const pod = await aPod();
  const names = namesPosted();
  const batch = [upsert(12n, 'one'), upsert(22n, 'two'), upsert(32n, 'three')];
  for (const request of [...batch, ...batch, ...batch.toReversed()]) await deliver(pod, request);
  expect(names).toEqual(['one', 'two', 'three']);
  expect((await pod.reader.posting(customer))?.state).toBe('posted');
});

it('Aiven-Open/http-connector-for-apache-kafka#265: a slow target gets a document once, however often it is asked for meanwhile', async () => {
  const [slow, impatient] = [await aPod(), await aPod()];
  let release = (): void => undefined;
  const answered = new Promise<void>((resolve) => (release = resolve));
  let calls = 0;
  erp.onPost = async () => {
    calls += 1;
    if (calls === 1) await answered;
  };
  const first = deliver(slow, asked(aReceipt('ch_1')));
  while (calls === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  // Redeliveries to another worker also wait while the first worker waits for its answer.
  const again = Array.from({ length: 5 }, () => deliver(impatient, asked(aReceipt('ch_1'))));
  await new Promise((resolve) => setTimeout(resolve, 300)); // below the longest call of the connector
  expect(erp.posts).toBe(1);
  release();
  await Promise.all([first, ...again]);
  await deliver(impatient, asked(aReceipt('ch_1')));
  expect([erp.posts, erp.documents.length]).toEqual([1, 1]);
});
