import type { Overview, SumView } from '@tributary/contracts';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { sumView } from '../shared/decide/amount-view.js';
import type { VisibleTargets } from '../shared/decide/visible-targets.js';
import type { PaymentFilter } from '../views/emit/payment-filter.js';
import { OverviewRepository } from '../views/emit/overview.repository.js';
import { PaymentRepository } from '../views/emit/payment.repository.js';
import { seenBy } from '../views/emit/seen-sql.js';
import { ViewRepository } from '../views/emit/view.repository.js';
import { expectToday, expectWritten } from './figures-alike.js';
import { targets } from './random-history.js';

const standings = ['inLedger', 'onItsWay', 'needsPerson', 'notBooked', 'failedAtStripe'] as const;
const states = ['deadLettered', 'held', 'inFlight', 'posted', 'ignored'] as const;
const comparisons = ['matched', 'missing', 'different', 'pending'] as const;

/** What lists and totals are asked for: each standing, state and comparison, and some together with what Stripe says. */
export const allFilters: readonly PaymentFilter[] = [
  {},
  ...standings.map((standing) => ({ standing })),
  ...states.map((state) => ({ state })),
  ...comparisons.map((reconciliation) => ({ reconciliation })),
  { standing: ['onItsWay', 'needsPerson'] },
  { standing: 'needsPerson', currency: 'EUR' },
  { state: 'posted', target: targets[0] },
  { standing: 'inLedger', hasRefund: true },
  { standing: 'notBooked', hasDispute: false },
  { state: 'ignored', minMinor: '200', maxMinor: '500' },
  { reconciliation: 'pending', from: '2026-11-20T00:00:00Z', to: '2026-11-22T00:00:00Z' },
];
/** Some of the filters, so that a history is compared in some seconds; many histories compare all of them. */
export const someFilters: fc.Arbitrary<readonly PaymentFilter[]> = fc.subarray([...allFilters], { minLength: 3, maxLength: 4 });

const roles: readonly VisibleTargets[] = [
  '*',
  ...targets.map((target) => [target]),
  ...targets.map((_, left) => targets.filter((__, index) => index !== left)),
  targets,
  ['another'],
];

/** A capture as somebody sees it, worked out by itself. */
interface Row {
  readonly event_id: string;
  readonly minor: string | null;
  readonly currency: string | null;
  readonly received_at: Date;
  readonly state: string;
  readonly standing: string;
  readonly reconciliation: string | null;
  readonly targets: readonly string[];
  readonly has_refund: boolean;
  readonly has_dispute: boolean;
}

/** Lists, totals and counts of everybody are those of all captures and events, each worked out by itself and looked at one after the other. */
export async function expectSeenAlike(database: DataSource, asked: readonly PaymentFilter[]): Promise<void> {
  for (const visible of roles) {
    const { captures, values } = seenBy(visible, 1);
    const own = values.length === 0 ? 'true' : '$1::text[] is not null';
    const rows = await database.query<Row[]>(
      `select c.*, c.minor::text as minor from ${captures} c where ${own} order by c.received_at desc, c.id desc`,
      [...values],
    );
    const payments = new PaymentRepository(database);
    for (const filter of asked) {
      const selected = rows.filter((row) => selects(filter, visible, row));
      const totals = await payments.totals(filter, visible);
      expect({ visible, filter, totals: plain(totals) }).toEqual({ visible, filter, totals: plain(sumOf(selected)) });
      const page = await payments.payments({ ...filter, limit: 100 }, visible);
      const listed = page.payments.map((one) => [one.eventId, one.state, one.standing, one.reconciliation]);
      expect({ visible, filter, listed }).toEqual({ visible, filter, listed: selected.map(listedAs) });
      const { items } = await payments.reconciliation({ ...filter, limit: 100 }, visible);
      expect([visible, filter, items.length]).toEqual([visible, filter, selected.filter((row) => row.reconciliation !== null).length]);
    }
    await expectPaged(payments, visible, rows);
    const { written } = await expectFigures(database, visible, rows);
    await expectEvents(database, visible);
    await expectToday(database, visible, rows);
    await expectWritten(database, visible, written);
  }
}

/** Events with their states, and their counts. */
async function expectEvents(database: DataSource, visible: VisibleTargets): Promise<void> {
  const { events, keptEvents, values } = seenBy(visible, 1);
  const own = values.length === 0 ? 'true' : '$1::text[] is not null';
  const read = (from: string): Promise<{ state: string }[]> =>
    database.query(`select event_id, type, deliveries, state, reason from ${from} e where ${own} order by 1`, [...values]);
  const each = await read(events);
  expect([visible, await read(keptEvents)]).toEqual([visible, each]);
  const delivered = await database.query<DeliveredEvent[]>(
    `select state, reason, deliveries from ${events} e where deliveries > 0 and ${own}`,
    [...values],
  );
  expect({ visible, ...(await new ViewRepository(database).counts(visible)) }).toEqual({ visible, ...countsOf(delivered) });
}

