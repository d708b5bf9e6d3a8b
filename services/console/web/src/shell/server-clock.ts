/** How far the clock of this browser is behind the server's, ms; negative: ahead. */
let behindMs = 0;
/** HTTP says whole seconds, and an answer takes its time: a difference below this is none, ms. */
const tolerated = 5_000;

/** Takes the time of an answer. @param date header `Date`; null: it has none. */
export function learnServerTime(date: string | null): void {
  const at = Date.parse(date ?? '');
  if (Number.isNaN(at)) return;
  const difference = at - Date.now();
  behindMs = Math.abs(difference) < tolerated ? 0 : difference;
}

/** The time as the server has it, ms since 1970: the clock of a browser may be a day wrong. */
export function serverNow(): number {
  return Date.now() + behindMs;
}
