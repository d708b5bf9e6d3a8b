import type { DayFigureView, DayMoneyView, MovementKind, Standing } from '@tributary/contracts';
import { amountView } from '../../shared/decide/amount-view.js';

/** Captured charges of a day with one standing, or movements of one kind, in one currency. Minor units as text. */
export interface DaySum<Name extends string> {
  readonly name: Name;
  readonly currency: string;
  readonly count: number;
  /** Null: none of them has a known amount. */
  readonly minor: string | null;
}

/** A range of time, ISO 8601; `to` is not in it. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

const standings = {
  received: ['inLedger', 'onItsWay', 'needsPerson', 'notBooked', 'failedAtStripe'],
  captured: ['inLedger', 'onItsWay', 'needsPerson', 'notBooked'],
  failed: ['failedAtStripe'],
  inLedger: ['inLedger'],
  open: ['onItsWay', 'needsPerson'],
  onItsWay: ['onItsWay'],
  needsPerson: ['needsPerson'],
  notBooked: ['notBooked'],
} satisfies Partial<Record<keyof DayMoneyView, readonly Standing[]>>;
const kinds: readonly MovementKind[] = ['refunded', 'fees', 'disputes', 'paidOut'];

/** The day in money, one per currency, sorted; each figure with the request that lists its rows. */
export function dayMoney(
  captures: readonly DaySum<Standing>[],
  movements: readonly DaySum<MovementKind>[],
  range: DayRange,
): DayMoneyView[] {
  const currencies = [...new Set([...captures, ...movements].map(({ currency }) => currency))].sort();
  return currencies.map((currency) => {
    const listed = (path: string, filter: Readonly<Record<string, string>>): string =>
      `${path}?${new URLSearchParams({ ...filter, currency, from: range.from, to: range.to }).toString()}`;
    const inCurrency = <Name extends string>(rows: readonly DaySum<Name>[], names: readonly string[]): DaySum<Name>[] =>
      rows.filter((row) => row.currency === currency && names.includes(row.name));
    const byStanding = Object.entries(standings).map(([name, ofThese]): [string, DayFigureView] => [
      name,
      figure(inCurrency(captures, ofThese), currency, listed('/payments', name === 'received' ? {} : { standing: ofThese.join(',') })),
    ]);
    const byKind = kinds.map((kind): [string, DayFigureView] => [
      kind,
      figure(inCurrency(movements, [kind]), currency, listed('/movements', { kind })),
    ]);
    return { currency, ...Object.fromEntries([...byStanding, ...byKind]) } as unknown as DayMoneyView;
  });
}

function figure(rows: readonly DaySum<string>[], currency: string, list: string): DayFigureView {
  const minor = rows.reduce((sum, row) => sum + BigInt(row.minor ?? '0'), 0n);
  return { count: rows.reduce((sum, row) => sum + row.count, 0), amount: amountView(minor.toString(), currency), list };
}
