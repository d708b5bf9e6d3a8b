import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';

/** Digest and size of a ledger. */
export interface LedgerDigest {
  /** SHA-256, hex. The same for the same ledger, whenever and by whom it was written. */
  readonly digest: string;
  readonly postings: number;
  readonly outcomes: number;
  readonly batches: number;
}

const rowsPerPage = 5_000;

/** The amount as ledger-row.ts reads it: rows of earlier versions have that of their stored request. */
const appliedAmount = `coalesce(applied_amount, case when reference is not null and request->>'digest' = applied_digest then nullif(request->'amount', 'null') end)`;

/**
 * The parts of each row that enter the digest. Left out: fences, leases, attempts, lookups and times, that of the request among them: two
 * copies of one that were read before its outcome differ in nothing else. A batch counts only as released or not, since a resumed one is
 * closed first.
 */
const tables = {
  postings: {
    from: 'erp_sink.posting',
    key: 'posting_key',
    line: `jsonb_build_array(posting_key, kind, state, request_id, record_key, request - 'requestedAt', version::text, applied_digest, ${appliedAmount},
      set_aside->'requestId', superseded, reference,
      to_jsonb(array(select unnest(waiting_on) order by 1)), to_jsonb(array(select unnest(waiting_released) order by 1)), half->'reference', case when state = 'posted' then posting_date end,
      case when state = 'posted' then batch_id end, released)`,
  },
  outcomes: {
    from: 'erp_sink.outcome',
    key: 'request_id',
    line: "jsonb_build_array(request_id, posting_key, number, result, digest, event - 'concludedAt', record_key)",
  },
  batches: {
    from: 'erp_sink.batch',
    key: 'batch_id',
    line: `jsonb_build_array(batch_id, kind, date, bank_account, state = 'released')`,
  },
} as const;

/** A digest of a target's ledger: sorted by the bytes of the keys, jsonb in PostgreSQL's own canonical form. */
export async function digestLedger(database: DataSource, target: string): Promise<LedgerDigest> {
  const hash = createHash('sha256');
  const counts = { postings: 0, outcomes: 0, batches: 0 };
  for (const [name, { from, key, line }] of Object.entries(tables)) {
    hash.update(`${name}\n`);
    let after = '';
    for (;;) {
      const rows = await database.query<{ key: string; line: string }[]>(
        `select ${key} as key, (${line})::text as line from ${from} where target = $1 and ${key} collate "C" > $2
         order by ${key} collate "C" limit ${rowsPerPage}`,
        [target, after],
      );
      for (const { line: text } of rows) hash.update(text).update('\n');
      counts[name as keyof typeof counts] += rows.length;
      after = rows.at(-1)?.key ?? after;
      if (rows.length < rowsPerPage) break;
    }
  }
  return { digest: hash.digest('hex'), ...counts };
}
