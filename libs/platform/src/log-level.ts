import type { Logger } from 'pino';
import { configuredLogLevels, levelFor } from './configured-log-levels.js';
import type { LogLevel } from './configured-log-levels.js';

export { logLevels } from './configured-log-levels.js';
export type { LogLevel } from './configured-log-levels.js';

/** Longest time for which another level may be set, minutes: a forgotten one fills disks. */
export const longestLogLevelMinutes = 240;
/** Most loggers that have a level of their own at once. */
export const mostNamedLogLevels = 20;
/** What a signal sets, and for how long. */
const bySignal = { level: 'debug', minutes: 10 } as const;
/** Loggers that are remembered before those that are gone are forgotten. */
const sweepBeyond = 100;
/** Stands for all loggers, where others have the beginning of a name. */
const all = '';

/** A level that was set for a time. */
export interface SetLogLevel {
  readonly level: LogLevel;
  /** ms since 1970. */
  readonly until: number;
}
/** The same, of the loggers whose names begin with a text, in any case. */
export interface NamedLogLevel extends SetLogLevel {
  readonly logger: string;
}
interface Followed {
  readonly logger: WeakRef<Logger>;
  readonly name: string;
  readonly configured: string;
}

/** The level of each logger of this process: as configured, or another one for a time. */
class RunningLogLevel {
  private followed: Followed[] = [];
  private readonly orders = new Map<string, SetLogLevel & { readonly timer: NodeJS.Timeout }>();

  /** Lets a logger follow. @param configured the level that it has otherwise. @param name what its lines have as `context`, else the service. */
  follow(logger: Logger, configured: string, name: string): void {
    if (this.followed.length > sweepBeyond) this.followed = this.followed.filter((one) => one.logger.deref() !== undefined);
    this.followed.push({ logger: new WeakRef(logger), name, configured });
    const level = this.levelOf(name, configured);
    if (logger.level !== level) logger.level = level;
  }

  /** The level that was set for all loggers; undefined: each has the one of the configuration. */
  get now(): SetLogLevel | undefined {
    const order = this.orders.get(all);
    return order && { level: order.level, until: order.until };
  }

  /** Levels that were set for some loggers, by name. They come before one of all loggers. */
  get named(): readonly NamedLogLevel[] {
    const set = [...this.orders].filter(([logger]) => logger !== all);
    return set.map(([logger, { level, until }]) => ({ logger, level, until })).sort((a, b) => (a.logger < b.logger ? -1 : 1));
  }

  /** The level that the loggers of a name write at now. @param logger beginning of the name; default: all that have no level of their own. */
  levelNow(logger: string = all): string {
    return this.levelOf(logger, levelFor(logger, configuredLogLevels(), (level) => level) ?? process.env.LOG_LEVEL ?? 'info');
  }

  /** Names of the loggers that this process has, as far as they have written. */
  get names(): readonly string[] {
    return [...new Set(this.followed.flatMap(({ logger, name }) => (logger.deref() ? [name] : [])))].sort();
  }

  /** Sets a level for a time; the one before comes back by itself. @param logger beginning of the names of those that are meant; default: all. */
  set(level: LogLevel, forMs: number, logger: string = all): void {
    const key = logger.toLowerCase();
    clearTimeout(this.orders.get(key)?.timer);
    const timer = setTimeout(() => this.end(key), forMs).unref();
    this.orders.set(key, { level, until: Date.now() + forMs, timer });
    this.apply();
  }

  /** Sets every level of the configuration. */
  reset(): void {
    for (const { timer } of this.orders.values()) clearTimeout(timer);
    this.orders.clear();
    this.apply();
  }

  private end(key: string): void {
    this.orders.delete(key);
    this.apply();
  }

  private apply(): void {
    for (const { logger, name, configured } of this.followed) {
      const one = logger.deref();
      if (one) one.level = this.levelOf(name, configured);
    }
  }

  private levelOf(name: string, configured: string): string {
    if (this.orders.size === 0) return configured;
    return levelFor(name, this.orders, ({ level }) => level) ?? configured;
  }
}

/** The levels of all loggers of this process. */
export const runningLogLevel = new RunningLogLevel();

/** SIGUSR2 sets `debug` for ten minutes, and another one sets back what the configuration says. For whoever is in the container and has no token. */
export function changeLogLevelOnSignal(logger: Logger): void {
  process.on('SIGUSR2', () => {
    const { level, minutes } = bySignal;
    if (runningLogLevel.now) runningLogLevel.reset();
    else runningLogLevel.set(level, minutes * 60_000);
    logger.warn(
      `SIGUSR2: the level of the log is ${runningLogLevel.now ? `${level} for ${minutes} minutes` : 'that of the configuration'}`,
    );
  });
}
