import type { BooksErp } from '../../testing/books-erp.js';
import type { Pod, Published } from '../../testing/harness.js';
import { aReceipt, asked } from '../../testing/makers.js';
import { useSink } from '../../testing/sink-fixture.js';

const key = 'fake-main/cash-receipt/ch_1';
const never = new AbortController().signal;
const sink = useSink();
let pod: Pod;
let published: Published;
let erp: BooksErp;

beforeEach(async () => {
  ({ published, erp } = sink);
  pod = await sink.pod({ ERP_SETTLE_MS: '30', ERP_RECHECK_MS: '400,600', BATCH_IDLE_MS: '50' });
});

async function sweepFor(ms: number, until: () => boolean = () => false): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end && !until(); await new Promise((resolve) => setTimeout(resolve, 20)))
    await pod.sweeper.sweep();
}

/** Posts a document whose first call loses its answer. @returns a function that lets the first call commit, after both lookups. */
async function postWithLateCommit(): Promise<() => void> {
  let commit = (): void => undefined;
  erp.faults = { loses: 1, commitsWhen: new Promise<void>((resolve) => (commit = resolve)) };
  const handled = pod.poster.handle(asked(aReceipt('ch_1')), never);
  while (erp.posts === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  erp.faults = {};
  await published.publish(await handled);
  return commit;
}

it('sees that a first call came through after both looks: holds the posting with both references, and keeps its batch back', async () => {
  const commit = await postWithLateCommit();
  expect([published.resultsOf(key), erp.posts, erp.documents.length]).toEqual([['posted'], 2, 1]);
  commit();
  await sweepFor(3_000, () => published.resultsOf(key).includes('held'));

  expect(published.conclusions().at(-1)).toMatchObject({
    result: 'held',
    code: 'posting.duplicate-found',
    text: `looking for ${key}: erp.duplicate-document: looking for ${key}: there are 2: 1000, 1001`,
  });
  // Saved is not posted: neither document is in the general ledger of the ERP, so one can still be deleted.
  await sweepFor(700);
  expect(erp.releases).toBe(0);
  await expect(pod.poster.handle(asked(aReceipt('ch_1', { digest: 'replayed' }), 'a replay'), never)).rejects.toMatchObject({
    code: 'posting.duplicate-found',
    disposition: 'hold',
  });
  expect([erp.posts, erp.documents.length]).toEqual([2, 2]);

  erp.documents.pop(); // an operator deletes the duplicate
  await sweepFor(5_000, () => published.resultsOf(key).includes('released'));
  expect(published.resultsOf(key)).toEqual(['posted', 'held', 'held', 'adopted', 'released']);
  expect(erp.releases).toBe(1);
});

it('releases what was sent twice and is there once after its first recheck, and stops looking after the last', async () => {
  erp.answers.set(key, [{ kind: 'unknown', text: 'lost before it arrived' }]);
  await published.publish(await pod.poster.handle(asked(aReceipt('ch_1')), never));
  await sweepFor(300);
  expect(erp.releases).toBe(0);
  await sweepFor(5_000, () => published.resultsOf(key).includes('released'));
  expect(published.resultsOf(key)).toEqual(['posted', 'released']);
  await sweepFor(800);
  const [row] = await pod.database.query<unknown[]>('select resent_at, recheck_at, rechecks, lease_until from erp_sink.posting');
  expect(row).toEqual({ resent_at: null, recheck_at: null, rechecks: 2, lease_until: null });
});

it('releases the batch in which a late commit lies, though it was sent again in another one', async () => {
  erp.faults = { loses: 1, commitsAfterMs: 200 };
  const handled = pod.poster.handle(asked(aReceipt('ch_1')), never);
  while (erp.posts === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  // Its batch is released without it meanwhile, and the next post is rejected.
  await pod.database.query(`update erp_sink.batch set state = 'released'`);
  erp.faults = {};
  erp.answers.set(key, [{ kind: 'rejected', code: 'fake.number', text: 'this number is taken' }]);
  await expect(handled).rejects.toMatchObject({ code: 'erp.fake.number' });
  const batches = (): Promise<{ batch_id: string }[]> => pod.database.query('select batch_id from erp_sink.posting');
  expect(await batches()).toEqual([{ batch_id: 'S26112101' }]);
  await sweepFor(6_000, () => published.resultsOf(key).includes('released'));
  expect(published.resultsOf(key)).toEqual(['rejected', 'adopted', 'released']);
  expect(await batches()).toEqual([{ batch_id: 'S26112100' }]);
  expect(erp.batches.get('S26112100')).toBe('posted');
});
