import type { ErpConnector } from '@tributary/connector-kit';
import { authorOf } from '@tributary/identity';
import { reportToAudit } from '@tributary/persistence';
import { GroupAdmin } from '@tributary/messaging';
import type { KafkaConnection, WireCodec } from '@tributary/messaging';
import type { DataSource, EntityManager } from 'typeorm';
import type { RebuildConflict, Rebuilt } from './decide/evidence.js';
import { rebuiltPosting } from './decide/rebuilt-posting.js';
import { BatchRebuild } from './batch-rebuild.js';
import { listTarget, lookAgain } from './erp-evidence.js';
import type { ErpCounts } from './erp-evidence.js';
import type { ErpEvidenceOptions } from './erp-evidence-options.js';
import { evidencePages } from './evidence-pages.js';
import { digestLedger } from './ledger-digest.js';
import type { LedgerDigest } from './ledger-digest.js';
import { LedgerInUseError, lockLedger } from './ledger-lock.js';
import { LedgerWriter } from './ledger-writer.js';
import type { WrittenPosting } from './ledger-writer.js';
import { clearStaging } from './staging.js';
import type { LookForPersons, RebuildPersons } from './two-persons.js';
import { readTopics } from './topic-evidence.js';
import type { TopicCounts } from './topic-evidence.js';

/** What a rebuild of a ledger needs. */
export interface RebuildOptions {
  readonly database: DataSource;
  readonly connector: ErpConnector;
  readonly connection: KafkaConnection;
  readonly codec: WireCodec;
  readonly target: string;
  /** Consumer group of the target's sink. */
  readonly group: string;
  readonly settleMs: number;
  readonly lookConcurrency: number;
  readonly looksPerSecond: number;
  /** Reports progress in one readable line. */
  onProgress(line: string): void;
  readonly signal: AbortSignal;
  /** Asked when the rebuild begins, and again before the ledger is replaced. */
  readonly persons: LookForPersons;
}

/** What a rebuild of a ledger did. */
export interface LedgerRebuilt {
  readonly before: LedgerDigest;
  readonly after: LedgerDigest;
  readonly topics: TopicCounts;
  readonly erp: ErpCounts;
  /** Number of postings by the source that shows their document, and by state. */
  readonly found: Readonly<Record<Rebuilt['found'], number>>;
  readonly states: Readonly<Record<string, number>>;
  /** Outcomes that the rebuild recorded itself: the sink publishes them when it starts. */
  readonly said: number;
  readonly batches: number;
  readonly conflicts: readonly RebuildConflict[];
}

/**
 * Rebuilds the posting ledger of a target from topics and lookups (I9). The old ledger stays until the last transaction, so a rebuild can
 * be killed at any time and run again; evidence that was read is kept.
 * @throws {LedgerInUseError} while the sink of the target runs.
 * @throws {RebuildRefusedError} when nobody approved it, or not any more.
 */
export async function rebuildLedger(options: RebuildOptions): Promise<LedgerRebuilt> {
  const { database, target } = options;
  await options.persons();
  const unlock = await lockLedger(database, target);
  try {
    await refuseMembers(options);
    const before = await digestLedger(database, target);
    const { topics, looking } = await gather(options);
    const erp = await lookAgain(looking);
    const written = await database.transaction((tx) => writeAll(tx, options));
    const after = await digestLedger(database, target);
    await clearStaging(database, target, 'everything');
    return { before, after, topics, erp, ...written };
  } finally {
    await unlock();
  }
}

/** Reads topics and target concurrently: while the sink is stopped neither changes the other. The first failure stops both. */
async function gather(options: RebuildOptions): Promise<{ readonly topics: TopicCounts; readonly looking: ErpEvidenceOptions }> {
  const failed = new AbortController();
  const looking: ErpEvidenceOptions = {
    ...options,
    concurrency: options.lookConcurrency,
    perSecond: options.looksPerSecond,
    onProgress: (what, done) => options.onProgress(`target: ${done} ${what}`),
  };
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const onProgress = (done: number, total: number): void => options.onProgress(`topics: ${done} of ${total} records`);
  try {
    const [topics] = await Promise.all([readTopics({ ...options, signal, onProgress }), listTarget({ ...looking, signal })]);
    return { topics, looking };
  } catch (error) {
    failed.abort(error);
    throw error;
  }
}

/** A sink that is still connected to a lost database holds no lock here, so a rebuild is refused while the consumer group has members. */
async function refuseMembers({ connection, group, target }: RebuildOptions): Promise<void> {
  const members = await GroupAdmin.members(connection, group);
  if (members > 0)
    throw new LedgerInUseError(
      `rebuilding the ledger of ${target}: ${members} members are in group ${group}. Stop the sink; one that was killed leaves the group by itself within its session timeout`,
      { target, group },
    );
}

async function reportRebuild(
  tx: EntityManager,
  target: string,
  { runBy: { subject, name }, approvedBy }: RebuildPersons,
  { states, batches, conflicts }: Written,
): Promise<void> {
  await reportToAudit((text, parameters) => tx.query(text, [...parameters]), 'erp_sink', {
    subject,
    name,
    action: 'ledger.rebuilt',
    object: `ledger:${target}`,
    target,
    details: {
      ...{ states, batches, conflicts: conflicts.length },
      ...(approvedBy ? { approvedBy: authorOf(approvedBy) } : {}),
    },
  });
}

type Written = Pick<LedgerRebuilt, 'found' | 'states' | 'said' | 'batches' | 'conflicts'>;

async function writeAll(tx: EntityManager, options: RebuildOptions): Promise<Written> {
  const { target, connector, signal, onProgress } = options;
  await tx.query(`set local statement_timeout = '10min'`);
  const [clock] = await tx.query<{ now: Date }[]>('select clock_timestamp() as now');
  const at = clock?.now ?? new Date();
  // Fences count claims from 0. Seconds since the epoch are above all of them, and above those of an earlier rebuild.
  const fence = Math.trunc(at.getTime() / 1_000);
  const writer = new LedgerWriter(tx, target, fence, at);
  const batches = new BatchRebuild(connector);
  const found = { topics: 0, adopted: 0, 'erp-only': 0, none: 0 };
  const states: Record<string, number> = {};
  const conflicts: RebuildConflict[] = [];
  let [said, done] = [0, 0];
  await writer.begin();
  for await (const page of evidencePages({ database: tx, target, connector })) {
    const rebuilt = page.map((evidence) => rebuiltPosting(evidence, at.getTime()));
    const postings: WrittenPosting[] = [];
    for (const { posting, outcomes, conflict, found: where } of rebuilt) {
      if (conflict) conflicts.push(conflict);
      said += outcomes.filter(({ fresh }) => fresh).length;
      if (!posting) continue;
      found[where] += 1;
      states[posting.state] = (states[posting.state] ?? 0) + 1;
      const saidAt = outcomes.reduce((newest, { event }) => Math.max(newest, event.concludedAt), 0);
      postings.push({ posting, batchId: batches.batchOf(posting, saidAt || at.getTime()), text: conflict?.text });
    }
    await writer.postings(postings);
    await writer.outcomes(rebuilt.flatMap(({ outcomes }) => outcomes));
    done += page.length;
    onProgress(`ledger: ${done} postings`);
    signal.throwIfAborted();
  }
  await writer.end();
  const written = { found, states, said, conflicts, batches: await batches.write(tx, target, fence, at, signal) };
  await reportRebuild(tx, target, await options.persons(), written);
  return written;
}
