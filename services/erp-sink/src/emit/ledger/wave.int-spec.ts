import type { BooksErp } from '../../testing/books-erp.js';
import type { Pod } from '../../testing/harness.js';
import { aReceipt, asked } from '../../testing/makers.js';
import { useSink } from '../../testing/sink-fixture.js';
import type { StoredRequest } from './ledger-row.js';
import { rowWrites, takenError } from './row-writes.js';
import { PostingTakenError } from '../posting.errors.js';

const sink = useSink();
const never = new AbortController().signal;
let erp: BooksErp;
let pod: Pod;

beforeEach(async () => {
  ({ erp } = sink);
  pod = await sink.pod();
});

const receipts = (count: number): StoredRequest[] => Array.from({ length: count }, (_, index) => asked(aReceipt(`ch_${index}`)));
const keyOf = ({ value }: StoredRequest): string => value.postingKey;

/** Claims postings in one wave. @returns each step, in their order. */
const claimed = (requests: readonly StoredRequest[]) => Promise.all(requests.map((request) => pod.ledger.arrive(request)));
const posted = (fence: number) => ({ kind: 'answered', fence, answer: { kind: 'posted', reference: { id: `doc-${fence}` } } }) as const;

async function rows(): Promise<Record<string, { state: string; fence: string }>> {
  const all = await pod.database.query<{ posting_key: string; state: string; fence: string }[]>(
    'select posting_key, state, fence from erp_sink.posting',
  );
  return Object.fromEntries(all.map(({ posting_key, state, fence }) => [posting_key, { state, fence }]));
}

it('records the others of a wave in which one was taken over by another worker, and nothing of that one', async () => {
  const requests = receipts(4);
  const steps = await claimed(requests);
  const [stolen] = requests as [StoredRequest];
  await pod.database.query(`update erp_sink.posting set fence = fence + 1 where posting_key = $1`, [keyOf(stolen)]);
  const reported = await Promise.all(
    steps.map(({ row }) => pod.ledger.report(row.key, posted(row.posting.fence), { due: false, known: row.stored })),
  );
  expect(reported.map(({ next }) => next?.kind)).toEqual(['fenced', undefined, undefined, undefined]);
  const outcomes = await pod.database.query<{ posting_key: string }[]>('select posting_key from erp_sink.outcome order by posting_key');
  expect(outcomes.map(({ posting_key }) => posting_key)).toEqual(requests.slice(1).map(keyOf));
  expect((await rows())[keyOf(stolen)]).toMatchObject({ state: 'claimed' });
});

it('records the others of a wave in which one breaks a constraint, with row and outcome or with neither', async () => {
  await pod.database.query(`alter table erp_sink.outcome add constraint no_ch_2 check (posting_key not like '%/ch_2') not valid`);
  try {
    const steps = await claimed(receipts(5));
    const ends = await Promise.allSettled(
      steps.map(({ row }) => pod.ledger.report(row.key, posted(row.posting.fence), { due: false, known: row.stored })),
    );
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    const states = Object.values(await rows()).map(({ state }) => state);
    expect(states.sort()).toEqual(['claimed', 'posted', 'posted', 'posted', 'posted']);
    expect(await pod.database.query('select 1 from erp_sink.outcome')).toHaveLength(4);
  } finally {
    await pod.database.query('alter table erp_sink.outcome drop constraint no_ch_2');
  }
});

it('writes nothing when a row has another fence than the one that was read', async () => {
  const [step] = await claimed(receipts(1));
  const { row } = step!;
  const written = { posting_key: row.key, was: row.posting.fence + 1, state: 'posted', fence: row.posting.fence + 1 };
  const [write] = rowWrites([written]);
  const problem: unknown = await pod.database.query(write!.text, [...write!.values!]).catch((error: unknown) => takenError(error));
  expect(problem).toBeInstanceOf(PostingTakenError);
  expect((await rows())[row.key]).toMatchObject({ state: 'claimed' });
});

it('has recorded all of a wave or nothing when PostgreSQL ends its connection in the middle, and posts each once afterwards', async () => {
  const requests = receipts(30);
  // Every new row waits a moment, in which its connection is ended.
  await pod.database.query(
    `create function erp_sink.slow() returns trigger language plpgsql as 'begin perform pg_sleep(0.02); return new; end'`,
  );
  await pod.database.query('create trigger slow before update on erp_sink.posting for each row execute function erp_sink.slow()');
  try {
    const work = Promise.allSettled(requests.map((request) => pod.ledger.arrive(request)));
    const end = () =>
      pod.database.query<unknown[]>(
        `select pg_terminate_backend(pid) from pg_stat_activity where query like '%update erp_sink.posting p%' and pid <> pg_backend_pid()`,
      );
    while ((await end()).length === 0) await sink.pause(10);
    const ends = await work;
    expect(ends.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
    expect(await pod.database.query('select 1 from erp_sink.posting')).toHaveLength(
      ends.filter(({ status }) => status === 'fulfilled').length,
    );
  } finally {
    await pod.database.query('drop function erp_sink.slow cascade');
  }
  await pod.database.query('truncate erp_sink.posting, erp_sink.outcome');
  await Promise.all(requests.map((request) => sink.deliver(pod, request)));
  expect(erp.documents.map(({ key }) => key).sort()).toEqual(requests.map(keyOf).sort());
});

it('takes a posting that another pod inserted while this one waited for it', async () => {
  const [request] = receipts(1) as [StoredRequest];
  const other = pod.database.createQueryRunner();
  await other.startTransaction();
  await other.query(`insert into erp_sink.posting (posting_key, target, kind) values ($1, 'fake-main', 'cash-receipt')`, [keyOf(request)]);
  const taken = pod.poster.handle(request, never);
  await sink.pause(100);
  await other.commitTransaction();
  await other.release();
  expect((await taken)[0]?.value).toMatchObject({ result: 'posted', attempts: 1 });
});
