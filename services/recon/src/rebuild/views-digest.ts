import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';

/** Digest of all views, with the number of rows per table. */
export interface ViewsDigest {
  /** SHA-256, hex. Equal views have the same digest, independent of the order in which the topics were read. */
  readonly digest: string;
  /** Rows per table. */
  readonly rows: Readonly<Record<string, number>>;
}

const rowsPerPage = 5_000;

/**
 * The columns of each table that enter the digest. Left out: times of writing, and what the ERP answered to reconciliation lookups, because
 * a rebuild asks again. Of texts about people only whether there is one: they are overwritten at an age
 * (personal-data/emit). Replay orders and their audit are decisions of operators, not views, and are not part of the digest.
 */
const views: Readonly<Record<string, { readonly key: string; readonly line: string }>> = {
  delivery: {
    key: `lpad(partition::text, 6, '0') || lpad("offset"::text, 20, '0')`,
    line: 'partition, "offset", event_id, type, endpoint, account, received_at',
  },
  event: {
    key: 'event_id',
    line: `event_id, type, deliveries, first_received_at, canonical_count, ignored_reason, ignored_text is not null, state, reason, charge_key, raw_charge_id,
      raw_minor::text, raw_currency, raw_capture, raw_growth, raw_at, masked, involved`,
  },
  event_seen: { key: `event_id || ' ' || array_to_string(own, ' ')`, line: 'event_id, own, others, state, reason' },
  fact: { key: 'canonical_id', line: 'canonical_id, event_id, type, routed_at is not null, ignored_reason, ignored_text is not null' },
  posting: {
    key: 'request_id',
    line: 'request_id, canonical_id, event_id, posting_key, target, kind, result, code, text is not null, reference, attempts, concluded_at',
  },
  outcome: {
    key: 'outcome_id',
    line: 'outcome_id, request_id, event_id, posting_key, result, code, text is not null, reference, attempts, concluded_at',
  },
  dead_letter: {
    key: `topic || '/' || lpad(partition::text, 6, '0') || lpad("offset"::text, 20, '0')`,
    line: 'topic, partition, "offset", id, event_id, message_id, code, text is not null, attempts, held, minor::text, currency, state, result',
  },
  dead_letter_closure: {
    key: 'item_id',
    line: 'item_id, consumer_group, source_topic, source_partition, source_offset, message_id, result',
  },
  parked: {
    key: `consumer_group || '/' || source_topic || '/' || lpad(source_partition::text, 6, '0') || lpad(source_offset::text, 20, '0')`,
    line: 'consumer_group, source_topic, source_partition, source_offset, message_id, event_id, sequence, head_offset, head_code',
  },
  payment: {
    key: `charge_id || '/' || part`,
    line: `charge_id, part, payment_id, canonical_id, event_id, customer_id, customer_name is not null, minor::text, currency, received_at,
      balance_transaction_id`,
  },
  settlement: {
    key: 'balance_transaction_id',
    line: 'balance_transaction_id, charge_id, currency, gross::text, fee::text, net::text, category',
  },
  payment_news: {
    key: 'fact_id',
    line: 'fact_id, event_id, charge_id, kind, object_id, at, minor::text, currency, status, reason is not null, inquiry',
  },
  document: {
    key: 'request_id',
    line: `request_id, posting_key, canonical_id, event_id, target, kind, shape, coalesce(lines -> 'tables', jsonb_path_query_array(lines, '$[*].table')), effect, balanced,
      requested_at`,
  },
  reconciliation: { key: 'posting_key', line: 'posting_key, charge_id, part' },
  ledger_effect: { key: 'posting_key', line: 'posting_key, target, kind' },
  // Standing and comparison depend on answers of the ERP, which a rebuild asks for again.
  capture: {
    key: 'id',
    line: 'id, charge_id, part, known, event_id, minor::text, currency, received_at, state, targets, has_refund, has_dispute, involved',
  },
  capture_seen: { key: `id || ' ' || array_to_string(own, ' ')`, line: 'id, own, others, state' },
};

/** Tables that are derived from topics only. */
export const viewTables: readonly string[] = Object.keys(views);

/** Computes the digest of all views. */
export async function digestViews(database: DataSource): Promise<ViewsDigest> {
  const hash = createHash('sha256');
  const rows: Record<string, number> = {};
  for (const [table, { key, line }] of Object.entries(views)) {
    hash.update(`${table}\n`);
    rows[table] = 0;
    let after = '';
    for (;;) {
      const page = await database.query<{ key: string; line: string }[]>(
        `select key, line from (select (${key}) as key, jsonb_build_array(${line})::text as line from recon.${table}) as rows
         where key collate "C" > $1 order by key collate "C" limit ${rowsPerPage}`,
        [after],
      );
      for (const { line: text } of page) hash.update(text).update('\n');
      rows[table] += page.length;
      after = page.at(-1)?.key ?? after;
      if (page.length < rowsPerPage) break;
    }
  }
  return { digest: hash.digest('hex'), rows };
}
