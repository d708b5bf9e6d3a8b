import type { SimDocument } from './sim-document.js';
import type { SimLine } from './sim-request.js';

/** The general ledger of the ERP: one entry of double entry for each document that is released. */
export class ErpBooks {
  /** Per account and currency (`CLR USD`): debits less credits, minor units. */
  readonly balances = new Map<string, bigint>();
  /** Posting key -> how much of its document is applied, minor units. */
  readonly applied = new Map<string, bigint>();

  /** Posts what the document has: its header and the rows that are there, whatever was asked for. @param sign -1n takes it back. @returns debits less credits. */
  post(document: SimDocument, sign = 1n): bigint {
    let difference = 0n;
    for (const { role, minor } of entryOf(document)) {
      const account = `${role} ${document.currency}`;
      this.balances.set(account, (this.balances.get(account) ?? 0n) + minor * sign);
      difference += minor;
    }
    const { applies } = document;
    if (applies) for (const key of [applies.from, applies.to]) this.applied.set(key, (this.applied.get(key) ?? 0n) + applies.minor * sign);
    return difference;
  }
}

/** What a document books when it is released. */
export function entryOf({ header, lines }: Pick<SimDocument, 'header' | 'lines'>): readonly SimLine[] {
  return [...header, ...lines];
}
