import { minorUnitExponent, sha256Hex } from '@tributary/domain';
import type { Money } from '@tributary/domain';
import { aboveLimit } from '@tributary/identity';
import type { OrderLimits } from '@tributary/identity';
import type { EntityManager } from 'typeorm';
import { fromLedgerJson } from '../ledger/ledger-json.js';
import { plainForSql, postingPayloads } from '../ledger/ledger-payloads.js';

/** What a release is about. */
export interface ReleaseContent {
  /** Posting keys of the documents of the batch, sorted. */
  readonly postingKeys: readonly string[];
  /** Their money without signs, one sum per currency. A document without a known amount counts as a document only. */
  readonly sums: readonly { readonly minor: bigint; readonly currency: string }[];
  /** SHA-256, hex, over the batch and each of its documents: what was asked for, what is in the target, and its state. */
  readonly digest: string;
}

interface BoundRow {
  readonly key: string;
  readonly amount: unknown;
  readonly bound: string;
}

/** The content of a batch now, within the transaction that holds the lock of its row. @param batchId storable. */
export async function releaseContentOf(tx: EntityManager, target: string, batchId: string): Promise<ReleaseContent> {
  const [batch] = await tx.query<{ bound: string }[]>(
    `select json_build_array(target, batch_id, kind, date, bank_account)::text as bound from erp_sink.batch where target = $1 and batch_id = $2`,
    [target, batchId],
  );
  const keys = await tx.query<{ posting_key: string }[]>('select posting_key from erp_sink.posting where target = $1 and batch_id = $2', [
    target,
    batchId,
  ]);
  const column = { table: postingPayloads, column: 'request' };
  const rows = await tx.query<BoundRow[]>(
    `select posting_key as key, coalesce(applied_amount, request -> 'amount') as amount,
       json_build_array(posting_key, kind, state, version, applied_digest, applied_amount, reference, request, posting_date, released)::text as bound
     from (select p.posting_key, kind, state, version, applied_digest, applied_amount, reference, coalesce(o.plain, p.request) as request, posting_date, released
       from erp_sink.posting p left join jsonb_to_recordset($3::jsonb) as o (key text, plain jsonb) on o.key = p.posting_key
       where target = $1 and batch_id = $2) as document order by posting_key collate "C"`,
    [
      target,
      batchId,
      await plainForSql(
        tx,
        column,
        keys.map(({ posting_key }) => posting_key),
      ),
    ],
  );
  return {
    postingKeys: rows.map(({ key }) => key),
    sums: sumsOf(rows.map(({ amount }) => fromLedgerJson<Money | null>(amount))),
    digest: sha256Hex(JSON.stringify([batch?.bound, ...rows.map(({ bound }) => bound)])),
  };
}

/** Why somebody with these roles does not release this alone; empty: they do. @param roles null: nobody can sign in, and none is asked for. */
export function reasonsToWait(limits: OrderLimits, roles: readonly string[] | null, { postingKeys, sums }: ReleaseContent): string[] {
  if (roles === null) return [];
  const decimalsOf = (currency: string): number | undefined => (/^[A-Z]{3}$/.test(currency) ? minorUnitExponent(currency) : undefined);
  return aboveLimit(limits, roles, { messages: postingKeys.length, sums, counted: 'documents' }, decimalsOf);
}

function sumsOf(amounts: readonly (Money | null)[]): ReleaseContent['sums'] {
  const sums = new Map<string, bigint>();
  for (const amount of amounts) {
    if (amount === null) continue;
    const currency = amount.currency.toUpperCase();
    sums.set(currency, (sums.get(currency) ?? 0n) + (amount.minor < 0n ? -amount.minor : amount.minor));
  }
  return [...sums].map(([currency, minor]) => ({ currency, minor }));
}
