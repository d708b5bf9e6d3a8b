import { createHash } from 'node:crypto';
import type { PayloadTable } from '@tributary/persistence';
import type { DataSource } from 'typeorm';
import { outcomePayloads, plainForSql, postingPayloads } from '../emit/ledger/ledger-payloads.js';

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
const appliedAmount = `coalesce(applied_amount, case when reference is not null and request_read->>'digest' = applied_digest then nullif(request_read->'amount', 'null') end)`;

/**
 * The parts of each row that enter the digest. Left out: fences, leases, attempts, lookups and times, that of the request among them: two
 * copies of one that were read before its outcome differ in nothing else. A batch counts only as released or not, since a resumed one is
 * closed first.
 */
const tables: Readonly<Record<keyof Omit<LedgerDigest, 'digest'>, Digested>> = {
  postings: {
    payload: { table: postingPayloads, column: 'request' },
    from: 'erp_sink.posting',
    key: 'posting_key',
    line: `jsonb_build_array(posting_key, kind, state, request_id, record_key, request_read - 'requestedAt', version::text, applied_digest, ${appliedAmount},
      set_aside->'requestId', superseded, reference,
      to_jsonb(array(select unnest(waiting_on) order by 1)), to_jsonb(array(select unnest(waiting_released) order by 1)), half->'reference', case when state = 'posted' then posting_date end,
      case when state = 'posted' then batch_id end, released)`,
  },
  outcomes: {
    payload: { table: outcomePayloads, column: 'event' },
    from: 'erp_sink.outcome',
    key: 'request_id',
    line: "jsonb_build_array(request_id, posting_key, number, result, digest, event_read - 'concludedAt', record_key)",
  },
  batches: {
    from: 'erp_sink.batch',
    key: 'batch_id',
    line: `jsonb_build_array(batch_id, kind, date, bank_account, state = 'released')`,
  },
};

interface Digested {
  readonly from: string;
  readonly key: string;
  readonly line: string;
  /** The column of the line that is encrypted: its digest is that of what it was. */
  readonly payload?: { readonly table: PayloadTable; readonly column: string };
}

/** A digest of a target's ledger: sorted by the bytes of the keys, jsonb in PostgreSQL's own canonical form. */
export async function digestLedger(database: DataSource, target: string): Promise<LedgerDigest> {
  const hash = createHash('sha256');
  const counts = { postings: 0, outcomes: 0, batches: 0 };
  for (const [name, digested] of Object.entries(tables)) {
    hash.update(`${name}\n`);
    let after = '';
    for (;;) {
      const rows = await linesAfter(database, digested, target, after);
      for (const { line: text } of rows) hash.update(text).update('\n');
      counts[name as keyof typeof counts] += rows.length;
      after = rows.at(-1)?.key ?? after;
      if (rows.length < rowsPerPage) break;
    }
  }
  return { digest: hash.digest('hex'), ...counts };
}

async function linesAfter(
  database: DataSource,
  { from, key, line, payload }: Digested,
  target: string,
  after: string,
): Promise<{ key: string; line: string }[]> {
  const keys = await database.query<{ key: string }[]>(
    `select ${key} as key from ${from} where target = $1 and ${key} collate "C" > $2 order by ${key} collate "C" limit ${rowsPerPage}`,
    [target, after],
  );
  const names = keys.map((row) => row.key);
  const plain = payload ? await plainForSql(database, payload, names) : '[]';
  const columns = payload ? `stored.*, coalesce(opened.plain, stored.${payload.column}) as ${payload.column}_read` : 'stored.*';
  return database.query<{ key: string; line: string }[]>(
    `select ${key} as key, (${line})::text as line from (
       select ${columns} from ${from} stored left join jsonb_to_recordset($3::jsonb) as opened (key text, plain jsonb) on opened.key = stored.${key}
       where target = $1 and ${key} = any($2)) as readable order by ${key} collate "C"`,
    [target, names, plain],
  );
}
