import { ownLedgers, ownState } from '../../reconciliation/emit/own-ledgers-sql.js';
import type { OwnLedgers } from '../../reconciliation/emit/own-ledgers-sql.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { ownRows } from './own-rows.js';

const columns = [
  ...[
    'event_id',
    'type',
    'deliveries',
    'first_received_at',
    'translated_at',
    'changed_at',
    'charge_key',
    'raw_minor',
    'raw_currency',
    'masked',
  ],
].map((column) => `e.${column}`);
const select = (state: string, reason: string, from: string): string =>
  `select ${columns.join(', ')}, ${state} as state, ${reason} as reason from ${from}`;

/** Events as somebody sees them, each worked out by itself. @param events SQL of rows with the columns of `recon.event`. */
export const seenEvents = (own: OwnLedgers, events: string): string =>
  `(${select(
    'case when o.shared then o.state else e.state end',
    'case when o.shared then o.reason else e.reason end',
    `${events} e cross join lateral ${ownState('e.event_id', own)} o`,
  )})`;

/**
 * How many events there are by their state and reason, as somebody sees them (ADR 0100): rows with `state`, `reason` and `events`, which are to be summed.
 * Events that are known only by what was made of them are not counted. @param parameter as {@link keptEvents} has it.
 */
export function eventCounts(visible: VisibleTargets, parameter: number): string {
  const notDelivered = (from: string): string => `select e.state, e.reason, -1 as events from ${from} e where e.deliveries = 0`;
  if (visible === '*')
    return `(select s.state, s.reason, s.events from recon.event_sum s where s.others is null union all ${notDelivered('recon.event')})`;
  const own = `$${parameter}::text[]`;
  const { wholly, notAtAll, partly, notKept } = ownRows(own, visible);
  return `(${[
    `select s.state, s.reason, s.events from recon.event_sum s where s.others is null and ${wholly('s.own')}`,
    `select 'ignored', 'no-posting', s.events from recon.event_sum s where s.others is null and ${notAtAll('s.own')}`,
    `select s.state, s.reason, s.events from recon.event_sum s where s.others is not null and ${partly('s')}`,
    `select e.state, e.reason, 1 from ${seenEvents(ownLedgers(own), notKept('recon.event'))} e`,
    notDelivered(keptEvents(visible, parameter)),
  ].join(' union all ')})`;
}

/** The same from what is kept (ADR 0096). @param parameter number of the parameter with the targets. */
export function keptEvents(visible: Exclude<VisibleTargets, '*'>, parameter: number): string {
  const own = `$${parameter}::text[]`;
  const { wholly, notAtAll, partly, notKept } = ownRows(own, visible);
  return `(${[
    select('e.state', 'e.reason', `recon.event e where ${wholly('e.involved')}`),
    select(`'ignored'`, `'no-posting'`, `recon.event e where ${notAtAll('e.involved')}`),
    select('k.state', 'k.reason', `recon.event_seen k join recon.event e on e.event_id = k.event_id where ${partly('k')}`),
    select('e.state', 'e.reason', `${seenEvents(ownLedgers(own), notKept('recon.event'))} e`),
  ].join(' union all ')})`;
}
