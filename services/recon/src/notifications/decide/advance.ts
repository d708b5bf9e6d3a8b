import type { NotificationMessageKind, NotificationSeverity } from '@tributary/contracts';
import type { Condition } from './conditions.js';

/** How long things last. */
export interface NotificationPolicy {
  /** A condition that fired is cleared after it has not held for so long, ms: one that comes and goes is one. */
  readonly clearAfterMs: number;
  /** While it lasts and nobody acknowledged it, it is told of again after so long, ms. */
  readonly remindAfterMs: Readonly<Record<NotificationSeverity, number>>;
}

/** What one condition is as far as it is known now. */
export interface Reading {
  /** Figures above the threshold, by what they are about; '' where there is one only. */
  readonly holding: ReadonlyMap<string, { readonly count: number; readonly target: string | null }>;
  /** Whether nothing is known of it now: then nothing about it changes. */
  readonly isUnknown: (about: string) => boolean;
}

/** A condition that holds, or held and is not cleared yet. Times are ms since 1970. */
export interface OpenNotification {
  readonly id: string;
  readonly about: string;
  readonly target: string | null;
  readonly count: number;
  readonly since: number;
  /** Null: it has not held long enough to be told of. */
  readonly firedAt: number | null;
  /** When it was last told of: fired, or reminded. */
  readonly toldAt: number | null;
  /** Since when it does not hold any more; null: it holds. */
  readonly quietSince: number | null;
  readonly acknowledged: boolean;
}

/** What becomes of a notification: it is stored, or `forgotten` because nobody was told. */
export interface Change {
  readonly next: Omit<OpenNotification, 'acknowledged'>;
  readonly state: 'open' | 'cleared' | 'forgotten';
  /** Message that goes out, to the routes that it concerns. */
  readonly says: Exclude<NotificationMessageKind, 'test'> | undefined;
}

/**
 * The next state of every notification of one condition.
 * @param open those that are not cleared. @param now ms since 1970, by the clock of the database. @param newId makes an id.
 */
export function advance(
  { severity, forMs }: Pick<Condition, 'severity' | 'forMs'>,
  { open, reading, policy, now }: { open: readonly OpenNotification[]; reading: Reading; policy: NotificationPolicy; now: number },
  newId: () => string,
): Change[] {
  const known = open.flatMap((one): Change[] => {
    const held = reading.holding.get(one.about);
    if (!held) return reading.isUnknown(one.about) ? [] : gone(one, policy, now);
    return [goesOn({ ...one, ...held, quietSince: null }, { forMs, remindMs: policy.remindAfterMs[severity], now })];
  });
  const begun = [...reading.holding]
    .filter(([about]) => !open.some((one) => one.about === about))
    .map(([about, held]): Change => {
      const fresh = { id: newId(), about, ...held, since: now, firedAt: null, toldAt: null, quietSince: null, acknowledged: false };
      return goesOn(fresh, { forMs, remindMs: policy.remindAfterMs[severity], now });
    });
  return [...known, ...begun];
}

function goesOn({ acknowledged, ...one }: OpenNotification, time: { forMs: number; remindMs: number; now: number }): Change {
  const { forMs, remindMs, now } = time;
  if (one.firedAt === null) {
    if (now - one.since < forMs) return { next: one, state: 'open', says: undefined };
    return { next: { ...one, firedAt: now, toldAt: now }, state: 'open', says: 'fired' };
  }
  if (acknowledged || now - (one.toldAt ?? one.firedAt) < remindMs) return { next: one, state: 'open', says: undefined };
  return { next: { ...one, toldAt: now }, state: 'open', says: 'reminder' };
}

function gone({ acknowledged: _, ...one }: OpenNotification, { clearAfterMs }: NotificationPolicy, now: number): Change[] {
  if (one.firedAt === null) return [{ next: one, state: 'forgotten', says: undefined }];
  const quietSince = one.quietSince ?? now;
  if (now - quietSince < clearAfterMs)
    return one.quietSince === null ? [{ next: { ...one, quietSince }, state: 'open', says: undefined }] : [];
  return [{ next: { ...one, quietSince }, state: 'cleared', says: 'cleared' }];
}
