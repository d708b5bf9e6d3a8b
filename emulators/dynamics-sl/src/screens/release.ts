import { Refusal } from '../answers.js';
import { put } from '../data/rows.js';
import type { Row, Transaction } from '../data/store.js';
import { checkOpen } from '../ledger/periods.js';
import { tables } from '../tables/index.js';
import type { ScreenOf } from './batch.js';
import { batchOf } from './batch.js';
import type { Call } from './call.js';
import { stamped } from './call.js';

/** A batch that may be released. Hold and balanced ones are (section 5.6 [verified sample: H]); the texts are assumed. */
function releasable(screen: ScreenOf, batNbr: string, call: Call, transaction: Transaction): Row {
  const batch = batchOf(screen.module, batNbr, transaction);
  if (batch.Rlsed === 1) throw new Refusal(`Batch ${String(batch.BatNbr)} has already been released (status ${String(batch.Status)}).`);
  if (batch.Status === 'S')
    throw new Refusal(`Batch ${String(batch.BatNbr)} is suspended (S): a release did not finish. It has to be looked at in SL.`);
  if (batch.Status !== 'H' && batch.Status !== 'B') throw new Refusal(`Batch ${String(batch.BatNbr)} has status ${String(batch.Status)}.`);
  checkOpen(batch.PerPost, transaction, call.fault);
  return batch;
}

/**
 * Releases a batch: first its status is S, which is stored by itself; then its entries and balances, and status U. When the release dies in between, S stays
 * (docs/reference/dynamics-sl.md section 4 [verified]). What the rules refuse is refused before S (assumed).
 * @param check throws what the rules refuse.
 * @param post writes entries and balances. @returns how many rows of the ledger; without any the batch is completed (C: section 4 [verified]).
 */
export function releaseBatch(
  screen: ScreenOf,
  batNbr: string,
  call: Call,
  check: (batch: Row, transaction: Transaction) => void,
  post: (batch: Row, transaction: Transaction) => number,
): void {
  const mark = (batch: Row, columns: Row, transaction: Transaction): void =>
    void put(tables.Batch, stamped({ ...batch, ...columns }, '08400', call), transaction);
  call.commit((transaction) => {
    const batch = releasable(screen, batNbr, call, transaction);
    check(batch, transaction);
    mark(batch, { Status: 'S' }, transaction);
  });
  if (call.fault?.kind === 'stuck-suspended')
    throw new Refusal(`The release of batch ${batNbr} ended before it was done: the batch is suspended.`);
  call.commit((transaction) => {
    const batch = batchOf(screen.module, batNbr, transaction);
    const rows = post(batch, transaction);
    const Status = rows === 0 ? 'C' : call.config.postAtRelease ? 'P' : 'U';
    mark(batch, { Status, Rlsed: 1 }, transaction);
  });
}
