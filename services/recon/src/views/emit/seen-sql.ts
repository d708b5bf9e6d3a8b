import { ownLedgers, seenCaptures } from '../../reconciliation/emit/own-ledgers-sql.js';
import type { OwnLedgers } from '../../reconciliation/emit/own-ledgers-sql.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { keptCaptures } from './kept-captures.js';
import { keptEvents, seenEvents } from './kept-events.js';
import type { KeptCaptures } from './kept-captures.js';

/** SQL of recon's tables as somebody sees them: what Stripe says, and of the ledgers only those of their targets (ADR 0069). */
export interface Seen extends OwnLedgers {
  /** In place of `recon.event`: state and reason without those of other targets. */
  readonly events: string;
  /** The same for whoever goes over many, from what is kept (ADR 0096). */
  readonly keptEvents: string;
  /** In place of `recon.capture`: state, standing and comparison without those of other targets. */
  readonly captures: string;
  /** The same of some captures: of those in a table expression with the columns of `recon.capture`. */
  readonly capturesIn: (captures: string) => string;
  /** The same for whoever goes over many, from what is kept: without texts (ADR 0096). */
  readonly kept: KeptCaptures;
  /** The value of the parameter; nothing where everything is visible and no parameter is used. */
  readonly values: readonly unknown[];
}

/** @param parameter number of the parameter of the query that takes {@link Seen.values}. */
export function seenBy(visible: VisibleTargets, parameter: number): Seen {
  const all = (): string => 'true';
  if (visible === '*')
    return {
      events: stored('event'),
      keptEvents: stored('event'),
      captures: stored('capture'),
      capturesIn: (captures) => captures,
      kept: keptCaptures('*', parameter),
      target: all,
      key: all,
      topic: all,
      values: [],
    };
  const own = ownLedgers(`$${parameter}::text[]`);
  return {
    ...own,
    events: seenEvents(own, stored('event')),
    keptEvents: keptEvents(visible, parameter),
    captures: seenCaptures(own, stored('capture')),
    capturesIn: (captures) => seenCaptures(own, captures),
    kept: keptCaptures(visible, parameter),
    values: [visible],
  };
}

const stored = (table: string): string => `recon.${table}`;
