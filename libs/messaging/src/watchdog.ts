/** What a consumer did last, by its own events; times in milliseconds. */
export interface ConsumerSigns {
  /** Joined its group at least once. */
  readonly joined: boolean;
  readonly stopping: boolean;
  readonly startedAt: number;
  readonly lastHeartbeatAt: number;
  readonly lastFetchAt: number;
  /** A crash that the library said it would recover from, and no join since. */
  readonly crashedAt: number | undefined;
  /** A crash that ended the consumer for good. */
  readonly dead: boolean;
  /** Start of the oldest `eachBatch` that has not returned. */
  readonly oldestBatchAt: number | undefined;
  readonly requestTimeoutsInRow: number;
}

/** Of a consumer object that was just made. */
export function freshSigns(now: number): Omit<ConsumerSigns, 'stopping' | 'oldestBatchAt'> {
  return { joined: false, startedAt: now, lastHeartbeatAt: 0, lastFetchAt: 0, crashedAt: undefined, dead: false, requestTimeoutsInRow: 0 };
}

export interface WatchdogLimits {
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly timeBoxMs: number;
}

export type WatchdogVerdict = { readonly act: false } | { readonly act: true; readonly reason: string };

const fine: WatchdogVerdict = { act: false };

/**
 * Whether a consumer object has to be abandoned for a new one. The client's own `crash` events cover neither hanging handlers nor
 * frozen coordinators nor fetch loops that stand still (docs/reference/kafkajs.md, section 6).
 */
export function watchdogVerdict(signs: ConsumerSigns, limits: WatchdogLimits, now: number): WatchdogVerdict {
  if (signs.stopping) return fine;
  if (signs.dead) return { act: true, reason: 'the client ended the consumer for good' };
  if (signs.crashedAt !== undefined && now - signs.crashedAt > 2 * limits.rebalanceTimeoutMs) {
    return { act: true, reason: `crashed ${now - signs.crashedAt} ms ago and has not joined its group since` };
  }
  if (signs.oldestBatchAt !== undefined && now - signs.oldestBatchAt > 3 * limits.timeBoxMs) {
    return { act: true, reason: `one batch has not returned for ${now - signs.oldestBatchAt} ms` };
  }
  if (signs.requestTimeoutsInRow >= 2) return { act: true, reason: 'two requests in a row were never answered' };
  if (!signs.joined || signs.crashedAt !== undefined) return fine; // joining: the client tries by itself
  if (now - Math.max(signs.lastHeartbeatAt, signs.startedAt) > limits.sessionTimeoutMs) {
    return { act: true, reason: `no heartbeat was answered for ${now - signs.lastHeartbeatAt} ms` };
  }
  const fetchLimit = limits.requestTimeoutMs + 2 * limits.timeBoxMs;
  if (now - Math.max(signs.lastFetchAt, signs.startedAt) > fetchLimit)
    return { act: true, reason: `nothing was fetched for ${now - signs.lastFetchAt} ms` };
  return fine;
}
