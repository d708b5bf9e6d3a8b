import { ownLedgers, seenCaptures } from '../../reconciliation/emit/own-ledgers-sql.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { ownRows } from './own-rows.js';

/** SQL of captures, of their sums and of the first ones of a list, with what somebody's ledgers made of them (ADR 0096). */
export interface KeptCaptures {
  /** Captures with what filters look at. */
  readonly captures: string;
  /** Their sums: `count` and `minor` of all that are alike. Several rows may be alike, and cancel each other out. */
  readonly sums: string;
  /**
   * Ids and times of the first captures of a list, unsorted: not many more than are asked for.
   * @param condition over `c`. @param ending order and limit.
   */
  readonly firstOf: (condition: string, ending: string) => string;
}

const facts = ['id', 'charge_id', 'part', 'known', 'minor', 'currency', 'received_at', 'targets', 'has_refund', 'has_dispute'];
const summed = ['currency', 'targets', 'has_refund', 'has_dispute', 'count', 'minor'];
const select = (columns: readonly string[], made: string, from: string): string =>
  `select ${columns.map((column) => `c.${column}`).join(', ')}, ${made} from ${from}`;

const asStored = 'c.state, c.standing, c.reconciliation';
/** What it is for whoever sees none of the ledgers that are involved, in two parts: a filter leaves one of them, or none, without looking at a row. */
const unseenParts = (columns: readonly string[], from: string): readonly string[] =>
  [
    ['notBooked', '<>'],
    ['failedAtStripe', '='],
  ].map(([standing, is]) =>
    select(
      columns,
      `'ignored' as state, '${standing}' as standing, null::text as reconciliation`,
      `${from} and c.standing ${is} 'failedAtStripe'`,
    ),
  );

/** @param parameter number of the parameter with the targets; it is not used for whoever sees all. */
export function keptCaptures(visible: VisibleTargets, parameter: number): KeptCaptures {
  if (visible === '*')
    return {
      captures: 'recon.capture',
      sums: '(select * from recon.payment_sum where others is null)',
      firstOf: (condition, ending) => `select c.id, c.received_at from recon.capture c where ${condition} ${ending}`,
    };
  const own = `$${parameter}::text[]`;
  const { wholly, notAtAll, partly, notKept } = ownRows(own, visible);
  const workedOut = `${seenCaptures(ownLedgers(own), notKept('recon.capture'))} c`;

  const stored = (where: string): string => select(facts, asStored, `recon.capture c where ${where}`);
  const unseen = (where: string): readonly string[] => unseenParts(facts, `recon.capture c where ${where}`);
  const seenOf = (where: string): string => select(facts, asStored, `recon.capture_seen c where ${where}`);
  const others = select(facts, asStored, workedOut);
  const sumsOf = (where: string): string => select(summed, asStored, `recon.payment_sum c where ${where}`);
  return {
    captures: union([stored(wholly('c.involved')), ...unseen(notAtAll('c.involved')), seenOf(partly('c')), others]),
    sums: union([
      sumsOf(`c.others is null and ${wholly('c.own')}`),
      ...unseenParts(summed, `recon.payment_sum c where c.others is null and ${notAtAll('c.own')}`),
      sumsOf(`c.others is not null and ${partly('c')}`),
      `select c.currency, c.targets, c.has_refund, c.has_dispute, 1, coalesce(c.minor, 0), ${asStored} from ${workedOut}`,
    ]),
    firstOf: (condition, ending) => {
      const first = (from: string): string => `(select c.id, c.received_at from (${from}) c where ${condition} ${ending})`;
      // Of each set of ledgers by itself, so that nobody goes over what is of other sets.
      const firstOfSets = (sets: string, from: string): string =>
        `(select x.id, x.received_at from (select distinct s.own, s.others from recon.payment_sum s where ${sets}) g
          cross join lateral ${first(from)} x)`;
      const ofSet = 'c.involved = g.own';
      return [
        firstOfSets(`s.others is null and ${wholly('s.own')}`, stored(ofSet)),
        ...unseen(ofSet).map((from) => firstOfSets(`s.others is null and ${notAtAll('s.own')}`, from)),
        firstOfSets(`s.others is not null and ${partly('s')}`, seenOf('c.own = g.own and c.others = g.others')),
        first(others),
      ].join(' union all ');
    },
  };
}

const union = (selects: readonly string[]): string => `(${selects.join(' union all ')})`;
