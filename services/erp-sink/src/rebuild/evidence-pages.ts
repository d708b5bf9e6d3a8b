import type { PostingConcluded, PostingRequested } from '@tributary/contracts';
import type { ErpConnector, ErpListedDocument, ErpReference } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import { isDeadLetterTopic } from '@tributary/messaging';
import { payloadsOf } from '@tributary/persistence';
import type { DataSource, EntityManager } from 'typeorm';
import { fromLedgerJson } from '../emit/ledger/ledger-json.js';
import { fromStorable } from '../emit/ledger/storable-text.js';
import { grouped } from './grouped.js';
import { openedStaged, stagedPayloads } from './staged-payloads.js';
import type { PostingEvidence, RequestEvidence, OutcomeEvidence } from './decide/evidence.js';

/** Where evidence is read from. */
export interface EvidenceSource {
  readonly database: DataSource | EntityManager;
  readonly target: string;
  readonly connector: ErpConnector;
}

const keysPerPage = 1_000;

interface KeyRow {
  readonly posting_key: string;
  readonly kind: string;
}

/** All evidence in the staging tables, one posting key after the other. */
export async function* evidencePages(source: EvidenceSource): AsyncGenerator<PostingEvidence[]> {
  let after = '';
  for (;;) {
    const keys = await nextKeys(source, after);
    const last = keys.at(-1);
    if (!last) return;
    yield await evidenceOf(source, keys);
    after = last.posting_key;
  }
}

/**
 * The next posting keys, including those that only the target knows. In the order of their bytes, whatever the collation of the database.
 */
async function nextKeys({ database, target }: EvidenceSource, after: string): Promise<KeyRow[]> {
  const branch = (table: string, key: string, more = ''): string =>
    `(select distinct on (${key} collate "C") ${key} as posting_key, kind from erp_sink_rebuild.${table}
      where target = $1 and ${key} collate "C" > $2 ${more} order by ${key} collate "C" limit ${keysPerPage})`;
  return database.query<KeyRow[]>(
    `select distinct on (posting_key collate "C") posting_key, kind from (
       ${branch('request', 'posting_key')} union all ${branch('word', 'posting_key')} union all ${branch('cross_reference', 'posting_key')}
       union all ${branch('document', 'planted_key', `and starts_with(planted_key, $3)`)}) as known
     order by posting_key collate "C" limit ${keysPerPage}`,
    [target, after, `${target}/`],
  );
}

async function evidenceOf(source: EvidenceSource, keys: readonly KeyRow[]): Promise<PostingEvidence[]> {
  const { database, target } = source;
  const parameters = [target, keys.map(({ posting_key }) => posting_key)];
  const requests = await database.query<RequestRow[]>(
    `select r.target, r.posting_key, r.request_id, r.record_key, r.written_at, r.value, r.topic, r.partition, r."offset", r.headers, d.request_id is not null as dead_lettered
     from erp_sink_rebuild.request r left join erp_sink_rebuild.dead_letter d on d.target = r.target and d.request_id = r.request_id
     where r.target = $1 and r.posting_key = any($2) order by r.written_at, r.topic, r.partition, r."offset"`,
    parameters,
  );
  const words = await database.query<WordRow[]>(
    `select target, partition, posting_key, record_key, number, "offset", event from erp_sink_rebuild.word where target = $1 and posting_key = any($2) order by "offset"`,
    parameters,
  );
  const references = await database.query<{ posting_key: string; reference: ErpReference }[]>(
    'select posting_key, reference from erp_sink_rebuild.cross_reference where target = $1 and posting_key = any($2)',
    parameters,
  );
  const documents = await documentsOf(source, keys);
  const cipher = payloadsOf(database);
  const requestsBy = grouped(requests, ({ posting_key }) => posting_key);
  const wordsBy = grouped(words, ({ posting_key }) => posting_key);
  const referenceBy = new Map(references.map(({ posting_key, reference }) => [posting_key, fromLedgerJson<ErpReference>(reference)]));
  return keys.map(({ posting_key: postingKey, kind }) => ({
    postingKey,
    target,
    kind,
    requests: (requestsBy.get(postingKey) ?? []).map((row) => requestOf(openedStaged(cipher, stagedPayloads.request, row))),
    words: (wordsBy.get(postingKey) ?? []).map((row) => wordOf(openedStaged(cipher, stagedPayloads.word, row))),
    crossReference: referenceBy.get(postingKey),
    documents: documents.get(postingKey),
  }));
}

/** What the target showed for each key. A key is missing where it was not asked for. */
async function documentsOf(
  { database, target, connector }: EvidenceSource,
  keys: readonly KeyRow[],
): Promise<Map<string, ErpListedDocument[]>> {
  const marks = keys.map(({ posting_key, kind }) => connector.marksOf?.(posting_key as PostingKey, kind) ?? [posting_key]);
  const stored = await database.query<{ kind: string; mark: string; name: string; document: ErpListedDocument }[]>(
    'select target, kind, mark, name, document from erp_sink_rebuild.document where target = $1 and mark = any($2)',
    [target, marks.flat()],
  );
  const rows = stored.map((row) => openedStaged(payloadsOf(database), stagedPayloads.document, row));
  const looks = await database.query<{ kind: string }[]>('select kind from erp_sink_rebuild.look where target = $1 and done', [target]);
  const listed = new Set(looks.map(({ kind }) => kind));
  const byMark = grouped(rows, ({ kind, mark }) => `${kind} ${mark}`);
  const found = new Map<string, ErpListedDocument[]>();
  keys.forEach(({ posting_key, kind }, index) => {
    const own = (marks[index] ?? []).flatMap((mark) => byMark.get(`${kind} ${mark}`) ?? []);
    if (own.length > 0 || listed.has(kind))
      found.set(posting_key, [...new Map(own.map((row) => [row.name, fromLedgerJson<ErpListedDocument>(row.document)])).values()]);
  });
  return found;
}

interface RequestRow {
  readonly posting_key: string;
  readonly request_id: string;
  readonly record_key: string;
  readonly written_at: string;
  readonly value: unknown;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly headers: Record<string, string>;
  readonly dead_lettered: boolean;
}

interface WordRow {
  readonly posting_key: string;
  readonly record_key: string;
  readonly number: number;
  readonly offset: string;
  readonly event: unknown;
}

function requestOf(row: RequestRow): RequestEvidence {
  return {
    requestId: fromStorable(row.request_id),
    recordKey: fromStorable(row.record_key),
    value: fromLedgerJson<PostingRequested>(row.value),
    writtenAt: Number(row.written_at),
    origin: isDeadLetterTopic(row.topic)
      ? undefined
      : { partition: row.partition, offset: row.offset, headers: fromLedgerJson(row.headers) },
    deadLettered: row.dead_lettered,
  };
}

function wordOf(row: WordRow): OutcomeEvidence {
  return {
    event: fromLedgerJson<PostingConcluded>(row.event),
    recordKey: fromStorable(row.record_key),
    number: row.number,
    offset: BigInt(row.offset),
  };
}
