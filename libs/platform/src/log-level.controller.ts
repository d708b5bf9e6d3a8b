import { BadRequestException, Body, Controller, Get, Inject, Logger, Put } from '@nestjs/common';
import type { LogLevelView } from '@tributary/contracts';
import type { Identity } from '@tributary/identity';
import { z } from 'zod';
import { CurrentIdentity, RequirePermission } from './identity/permission.decorators.js';
import { Documented } from './openapi/documented.js';
import { logLevels, longestLogLevelMinutes, runningLogLevel } from './log-level.js';

/** Injection token: {@link LogLevelAudit}. */
export const LOG_LEVEL_AUDIT = Symbol('LOG_LEVEL_AUDIT');

/** Records in the audit trail that somebody changes the level, before it is changed. Where a service has no way to it, its log says so. */
export type LogLevelAudit = (deed: LogLevelDeed) => Promise<void>;

/** What somebody does to the level. */
export interface LogLevelDeed {
  readonly subject: string;
  readonly name: string;
  readonly action: 'log-level.changed';
  readonly object: 'log';
  readonly reason: string;
  readonly details: { readonly level: string; readonly forMinutes: number };
}

const change = z.strictObject({
  level: z.enum(logLevels),
  forMinutes: z.number().positive().max(longestLogLevelMinutes),
  reason: z
    .string()
    .trim()
    .min(3, 'why? a few words')
    .max(1_000)
    .regex(/^\P{Cc}*$/u, 'characters that are not shown are not taken'),
});

/** The level of the log of the process that answers, for a time. Every pod has its own. */
@Controller('log-level')
@RequirePermission('logs.set', { target: () => '*' })
export class LogLevelController {
  private readonly logger = new Logger(LogLevelController.name);

  constructor(@Inject(LOG_LEVEL_AUDIT) private readonly audit: LogLevelAudit) {}

  @Get()
  @Documented({ does: 'The level of the log of the process that answers, and until when.', answers: 'LogLevelView' })
  show(): LogLevelView {
    const { now } = runningLogLevel;
    return { level: now?.level ?? null, until: now === undefined ? null : new Date(now.until).toISOString() };
  }

  /** 400: the level is none, or the time is longer than four hours. */
  @Put()
  @Documented({
    does: 'Sets the level of the log of the process that answers, for a time.',
    answers: 'LogLevelView',
    body: change,
    command: 'log-level',
    refuses: { 400: ['log-level.invalid'] },
  })
  async set(@CurrentIdentity() { subject, name }: Identity, @Body() body: unknown): Promise<LogLevelView> {
    const read = change.safeParse(body);
    if (!read.success)
      throw new BadRequestException({
        error: 'log-level.invalid',
        message: read.error.issues.map((issue) => `${issue.path.join('.') || 'the request'}: ${issue.message}`).join('; '),
      });
    const { level, forMinutes, reason } = read.data;
    await this.audit({ subject, name, action: 'log-level.changed', object: 'log', reason, details: { level, forMinutes } });
    runningLogLevel.set(level, forMinutes * 60_000);
    this.logger.warn(`${subject} set the level of the log to ${level} for ${forMinutes} minutes`);
    return this.show();
  }
}