interface DeliveredEvent {
  readonly state: string;
  readonly reason: string | null;
  readonly deliveries: number;
}

/** Counts of events that are looked at one after the other: every further delivery of one is a duplicate. */
function countsOf(events: readonly DeliveredEvent[]): object {
  const duplicates = events.reduce((sum, { deliveries }) => sum + deliveries - 1, 0);
  const by = (state: string): Record<string, number> => {
    const reasons = events.filter((one) => one.state === state).map(({ reason }) => reason ?? 'unknown');
    return Object.fromEntries(reasons.map((reason) => [reason, reasons.filter((one) => one === reason).length]));
  };
  const count = (state: string): number => events.filter((one) => one.state === state).length;
  const ignored = by('ignored');
  return {
    ...{ accepted: events.length + duplicates, inFlight: count('inFlight'), posted: count('posted'), held: count('held') },
    ...{
      deadLettered: count('deadLettered'),
      ignored: count('ignored') + duplicates,
      heldBy: by('held'),
      deadLetteredBy: by('deadLettered'),
    },
    ignoredBy: { ...ignored, ...(duplicates > 0 ? { duplicate: duplicates + (ignored.duplicate ?? 0) } : {}) },
  };
}

const plain = ({ count, amounts }: SumView): object => ({ count, amounts });
const listedAs = (row: Row): unknown[] => [row.event_id, row.state, row.standing, row.reconciliation ?? 'pending'];

function selects(filter: PaymentFilter, visible: VisibleTargets, row: Row): boolean {
  const { standing, state, reconciliation, currency, minMinor, maxMinor, target, hasRefund, hasDispute, from, to } = filter;
  const minor = row.minor === null ? undefined : Number(row.minor);
  const isOr = <T>(wanted: T | undefined, is: unknown): boolean => wanted === undefined || wanted === is;
  return [
    typeof standing === 'object' ? (standing as readonly string[]).includes(row.standing) : isOr(standing, row.standing),
    isOr(state, row.state as never) && isOr(reconciliation, row.reconciliation as never) && isOr(currency, row.currency as never),
    isOr(hasRefund, row.has_refund) && isOr(hasDispute, row.has_dispute),
    minMinor === undefined || (minor !== undefined && minor >= Number(minMinor)),
    maxMinor === undefined || (minor !== undefined && minor <= Number(maxMinor)),
    from === undefined || row.received_at >= new Date(from),
    to === undefined || row.received_at < new Date(to),
    target === undefined || (row.targets.includes(target) && (visible === '*' || visible.includes(target))),
  ].every(Boolean);
}

function sumOf(rows: readonly Row[]): SumView {
  const sums = new Map<string | null, { count: number; minor: bigint | undefined }>();
  for (const { currency, minor } of rows) {
    const sum = sums.get(currency) ?? { count: 0, minor: undefined };
    sums.set(currency, { count: sum.count + 1, minor: minor === null ? sum.minor : (sum.minor ?? 0n) + BigInt(minor) });
  }
  return sumView([...sums].map(([currency, { count, minor }]) => ({ currency, count, minor: minor?.toString() ?? null })));
}

/** Pages of two rows, from the first to the last and back, are the list. */
async function expectPaged(payments: PaymentRepository, visible: VisibleTargets, rows: readonly Row[]): Promise<void> {
  const filter: PaymentFilter = { standing: ['inLedger', 'onItsWay', 'needsPerson', 'notBooked'] };
  const wanted = rows.filter((row) => selects(filter, visible, row)).map(({ event_id }) => event_id);
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await payments.payments({ ...filter, limit: 2, after }, visible);
    found.push(...page.payments.map(({ eventId }) => eventId));
    after = page.next ?? undefined;
    if (page.previous === null) continue;
    const before = await payments.payments({ ...filter, limit: 2, before: page.previous }, visible);
    const place = found.length - page.payments.length;
    expect(before.payments.map(({ eventId }) => eventId)).toEqual(wanted.slice(place - 2, place));
  } while (after !== undefined);
  expect([visible, found]).toEqual([visible, wanted]);
}

/** Figures of the overview, by standing and by comparison. */
async function expectFigures(database: DataSource, visible: VisibleTargets, rows: readonly Row[]): Promise<Overview> {
  const overview = await new OverviewRepository(database).overview(visible);
  const by = (name: 'standing' | 'reconciliation', value: string): object => plain(sumOf(rows.filter((row) => row[name] === value)));
  expect({ visible, ...mapped(standings, (one) => plain(overview.standings[one])) }).toEqual({
    visible,
    ...mapped(standings, (one) => by('standing', one)),
  });
  expect({ visible, ...mapped(comparisons, (one) => plain(overview.reconciliation[one])) }).toEqual({
    visible,
    ...mapped(comparisons, (one) => by('reconciliation', one)),
  });
  return overview;
}

const mapped = <Name extends string>(names: readonly Name[], of: (name: Name) => object): Record<string, object> =>
  Object.fromEntries(names.map((name) => [name, of(name)]));
