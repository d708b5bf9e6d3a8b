import { decodeTarget } from './topic-rows.js';
import type { StagedRows } from './topic-rows.js';
import type { EventDefinition } from '@tributary/contracts';
import { headers, topics } from '@tributary/contracts';
import { PostingKeyError } from '@tributary/domain';
import { definitionOf, PoisonMessageError, readSpans, spansOf } from '@tributary/messaging';
import type { IncomingMessage, KafkaConnection, TopicSpan, WireCodec } from '@tributary/messaging';
import { payloadsOf } from '@tributary/persistence';
import type { DataSource } from 'typeorm';
import { toLedgerJson } from '../emit/ledger/ledger-json.js';
import { insertRows } from './staging.js';
import { sealedRows, stagedPayloads } from './staged-payloads.js';

/** How the topics are read. */
export interface TopicEvidenceOptions {
  readonly connection: KafkaConnection;
  readonly codec: WireCodec;
  readonly database: DataSource;
  readonly target: string;
  readonly group: string;
  /** Reports the number of records that are done, and of all records. */
  onProgress(done: number, total: number): void;
  readonly signal?: AbortSignal;
}

/** How many records were read. */
export interface TopicCounts {
  readonly records: number;
  /** Of these, read by an earlier run. */
  readonly resumed: number;
  /** Of these, without a readable schema: they are dead letters, not requests. */
  readonly unreadable: number;
}

/** Reads requests, outcomes and cross-references into the staging tables, continuing where an earlier run ended. */
export async function readTopics(options: TopicEvidenceOptions): Promise<TopicCounts> {
  const { connection, database, target, group } = options;
  const requests = topics.postings(target);
  const names = [requests, topics.deadLetters(requests, group), topics.erp, topics.xrefCustomer, topics.xrefItem, topics.xrefDocument];
  const spans = await spansOf(connection, names);
  const open = await remaining(database, target, spans);
  const total = sizeOf(spans);
  let done = total - sizeOf(open);
  const resumed = done;
  let unreadable = 0;
  options.onProgress(done, total);
  await readSpans({
    ...connection,
    spans: open,
    ...(options.signal ? { signal: options.signal } : {}),
    onBatch: async (topic, partition, messages, next) => {
      const rows = await rowsOf(messages, options.codec, target);
      unreadable += rows.unreadable;
      await store(database, target, { topic, partition, next }, rows);
      done += messages.length;
      options.onProgress(done, total);
    },
  });
  options.onProgress(total, total);
  return { records: total, resumed, unreadable };
}

function sizeOf(spans: readonly TopicSpan[]): number {
  return spans.reduce((sum, { from, to }) => sum + Number(to - from), 0);
}

/** The spans that are not read yet. A topic that ends before the recorded offset was created again, so it is read from its beginning. */
async function remaining(database: DataSource, target: string, spans: readonly TopicSpan[]): Promise<TopicSpan[]> {
  const rows = await database.query<{ topic: string; partition: number; next: string }[]>(
    'select topic, partition, next from erp_sink_rebuild.progress where target = $1',
    [target],
  );
  return spans.map((span) => {
    const reached = BigInt(rows.find(({ topic, partition }) => topic === span.topic && partition === span.partition)?.next ?? -1);
    return reached > span.from && reached <= span.to ? { ...span, from: reached } : span;
  });
}

async function rowsOf(
  messages: readonly IncomingMessage[],
  codec: WireCodec,
  target: string,
): Promise<StagedRows & { readonly unreadable: number }> {
  const rows: StagedRows = { request: [], word: [], dead_letter: [], cross_reference: new Map() };
  let unreadable = 0;
  for (const message of messages) {
    const header = (name: string): string => String(message.headers[name] ?? '');
    const event: EventDefinition<unknown> | undefined = definitionOf(header(headers.type));
    if (!event || message.value === null) continue;
    try {
      decodeTarget(message, event.type, header, await codec.decode(event, message.value), target, rows);
    } catch (error) {
      // No sink can have processed an unreadable record. Any other error, such as an unavailable registry, stops the run.
      if (!(error instanceof PoisonMessageError || error instanceof PostingKeyError)) throw error;
      unreadable += 1;
    }
  }
  return { ...rows, unreadable };
}

/** Stores rows and the offset that was reached in one transaction. */
async function store(
  database: DataSource,
  target: string,
  { topic, partition, next }: { readonly topic: string; readonly partition: number; readonly next: bigint },
  rows: StagedRows,
): Promise<void> {
  await database.transaction(async (tx) => {
    await insertRows(
      tx,
      'erp_sink_rebuild.request',
      'target text, topic text, partition integer, "offset" bigint, request_id text, posting_key text, kind text, record_key text, written_at bigint, headers jsonb, value jsonb',
      sealedRows(payloadsOf(tx), stagedPayloads.request, rows.request),
    );
    await insertRows(
      tx,
      'erp_sink_rebuild.word',
      'target text, partition integer, "offset" bigint, request_id text, posting_key text, kind text, record_key text, number integer, event jsonb',
      sealedRows(payloadsOf(tx), stagedPayloads.word, rows.word),
    );
    await insertRows(tx, 'erp_sink_rebuild.dead_letter', 'target text, request_id text', rows.dead_letter);
    const newest = [...rows.cross_reference.values()];
    if (newest.length > 0)
      await tx.query(
        `insert into erp_sink_rebuild.cross_reference (target, posting_key, kind, reference)
         select target, posting_key, kind, reference from jsonb_to_recordset($1::jsonb)
           as row (target text, posting_key text, kind text, reference jsonb)
         on conflict (target, posting_key) do update set reference = excluded.reference`,
        [toLedgerJson(newest)],
      );
    await tx.query(
      `insert into erp_sink_rebuild.progress (target, topic, partition, next) values ($1, $2, $3, $4)
       on conflict (target, topic, partition) do update set next = excluded.next`,
      [target, topic, partition, next.toString()],
    );
  });
}
