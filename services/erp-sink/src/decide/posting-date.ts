import type { ErpDocument, ErpPeriod, PostingOutcome } from '@tributary/connector-kit';

/** Code of a posting whose date lies in a closed period and must not, or cannot, be moved. */
export const periodClosedCode = 'posting.period-closed';

/** The date on which a document is posted. */
export type PostingDate =
  | { readonly kind: 'as-asked' }
  /** The period of the date is closed: posted on the first open day after it. */
  | { readonly kind: 'moved'; readonly date: string }
  | { readonly kind: 'closed'; readonly code: string; readonly text: string };

/**
 * Chooses the posting date of a document from the fiscal periods of the target and from what the request asks for in a closed period.
 * @param date `YYYY-MM-DD`. @param periods in any order; a date in none of them is closed.
 */
export function postingDateFor(
  { postingKey, onClosedPeriod }: Pick<ErpDocument, 'postingKey' | 'onClosedPeriod'>,
  date: string,
  periods: readonly ErpPeriod[],
): PostingDate {
  if (isOpen(date, periods)) return { kind: 'as-asked' };
  const where = `posting ${postingKey}: the period of ${date} is closed in the target`;
  if (onClosedPeriod !== 'next-open') return { kind: 'closed', code: periodClosedCode, text: `${where}; open it and replay, or skip` };
  // A closed date is followed by an open one only where a period begins or has just ended.
  const days = periods.flatMap(({ from, to }) => [from, dayAfter(to)]).filter((day) => day > date);
  const next = days.sort().find((day) => isOpen(day, periods));
  return next === undefined
    ? { kind: 'closed', code: periodClosedCode, text: `${where}, and no later period is open; open one and replay, or skip` }
    : { kind: 'moved', date: next };
}

/**
 * The answer to a document whose date the target itself refuses, because its fiscal period is closed: a question, as for a date that is known to
 * be closed. Whatever the policy: nobody knows which later period is open.
 */
export function askAboutPeriod({ postingKey }: Pick<ErpDocument, 'postingKey'>, answer: PostingOutcome): PostingOutcome {
  if (answer.kind !== 'rejected' || answer.periodClosed !== true) return answer;
  const text = `posting ${postingKey}: its period is closed in the target (${answer.text}); open it and replay, or skip`;
  return { kind: 'ambiguous', code: periodClosedCode, text };
}

/** True when the date lies in an open period and in no closed one. */
export function isOpen(date: string, periods: readonly ErpPeriod[]): boolean {
  const around = periods.filter(({ from, to }) => from <= date && date <= to);
  return around.length > 0 && around.every(({ open }) => open);
}

function dayAfter(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
