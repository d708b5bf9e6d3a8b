import { setTimeout as sleep } from 'node:timers/promises';
import { ErpDuplicateDocumentError } from '@tributary/connector-kit';
import type { ErpConnector, ErpFound, ErpLineHandle, ErpListedDocument, ErpPage, ErpReference } from '@tributary/connector-kit';
import { dispositionOf } from '@tributary/domain';
import type { PostingKey } from '@tributary/domain';
import type { DataSource } from 'typeorm';
import { isUnsettled } from './decide/request-history.js';
import { evidencePages } from './evidence-pages.js';
import { clearStaging, insertRows } from './staging.js';

/** How the target is asked for its documents. */
export interface ErpEvidenceOptions {
  readonly database: DataSource;
  readonly target: string;
  readonly connector: ErpConnector;
  /** Time that the target may need to show what it has committed, ms. */
  readonly settleMs: number;
  /** Look-ups side by side, and at most so many a second. */
  readonly concurrency: number;
  readonly perSecond: number;
  onProgress(what: string, done: number): void;
  readonly signal: AbortSignal;
}

/** How many documents were listed and looked up. */
export interface ErpCounts {
  /** Documents with a mark of ours. */
  readonly listed: number;
  /** Postings without a final outcome in the topics. */
  readonly unsettled: number;
  /** Of these, looked up one by one. */
  readonly lookedUp: number;
}

/** Documents that an earlier run listed are listed again after this time, ms. */
const staleAfterMs = 600_000;
/** More open questions than this are asked by going through all documents again. */
const listAgainAbove = 500;
const silentDelaysMs = [1_000, 2_000, 5_000, 10_000, 30_000, 30_000, 30_000];

/**
 * All documents with a mark of ours, page by page, where the target can be asked for them.
 * @throws {ErpSilentError | ErpUnauthorisedError} when it does not answer; a later run continues where this one ended.
 */
export async function listTarget(options: ErpEvidenceOptions): Promise<void> {
  await forgetStaleLooks(options.database, options.target);
  if (options.connector.list) await listAll(options);
}

/**
 * Once topics are read and documents are listed: what neither of them concludes is looked up once more, a settle delay later. A
 * document that two lookups do not find is absent (I3).
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

/** Kinds side by side; of each kind one page is stored while the next one is asked for. */
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

/** A page and the place that is reached are one transaction. */
async function store(database: DataSource, target: string, kind: string, { documents: shown, next }: ErpPage): Promise<void> {
  await database.transaction(async (tx) => {
    await insertRows(tx, ...documentRows(target, kind, shown));
    await tx.query('update erp_sink_rebuild.look set cursor = $3, done = $4 where target = $1 and kind = $2', [
      target,
      kind,
      next ?? null,
      next === undefined,
    ]);
  });
}

/** A posting without a known outcome, with the lines that its document has to have. */
interface OpenKey {
  readonly key: PostingKey;
  readonly kind: string;
  readonly lines: readonly ErpLineHandle[];
}

/** Keys that neither the topics nor the listing conclude. */
async function unsettledKeys(options: ErpEvidenceOptions): Promise<OpenKey[]> {
  const open: OpenKey[] = [];
  for await (const page of evidencePages(options))
    for (const evidence of page)
      if (!evidence.documents?.length && isUnsettled(evidence)) {
        const lines = evidence.requests.at(-1)?.value.lines ?? [];
        open.push({ key: evidence.postingKey as PostingKey, kind: evidence.kind, lines });
      }
  return open;
}

async function findEach(options: ErpEvidenceOptions, keys: readonly OpenKey[]): Promise<void> {
  const { connector, database, target, concurrency, perSecond, signal } = options;
  const queue = [...keys];
  const startedAt = Date.now();
  let asked = 0;
  const lane = async (): Promise<void> => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
      const { key, kind, lines } = one;
      await pause(startedAt + (asked++ * 1_000) / perSecond - Date.now(), signal);
      const found = await patiently(signal, () => documentsByKey(connector, one, signal));
      const marks = connector.marksOf?.(key, kind) ?? [key];
      const shown = found.map(({ reference, missing }): ErpListedDocument => ({
        reference,
        released: false,
        marks: marks.slice(0, 1),
        lineKeys: lines.map((line) => line.key).filter((line) => !missing.includes(line)),
      }));
      await insertRows(database.manager, ...documentRows(target, kind, shown));
      options.onProgress('look-ups', asked);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, keys.length) }, lane));
}

/** Two documents with one key are reported as a conflict, not thrown: the rebuild continues. */
async function documentsByKey(connector: ErpConnector, { key, kind, lines }: OpenKey, signal: AbortSignal): Promise<ErpFound[]> {
  try {
    const found = await connector.find(key, kind, signal, lines);
    return found ? [found] : [];
  } catch (error) {
    if (!(error instanceof ErpDuplicateDocumentError)) throw error;
    return (error.context.found ?? 'one, another')
      .split(', ')
      .map((document) => ({ reference: { document }, complete: true, missing: [] }));
  }
}

function documentRows(target: string, kind: string, documents: readonly ErpListedDocument[]): [string, string, object[]] {
  const rows = documents.flatMap((document) =>
    document.marks.map((mark) => ({
      target,
      kind,
      mark,
      name: nameOf(document.reference),
      planted_key: document.plantedKey ?? null,
      document,
    })),
  );
  return ['erp_sink_rebuild.document', 'target text, kind text, mark text, name text, planted_key text, document jsonb', rows];
}

function nameOf(reference: ErpReference): string {
  return JSON.stringify(Object.entries(reference).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Retries while the target does not answer. */
async function patiently<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      const delayMs = silentDelaysMs[attempt];
      if (dispositionOf(error) !== 'pause' || delayMs === undefined || signal.aborted) throw error;
      await pause(delayMs, signal);
    }
  }
}

/** Waits; returns early when the run is stopped, which the next step notices. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { signal }).catch(() => undefined);
}
