import { startStack } from '@tributary/local-stack';
import type { PayloadCipher } from '@tributary/persistence';
import type { StoredRequest } from '../emit/ledger/ledger-row.js';
import { BooksErp } from './books-erp.js';
import { seeded } from './fake-erp.js';
import { Published, startPod } from './harness.js';
import type { Pod } from './harness.js';

const never = new AbortController().signal;
/** Rounds of the sweeper that a test waits for, 20 ms apart. */
const mostRounds = 400;

/** What a spec of the sink works with: a ledger in PostgreSQL, a fake ERP, and pods over both. Fresh for each test. */
export interface SinkFixture {
  readonly erp: BooksErp;
  readonly published: Published;
  readonly databaseUrl: string;
  /** Replaces the ERP by one whose faults follow this seed. Before the first pod. */
  seedErp(seed: number): BooksErp;
  /** Starts one more pod. It is closed after the test. */
  pod(settings?: Readonly<Record<string, string>>, payloads?: PayloadCipher): Promise<Pod>;
  /** Handles a request as the transport does: publishes the result, and retries what may succeed later. */
  deliver(pod: Pod, request: StoredRequest): Promise<void>;
  /** Waits until the condition holds, for work that runs in the background. @throws after 8 s. */
  until(done: () => boolean): Promise<void>;
  pause(ms: number): Promise<void>;
  /** Sweeps until the condition holds. @throws after 8 s, with the states of the ledger. */
  sweepUntil(pod: Pod, done: () => Promise<boolean> | boolean): Promise<void>;
}

/** Registers the set-up of a spec. Call it once, at the top of the file. */
export function useSink(): SinkFixture {
  let stack: Awaited<ReturnType<typeof startStack>> | undefined;
  let pods: Pod[] = [];
  let erp = new BooksErp();
  let published = new Published();
  const databaseUrl = (): string => stack?.databaseUrl ?? '';

  beforeAll(async () => {
    stack = await startStack({ postgres: true });
  }, 120_000);
  afterAll(async () => {
    await stack?.stop();
  });
  beforeEach(() => {
    erp = new BooksErp();
    published = new Published();
  });
  afterEach(async () => {
    for (const pod of pods) await pod.sweeper.beforeApplicationShutdown();
    await pods[0]?.database.query(
      'truncate erp_sink.posting, erp_sink.outcome, erp_sink.batch, erp_sink.release_order, erp_sink.audit_outbox, erp_sink.target_pause',
    );
    for (const pod of pods) await pod.close();
    pods = [];
  });

  return {
    get erp() {
      return erp;
    },
    get published() {
      return published;
    },
    get databaseUrl() {
      return databaseUrl();
    },
    seedErp(seed) {
      return (erp = new BooksErp(seeded(seed)));
    },
    async pod(settings = {}, payloads) {
      const pod = await startPod(databaseUrl(), erp, published, settings, payloads);
      pods.push(pod);
      return pod;
    },
    async deliver(pod, request) {
      for (;;) {
        try {
          return await published.publish(await pod.poster.handle(request, never));
        } catch (error) {
          const { disposition } = error as { disposition?: string };
          if (disposition === 'hold') return;
          if (disposition !== 'retry' && disposition !== 'pause') throw error;
          await pause(5);
        }
      }
    },
    async until(done) {
      for (let round = 0; !done(); round += 1) {
        if (round > mostRounds) throw new Error(`it did not happen: ${JSON.stringify(await unfinished(pods[0]))}`);
        await pause(20);
      }
    },
    pause,
    async sweepUntil(pod, done) {
      for (let round = 0; !(await done()); round += 1) {
        if (round > mostRounds) throw new Error(`nothing more happened: ${JSON.stringify(await pod.reader.counts())}`);
        await pod.sweeper.sweep();
        await pause(20);
      }
    },
  };
}

/** Diagnostics of a wait that timed out: every posting and every batch that is not released. */
async function unfinished(pod: Pod | undefined): Promise<unknown> {
  const postings = await pod?.database.query<unknown[]>(
    `select posting_key, state, waiting_on, batch_id, half, text, attempts, sent_at, lease_until, not_before, recheck_at from erp_sink.posting where state <> 'posted' or (not released and batch_id is not null)`,
  );
  const batches = await pod?.database.query<unknown[]>(`select * from erp_sink.batch where state <> 'released'`);
  return { postings, batches };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
