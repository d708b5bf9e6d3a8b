/** Settings of sessions: how long one lasts without and with use, ms (OWASP ASVS 5.0, 7.3). */
export interface SessionLife {
  readonly idleMs: number;
  readonly absoluteMs: number;
}

/** Use is written down at most once in this time, so that not every request writes. ms. */
export const useWrittenEveryMs = 60_000;

/** When a session began, and when a person last used it, ms since 1970. */
export interface SessionTimes {
  readonly startedAt: number;
  readonly usedAt: number;
}

/** Whether a session has ended by its age. */
export function hasEnded({ startedAt, usedAt }: SessionTimes, now: number, life: SessionLife): boolean {
  return now >= startedAt + life.absoluteMs || now >= usedAt + life.idleMs;
}

/** Whether a use has to be written down. @param byPerson false for what a page asks by itself: it does not keep a session alive. */
export function isUse({ usedAt }: SessionTimes, now: number, byPerson: boolean): boolean {
  return byPerson && now - usedAt >= useWrittenEveryMs;
}
