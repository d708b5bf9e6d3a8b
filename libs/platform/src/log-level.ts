import type { Logger } from 'pino';

/** Levels that can be set while a service runs, the most talkative first. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error'] as const;
/** One of them. */
export type LogLevel = (typeof logLevels)[number];

/** Longest time for which another level may be set, minutes: a forgotten one fills disks. */
export const longestLogLevelMinutes = 240;
/** What a signal sets, and for how long. */
const bySignal = { level: 'debug', minutes: 10 } as const;
/** Loggers that are remembered before those that are gone are forgotten. */
const sweepBeyond = 100;

/** The level of all loggers of this process: as configured, or another one for a time. */
class RunningLogLevel {
  private followed: { readonly logger: WeakRef<Logger>; readonly configured: string }[] = [];
  private changed: { readonly level: LogLevel; readonly until: number; readonly timer: NodeJS.Timeout } | undefined;

  /** Lets a logger follow. @param configured the level that it has otherwise. */
  follow(logger: Logger, configured: string): void {
    if (this.followed.length > sweepBeyond) this.followed = this.followed.filter((one) => one.logger.deref() !== undefined);
    this.followed.push({ logger: new WeakRef(logger), configured });
    if (this.changed) logger.level = this.changed.level;
  }

  /** The level that was set, and until when, ms since 1970; undefined: every logger has the one of the configuration. */
  get now(): { readonly level: LogLevel; readonly until: number } | undefined {
    return this.changed && { level: this.changed.level, until: this.changed.until };
  }

  /** Sets a level for a time; the one of the configuration comes back by itself. */
  set(level: LogLevel, forMs: number): void {
    clearTimeout(this.changed?.timer);
    const timer = setTimeout(() => this.reset(), forMs).unref();
    this.changed = { level, until: Date.now() + forMs, timer };
    for (const { logger } of this.followed) {
      const one = logger.deref();
      if (one) one.level = level;
    }
  }

  /** Sets the level of the configuration. */
  reset(): void {
    clearTimeout(this.changed?.timer);
    this.changed = undefined;
    for (const { logger, configured } of this.followed) {
      const one = logger.deref();
      if (one) one.level = configured;
    }
  }
}

/** The level of all loggers of this process. */
export const runningLogLevel = new RunningLogLevel();

/** SIGUSR2 sets `debug` for ten minutes, and another one sets back what the configuration says. For services that know nobody who could ask. */
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
