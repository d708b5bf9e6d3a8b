import { createHash } from 'node:crypto';
import type { CustomerCrossReferenced, EventDefinition, PostingConcluded } from '@tributary/contracts';
import { headers, topics } from '@tributary/contracts';
import { derivedEventId, parsePostingKey } from '@tributary/domain';
import { definitionOf, readSpans, spansOf } from '@tributary/messaging';
import type { KafkaConnection, Outgoing, Publisher, WireCodec } from '@tributary/messaging';
import { payloadsOf } from '@tributary/persistence';
import type { PayloadCipher } from '@tributary/persistence';
import type { DataSource } from 'typeorm';
import { compareEntries } from './decide/compare-entries.js';
import type { LedgerEntry } from './decide/compare-entries.js';
import { fromLedgerJson } from '../emit/ledger/ledger-json.js';
import { openedRow, outcomePayloads, postingPayloads } from '../emit/ledger/ledger-payloads.js';
import { fromStorable } from '../emit/ledger/storable-text.js';
import { crossReference } from '../emit/publications.js';

/** Where cross-references are read from. */
export interface CrossReferenceOptions {
  readonly database: DataSource;
  readonly connection: KafkaConnection;
  readonly codec: WireCodec;
  readonly target: string;
  readonly signal: AbortSignal;
}

/** Digest and size of the cross-reference topics. */
export interface CrossReferenceDigest {
  readonly digest: string;
  readonly entries: number;
}

/** What a rebuild of the cross-references did. */
export interface CrossReferencesRebuilt {
  /** Documents that the ledger knows. */
  readonly expected: number;
  readonly missing: number;
  readonly different: number;
  /** In the topics but not in the ledger: kept, since a document may be looked up by its old reference. */
  readonly foreign: number;
  readonly before: CrossReferenceDigest;
  readonly after: CrossReferenceDigest;
}

const xrefTopics = [topics.xrefCustomer, topics.xrefItem, topics.xrefDocument];
const rowsPerPage = 2_000;
const publishAtOnce = 500;

/** Newest value per topic and record key, without tombstones. */
type Entries = Map<string, string>;

/** Rebuilds the cross-reference topics of a target from its ledger (I9). Publishes only what is missing or different. */
export async function rebuildCrossReferences(
  options: CrossReferenceOptions & { readonly publisher: Publisher },
): Promise<CrossReferencesRebuilt> {
  const there = await readEntries(options);
  const { expected, missing, different } = await compareEntries(there, fromLedger(options));
  const wanted = [...missing, ...different];
  for (let at = 0; at < wanted.length; at += publishAtOnce) await options.publisher.publish(wanted.slice(at, at + publishAtOnce));
  return {
    expected: expected.size,
    missing: missing.length,
    different: different.length,
    foreign: [...there.keys()].filter((name) => !expected.has(name)).length,
    before: digestOf(there),
    after: wanted.length === 0 ? digestOf(there) : digestOf(await readEntries(options)),
  };
}

/** The newest cross-reference of each key, as a digest. */
export async function digestCrossReferences(options: CrossReferenceOptions): Promise<CrossReferenceDigest> {
  return digestOf(await readEntries(options));
}

async function readEntries({ connection, codec, target, signal }: CrossReferenceOptions): Promise<Entries> {
  const entries: Entries = new Map();
  await readSpans({
    ...connection,
    spans: await spansOf(connection, xrefTopics),
    signal,
    onBatch: async (topic, _partition, messages) => {
      for (const message of messages) {
        const key = message.key?.toString('utf8') ?? '';
        if (!key.startsWith(`${target}/`)) continue;
        const event: EventDefinition<unknown> | undefined = definitionOf(String(message.headers[headers.type] ?? ''));
        const value = event && (await codec.decode(event, message.value));
        if (value) entries.set(`${topic} ${key}`, canonical(value));
        else entries.delete(`${topic} ${key}`);
      }
    },
  });
  return entries;
}

/** One entry per document; those of one fact share their record key. */
async function* fromLedger({ database, target }: CrossReferenceOptions): AsyncGenerator<LedgerEntry<Outgoing>> {
  let after = '';
  for (;;) {
    const rows = await database.query<Row[]>(
      `select p.posting_key, p.kind, p.reference, p.request_id, p.request, o.event, o.outcome_request, o.concluded_at
       from erp_sink.posting p left join lateral (
         select event, request_id as outcome_request, concluded_at from erp_sink.outcome where posting_key = p.posting_key and event->'reference' <> 'null'::jsonb
         order by concluded_at desc limit 1) o on true
       where p.target = $1 and p.reference is not null and p.posting_key collate "C" > $2 order by p.posting_key collate "C" limit ${rowsPerPage}`,
      [target, after],
    );
    for (const row of rows) yield entryOf(target, readable(payloadsOf(database), row));
    const last = rows.at(-1);
    if (!last || rows.length < rowsPerPage) return;
    after = last.posting_key;
  }
}

interface Row {
  readonly posting_key: string;
  readonly kind: string;
  readonly reference: Record<string, string>;
  readonly request_id: string | null;
  readonly request: { readonly sourceEventId?: string; readonly sequence?: string } | null;
  readonly event: unknown;
  readonly outcome_request: string | null;
  readonly concluded_at: Date | null;
}

/** A row with its request and outcome as they were. */
function readable(cipher: PayloadCipher, row: Row): Row {
  const { request } = openedRow(cipher, postingPayloads, [row.posting_key], { request: row.request });
  const { event } = openedRow(cipher, outcomePayloads, [row.outcome_request ?? ''], { event: row.event });
  return { ...row, request, event };
}

function entryOf(target: string, row: Row): LedgerEntry<Outgoing> {
  const message = messageOf(target, row);
  return { name: `${message.event.topic} ${message.key}`, says: canonical(message.value), at: row.concluded_at?.getTime() ?? 0, message };
}

function messageOf(target: string, row: Row): Outgoing {
  const { posting_key: postingKey, kind } = row;
  const reference = fromLedgerJson<Record<string, string>>(row.reference);
  const said = row.event ? fromLedgerJson<PostingConcluded>(row.event) : undefined;
  const { sourceId } = parsePostingKey(postingKey);
  return crossReference(
    {
      // A document that only the target knows has no request: its own key takes the place of the request id.
      requestId: said?.requestId ?? original(row.request_id) ?? derivedEventId(postingKey, 'posting-requested'),
      postingKey,
      target,
      kind,
      sourceEventId: said?.sourceEventId ?? original(row.request?.sourceEventId) ?? sourceId,
      sequence: said?.sequence ?? original(row.request?.sequence) ?? sourceId,
    },
    reference,
  );
}

function original(text: string | null | undefined): string | undefined {
  return text === null || text === undefined ? undefined : fromStorable(text);
}

function canonical(value: unknown): string {
  const { target, sourceId, postingKey, reference } = value as CustomerCrossReferenced;
  const pairs = Object.entries(reference).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([target, sourceId, postingKey, pairs]);
}

function digestOf(entries: Entries): CrossReferenceDigest {
  const hash = createHash('sha256');
  for (const name of [...entries.keys()].sort()) hash.update(`${name}\n${entries.get(name)}\n`);
  return { digest: hash.digest('hex'), entries: entries.size };
}
