/** Health of a consumer object, by the client's events; times in milliseconds. */
export interface ConsumerHealth {
  /** Joined its group at least once. */
  readonly joined: boolean;
  readonly stopping: boolean;
  readonly startedAt: number;
  readonly lastHeartbeatAt: number;
  readonly lastFetchAt: number;
  /** Time of a crash that the client is recovering from; undefined after the next join. */
  readonly crashedAt: number | undefined;
  /** A crash that ended the consumer for good. */
  readonly dead: boolean;
  /** Start of the oldest `eachBatch` that has not returned. */
  readonly oldestBatchAt: number | undefined;
  readonly requestTimeoutsInRow: number;
  /** When this process ran again after it had been suspended ({@link Suspensions}); 0: never. Answers of that time are read only now. */
  readonly awakeSince: number;
}

/** Health of a new consumer object. */
export function initialConsumerHealth(now: number): Omit<ConsumerHealth, 'stopping' | 'oldestBatchAt' | 'awakeSince'> {
  return { joined: false, startedAt: now, lastHeartbeatAt: 0, lastFetchAt: 0, crashedAt: undefined, dead: false, requestTimeoutsInRow: 0 };
}

/** Timeouts by which the watchdog judges a consumer, milliseconds. */
export interface WatchdogLimits {
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly timeBoxMs: number;
}

/** Whether to replace the consumer object, and why. */
export type WatchdogVerdict = { readonly act: false } | { readonly act: true; readonly reason: string };

const fine: WatchdogVerdict = { act: false };

/**
 * Whether a consumer object has to be abandoned for a new one. The client's own `crash` events cover neither hanging handlers nor
 * frozen coordinators nor fetch loops that stand still (docs/reference/kafkajs.md, section 6).
 */
export function watchdogVerdict(health: ConsumerHealth, limits: WatchdogLimits, now: number): WatchdogVerdict {
  if (health.stopping) return fine;
  if (health.dead) return { act: true, reason: 'the client ended the consumer for good' };
  if (health.crashedAt !== undefined && now - health.crashedAt > 2 * limits.rebalanceTimeoutMs) {
    return { act: true, reason: `crashed ${now - health.crashedAt} ms ago and has not joined its group since` };
  }
  if (health.oldestBatchAt !== undefined && now - health.oldestBatchAt > 3 * limits.timeBoxMs) {
    return { act: true, reason: `one batch has not returned for ${now - health.oldestBatchAt} ms` };
  }
  if (health.requestTimeoutsInRow >= 2) return { act: true, reason: 'two requests in a row were never answered' };
  if (!health.joined || health.crashedAt !== undefined) return fine; // joining: the client tries by itself
  const readsSince = Math.max(health.startedAt, health.awakeSince);
  if (now - Math.max(health.lastHeartbeatAt, readsSince) > limits.sessionTimeoutMs) {
    return { act: true, reason: `no heartbeat was answered for ${now - health.lastHeartbeatAt} ms` };
  }
  const fetchLimit = limits.requestTimeoutMs + 2 * limits.timeBoxMs;
  if (now - Math.max(health.lastFetchAt, readsSince) > fetchLimit)
    return { act: true, reason: `nothing was fetched for ${now - health.lastFetchAt} ms` };
  return fine;
}
