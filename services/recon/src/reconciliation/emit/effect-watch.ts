import type { EntityManager } from 'typeorm';
import { documentResults } from '../../shared/decide/results.js';
import { storableId } from '../../shared/decide/storable-text.js';

/** Kinds that never touch the books. Other documents without an effect are found out when they are due. */
const withoutBooks: readonly string[] = ['customer', 'metadata'];
/** Its entries are read with its amount, by the look-up of `recon.reconciliation`. */
const readWithAmount = 'cash-receipt';

/** Makes a document due for the comparison with the ledger, after an outcome that reports it there. Idempotent, in any order. */
export async function watchEffect(
  manager: EntityManager,
  {
    postingKey,
    target,
    kind,
    result,
  }: { readonly postingKey: string; readonly target: string; readonly kind: string; readonly result: string },
): Promise<void> {
  if (withoutBooks.includes(kind) || !documentResults.includes(result)) return;
  await manager.query(
    `insert into recon.ledger_effect (posting_key, target, kind, due_at) values ($1, $2, $3, case when $4 then now() end)
     on conflict (posting_key) do update set due_at = case when $4 then now() end where recon.ledger_effect.state <> 'matched'`,
    [storableId(postingKey), storableId(target), storableId(kind), kind !== readWithAmount],
  );
}
