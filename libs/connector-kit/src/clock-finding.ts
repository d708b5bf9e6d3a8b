import type { ErpFinding } from './erp-finding.js';

/** Difference of clocks that is worth a look, ms: more than a slow answer explains. */
const noticeableMs = 5 * 60_000;

/**
 * Compares the clock of a target with ours, by the `Date` header of one of its answers.
 * @param now ms since the epoch, read when the answer came.
 */
export function clockFinding(date: string | null | undefined, now: number): ErpFinding {
  const there = Date.parse(date ?? '');
  if (Number.isNaN(there))
    return { level: 'warning', about: 'clock', text: 'The target does not tell its time.', fix: 'Compare its clock with ours by hand.' };
  const off = there - now;
  if (Math.abs(off) < noticeableMs) return { level: 'ok', about: 'clock', text: 'The clock of the target is right.', fix: '' };
  const minutes = Math.round(Math.abs(off) / 60_000);
  return {
    level: 'warning',
    about: 'clock',
    text: `The clock of the target is ${minutes} minutes ${off > 0 ? 'ahead of' : 'behind'} ours.`,
    fix: 'Synchronise both with a time server: documents near midnight or at the end of a period would get another date.',
  };
}
