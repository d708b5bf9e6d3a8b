import type { Today } from './read-today.js';

/** What keeps a day from being closed: figures of the day, and what is open at all. */
export interface Closing {
  /** Payments of the day that are not booked yet, of all currencies; null: a figure is missing. */
  readonly onItsWay: number | null;
  readonly needsPerson: number | null;
  /** What waits for a person, of any day; null: something is open, and it is not known how much. */
  readonly toDo: number | null;
  /** Clearing accounts that differ from Stripe, as `<target> <currency>`. */
  readonly differing: readonly string[];
  /** How many clearing accounts were read: with none nothing is known of them. */
  readonly accounts: number;
  /** The calendar day is over where the books are kept. */
  readonly isOver: boolean;
  /** Nothing of the above is open, and every figure is known. */
  readonly isSafe: boolean;
}

/** Whether the day can be closed. @param now instant, to tell a day that is not over. */
export function closingOf(today: Today, now: Date): Closing {
  const { money, toDo, clearing, problems } = today;
  const [onItsWay, needsPerson] = [
    sumOf(money.map(({ figures }) => figures.onItsWay.count)),
    sumOf(money.map(({ figures }) => figures.needsPerson.count)),
  ];
  const open = sumOf(toDo.map(({ sum }) => sum.count));
  const differing = differingIn(clearing);
  const isSettled = onItsWay === 0 && needsPerson === 0 && open === 0 && differing.length === 0 && problems.length === 0;
  return {
    ...{ onItsWay, needsPerson, toDo: open, differing },
    accounts: clearing.length,
    isOver: isOver(today, now),
    isSafe: isSettled && clearing.length > 0,
  };
}

/** Clearing accounts whose difference from Stripe is not zero, or is not known, as `<target> <currency>`. */
export function differingIn(clearing: Today['clearing']): readonly string[] {
  return clearing
    .filter(({ difference }) => difference === null || !/^-?0+$/.test(difference.minor))
    .map(({ target, currency }) => `${target} ${currency}`);
}

function sumOf(counts: readonly (number | null)[]): number | null {
  return counts.reduce((sum, count) => (sum === null || count === null ? null : sum + count), 0 as number | null);
}

/** Whether a later calendar day has begun in the zone of the day; a day without a date or a zone that is known is not over. */
function isOver({ date, timeZone }: Today, now: Date): boolean {
  if (date === null || timeZone === null) return false;
  try {
    return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(now) > date;
  } catch {
    return false; // a zone that this browser does not know
  }
}
