import { finding, passed } from './erp-finding.js';
import type { ErpFinding } from './erp-finding.js';

/** Difference of clocks that is worth a look, ms: more than a slow answer explains. */
const noticeableMs = 5 * 60_000;

/** The part of `fetch` that is watched. */
type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Keeps the `Date` of the newest answer of a target: by it the clocks are compared. */
export class AnswerDates {
  /** `Date` of the newest answer; undefined before the first one, and where it had none. */
  last: string | undefined;

  /** The same fetch, whose answers are watched. */
  readonly fetch: Fetch;

  constructor(fetch: Fetch) {
    this.fetch = async (url, init) => {
      const response = await fetch(url, init);
      this.last = response.headers.get('date') ?? undefined;
      return response;
    };
  }
}

/**
 * Compares the clock of a target with ours, by the `Date` header of one of its answers.
 * @param now ms since the epoch, read when the answer came.
 */
export function clockFinding(date: string | null | undefined, now: number): ErpFinding {
  const there = Date.parse(date ?? '');
  if (Number.isNaN(there))
    return finding('check.not-checked', 'clock', 'The target does not tell its time.', 'Compare its clock with ours by hand.');
  return clockOffsetFinding(there - now);
}

/** The same, by how far the clock of the target is ahead, ms. */
export function clockOffsetFinding(off: number): ErpFinding {
  if (Math.abs(off) < noticeableMs) return passed('clock', 'The clock of the target is right.');
  const minutes = Math.round(Math.abs(off) / 60_000);
  return finding('check.clock-off', 'clock', `The clock of the target is ${minutes} minutes ${off > 0 ? 'ahead of' : 'behind'} ours.`);
}
