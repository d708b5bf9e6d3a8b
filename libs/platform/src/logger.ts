import type { LoggerService } from '@nestjs/common';
import { isSpanContextValid, trace } from '@opentelemetry/api';
import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import { configuredLogLevels, levelFor } from './configured-log-levels.js';
import { runningLogLevel } from './log-level.js';
import { standardOutput } from './log-destination.js';
import { redactLine } from './redaction.js';

/** Contexts that have a logger of their own at most. Nest's are names of classes, so there are fewer. */
const mostContexts = 500;

/**
 * JSON lines on stdout with service, level, time and trace id, without secrets (I8). A child with a `context` is a logger of that name: LOG_LEVELS and
 * `PUT /log-level` set its level by the beginning of it. The name of any other is the service.
 */
export function createLogger(service: string, level = process.env.LOG_LEVEL ?? 'info', destination?: DestinationStream): Logger {
  const configured = configuredLogLevels();
  const follow = (one: Logger): void => {
    const { context } = one.bindings();
    const name = typeof context === 'string' ? context : service;
    runningLogLevel.follow(one, levelFor(name, configured, (entry) => entry) ?? level, name);
  };
  const logger = pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => {
        const context = trace.getActiveSpan()?.spanContext();
        return context && isSpanContextValid(context) ? { traceId: context.traceId } : {};
      },
      hooks: { streamWrite: redactLine },
      onChild: (child) => follow(child as Logger),
    },
    destination ?? standardOutput(),
  );
  follow(logger);
  return logger;
}

/** Lets Nest log through pino. Each context is a logger of that name. */
export class NestLogger implements LoggerService {
  private readonly contexts = new Map<string, Logger>();

  constructor(private readonly logger: Logger) {}
  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  private write(level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal', message: unknown, rest: unknown[]): void {
    const context = rest.findLast((part) => typeof part === 'string');
    const stack = rest.find((part) => typeof part === 'string' && part.includes('\n    at '));
    const named = context !== undefined && context !== stack ? context : undefined;
    const logger = this.loggerOf(named);
    const fields = { ...(named !== undefined && logger === this.logger ? { context: named } : {}), ...(stack ? { stack } : {}) };
    if (message instanceof Error) logger[level]({ ...fields, err: message });
    else if (typeof message === 'object') logger[level]({ ...fields, ...message });
    else logger[level](fields, String(message));
  }

  private loggerOf(context: string | undefined): Logger {
    if (!context) return this.logger;
    const known = this.contexts.get(context);
    if (known || this.contexts.size >= mostContexts) return known ?? this.logger;
    const made = this.logger.child({ context });
    this.contexts.set(context, made);
    return made;
  }
}
