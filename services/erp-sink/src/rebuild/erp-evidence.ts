import type { ErpPage } from '@tributary/connector-kit';
import { payloadsOf } from '@tributary/persistence';
import type { DataSource } from 'typeorm';
import { findEach, unsettledKeys } from './document-lookups.js';
import { documentRows } from './document-rows.js';
import type { ErpEvidenceOptions } from './erp-evidence-options.js';
import { patiently, pause } from './patiently.js';
import { clearStaging, insertRows } from './staging.js';

/** How many documents were listed and looked up. */
export interface ErpCounts {
  /** Documents that carry one of our marks. */
  readonly listed: number;
  /** Postings without a final outcome in the topics. */
  readonly unsettled: number;
  /** Of these, looked up one by one. */
  readonly lookedUp: number;
}

/** Documents that an earlier run listed are listed again after this time, ms. */
const staleAfterMs = 600_000;
/** Above this number of unsettled postings, all documents are listed again instead of looked up one by one. */
const listAgainAbove = 500;

/**
 * Lists all documents that carry one of our marks, page by page, if the connector can list them.
 * @throws {ErpSilentError | ErpUnauthorisedError} when the target does not answer; a later run continues where this one ended.
 */
export async function listTarget(options: ErpEvidenceOptions): Promise<void> {
  await forgetStaleLooks(options.database, options.target);
  if (options.connector.list) await listAll(options);
}

/**
 * Looks up, a settle delay after topics are read and documents are listed, every posting that neither of them settles. A document that two
 * lookups do not find is absent (I3).
 * @throws {ErpSilentError | ErpUnauthorisedError} as {@link listTarget}.
 */
export async function lookAgain(options: ErpEvidenceOptions): Promise<ErpCounts> {
  const { connector, database, target, settleMs } = options;
  const open = await unsettledKeys(options);
  if (open.length === 0) return { listed: await documents(options), unsettled: 0, lookedUp: 0 };
  await pause(settleMs, options.signal);
  const again = connector.list !== undefined && open.length > listAgainAbove;
  if (again) {
    await database.query('delete from erp_sink_rebuild.look where target = $1', [target]);
    await listAll(options);
  } else {
    await findEach(options, open);
    if (!connector.list) {
      await pause(settleMs, options.signal);
      await findEach(options, await unsettledKeys(options));
    }
  }
  return { listed: await documents(options), unsettled: open.length, lookedUp: again ? 0 : open.length };
}

async function forgetStaleLooks(database: DataSource, target: string): Promise<void> {
  const [stale] = await database.query<unknown[]>(
    `select 1 from erp_sink_rebuild.look where target = $1 and started_at < now() - $2 * interval '1 ms' limit 1`,
    [target, staleAfterMs],
  );
  if (stale) await clearStaging(database, target, 'documents');
}

async function documents({ database, target }: ErpEvidenceOptions): Promise<number> {
  const [row] = await database.query<{ count: string }[]>(
    'select count(distinct (kind, name)) as count from erp_sink_rebuild.document where target = $1',
    [target],
  );
  return Number(row?.count ?? 0);
}

/** Lists all kinds concurrently. For each kind, one page is stored while the next one is requested. */
async function listAll(options: ErpEvidenceOptions): Promise<void> {
  let count = 0;
  const counted = (more: number): void => options.onProgress('documents of the target', (count += more));
  await Promise.all([...options.connector.capabilities].map((kind) => listKind(options, kind, counted)));
}

async function listKind(options: ErpEvidenceOptions, kind: string, counted: (more: number) => void): Promise<void> {
  const { connector, database, target, signal } = options;
  const list = (after: string | undefined): Promise<ErpPage> =>
    connector.list?.(kind, after, signal) ?? Promise.resolve({ documents: [], next: undefined });
  const [look] = await database.query<{ cursor: string | null; done: boolean }[]>(
    `insert into erp_sink_rebuild.look (target, kind, started_at) values ($1, $2, now())
     on conflict (target, kind) do update set kind = excluded.kind returning cursor, done`,
    [target, kind],
  );
  let cursor = look?.cursor ?? undefined;
  let done = look?.done ?? false;
  let storing = Promise.resolve();
  while (!done) {
    signal.throwIfAborted();
    const [page] = await Promise.all([patiently(signal, () => list(cursor)), storing]);
    cursor = page.next;
    done = cursor === undefined;
    storing = store(database, target, kind, page);
    storing.catch(() => undefined); // thrown by whoever waits for it next
    counted(page.documents.length);
  }
  await storing;
}

/** Stores a page and its cursor in one transaction, so that a later run continues after that page. */
async function store(database: DataSource, target: string, kind: string, { documents: shown, next }: ErpPage): Promise<void> {
  await database.transaction(async (tx) => {
    await insertRows(tx, ...documentRows(payloadsOf(tx), target, kind, shown));
    await tx.query('update erp_sink_rebuild.look set cursor = $3, done = $4 where target = $1 and kind = $2', [
      target,
      kind,
      next ?? null,
      next === undefined,
    ]);
  });
}
