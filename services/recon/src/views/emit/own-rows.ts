import type { VisibleTargets } from '../../shared/decide/visible-targets.js';

/** SQL conditions over what is kept of the ledgers that are involved in a row (ADR 0096), for whoever sees some ledgers. */
export interface OwnRows {
  /** All that are involved in a column are seen: what is stored holds. */
  readonly wholly: (involved: string) => string;
  /** None of them is. */
  readonly notAtAll: (involved: string) => string;
  /** A row of what single ledgers made of it, with `own` and `others`, is what is seen. */
  readonly partly: (row: string) => string;
  /** The rows of a table of which nothing is kept that would hold: two of three ledgers see them, or they are not placed yet. */
  readonly notKept: (table: string) => string;
}

/** @param own SQL expression of the targets. @param visible the same targets. */
export function ownRows(own: string, visible: Exclude<VisibleTargets, '*'>): OwnRows {
  const seen = `array_append(${own}, '')`; // what is of no ledger is seen by everybody
  const wholly = (involved: string): string => `${involved} <@ ${seen}`;
  const several = `cardinality(involved) > 2 and not ${wholly('involved')} and (select count(*) from unnest(involved) i where i = any(${own})) > 1`;
  return {
    wholly,
    notAtAll: (involved) => `not ${involved} && ${seen} and ${involved} <> '{}'`,
    partly: (row) => `${row}.own <@ ${seen} and not ${row}.others && ${seen}`,
    notKept: (table) =>
      `(select * from ${table} where involved is null${new Set(visible).size > 1 ? ` union all select * from ${table} where ${several}` : ''})`,
  };
}
