import type { LoggerService } from '@nestjs/common';
import { isSpanContextValid, trace } from '@opentelemetry/api';
import { pino } from 'pino';
import type { Logger } from 'pino';

/** Names whose values never reach a log, at any depth that pino can reach (I8). */
const secretNames = [
  'password',
  'secret',
  'secrets',
  'apiKey',
  'api_key',
  'authorization',
  'token',
  'stripe-signature',
  'x-api-key',
  'DATABASE_URL',
  'client_secret',
];
const redacted = secretNames.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]);

/** Texts that look like a secret wherever they stand: Stripe keys and signing secrets, credentials in URLs, Basic and Bearer. */
const secretTexts = [
  /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]+/g,
  /\bwhsec_[A-Za-z0-9_+/=-]+/g,
  /(?<=:\/\/[^:/\s@]+:)[^@\s]+(?=@)/g,
  /\b(?:Basic|Bearer) [A-Za-z0-9._~+/=-]{8,}/g,
];

/** The text without what looks like a secret. */
export function redactSecrets(text: string): string {
  return secretTexts.reduce((masked, pattern) => masked.replace(pattern, '[secret]'), text);
}

/** JSON lines on stdout with service, level, time and trace id. */
export function createLogger(service: string, level = process.env.LOG_LEVEL ?? 'info'): Logger {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: redacted, censor: '[secret]' },
    mixin: () => {
      const context = trace.getActiveSpan()?.spanContext();
      return context && isSpanContextValid(context) ? { traceId: context.traceId } : {};
    },
    hooks: {
      logMethod(args, method) {
        method.apply(
          this,
          args.map((argument: unknown) => (typeof argument === 'string' ? redactSecrets(argument) : argument)) as Parameters<typeof method>,
        );
      },
    },
  });
}

/** Lets Nest log through pino. */
export class NestLogger implements LoggerService {
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
    const fields = { ...(context && context !== stack ? { context } : {}), ...(stack ? { stack: redactSecrets(String(stack)) } : {}) };
    if (message instanceof Error) this.logger[level]({ ...fields, err: message });
    else if (typeof message === 'object') this.logger[level]({ ...fields, ...message });
    else this.logger[level](fields, String(message));
  }
}
