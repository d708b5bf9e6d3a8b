import { hostname } from 'node:os';
import {
  BadRequestException,
  Body,
  Controller,
  Get,
  Headers,
  Inject,
  Logger,
  Put,
  ServiceUnavailableException,
  UseGuards,
} from '@nestjs/common';
import type { LogLevelView, NamedLogLevelView } from '@tributary/contracts';
import type { Identity } from '@tributary/identity';
import { z } from 'zod';
import { configuredLogLevels, loggerName } from './configured-log-levels.js';
import { OwnRoutesGuard } from './identity/own-routes.guard.js';
import { CurrentIdentity, RequirePermission } from './identity/permission.decorators.js';
import { Documented } from './openapi/documented.js';
import { LOG_LEVEL_AUDIT } from './log-level-audit.js';
import type { LogLevelAudit, LogLevelDeed } from './log-level-audit.js';
import { logLevels, longestLogLevelMinutes, mostNamedLogLevels, runningLogLevel } from './log-level.js';
import type { LogLevel } from './log-level.js';
import { workerGroup } from './workers/worker-group.js';

const change = z.strictObject({
  level: z.enum(logLevels),
  logger: z.string().regex(loggerName, 'expected the beginning of the name of a logger, e.g. kafka').optional(),
  forMinutes: z.number().positive().max(longestLogLevelMinutes),
  reason: z
    .string()
    .trim()
    .min(3, 'why? a few words')
    .max(1_000)
    .regex(/^\P{Cc}*$/u, 'characters that are not shown are not taken'),
});

/** A level as all workers of a service set it. */
interface LevelOrder {
  readonly level: LogLevel;
  readonly forMs: number;
  readonly logger?: string;
}

/** The level of the log of the service that answers, for a time: of all its loggers, or of some. Every pod has its own. */
@Controller('log-level')
@UseGuards(OwnRoutesGuard)
@RequirePermission('logs.set', { target: () => '*' })
export class LogLevelController {
  private readonly logger = new Logger(LogLevelController.name);

  constructor(@Inject(LOG_LEVEL_AUDIT) private readonly audit: LogLevelAudit) {
    workerGroup?.answers('log-level', async (order) => setHere(order as LevelOrder));
  }

  @Get()
  @Documented({
    does: 'The levels of the log of the process that answers, until when, and the names of its loggers.',
    answers: 'LogLevelView',
  })
  show(): LogLevelView {
    const { now, names } = runningLogLevel;
    return { level: now?.level ?? null, until: now === undefined ? null : isoTime(now.until), loggers: namedLevels(), names };
  }

  /** 400: the level is none, or the time is longer than four hours. 503: a worker of the service does not answer. */
  @Put()
  @Documented({
    does: 'Sets the level of the log of the process that answers, or of some of its loggers, for a time.',
    answers: 'LogLevelView',
    body: change,
    command: 'log-level',
    refuses: { 400: ['log-level.invalid'], 503: ['log-level.worker-silent', 'log-level.not-recorded'] },
  })
  async set(
    @CurrentIdentity() identity: Identity,
    @Body() body: unknown,
    @Headers('authorization') authorization: string | undefined,
  ): Promise<LogLevelView> {
    const read = change.safeParse(jsonOf(body));
    if (!read.success)
      throw invalid(read.error.issues.map((issue) => `${issue.path.join('.') || 'the request'}: ${issue.message}`).join('; '));
    const { level, forMinutes, logger } = read.data;
    refuseTooMany(logger);
    await this.audit.record(deedOf(identity, this.audit.service, read.data), authorization);
    await setEverywhere({ level, forMs: forMinutes * 60_000, ...(logger === undefined ? {} : { logger }) });
    this.logger.warn(
      `${identity.subject} set the level of ${logger === undefined ? 'the log' : `loggers ${logger}*`} to ${level} for ${forMinutes} minutes`,
    );
    return this.show();
  }
}

/** What the audit trail keeps of a change. */
function deedOf({ subject, name }: Identity, service: string, { level, logger, forMinutes, reason }: z.infer<typeof change>): LogLevelDeed {
  const details = {
    level: { before: runningLogLevel.levelNow(logger), after: level },
    forMinutes,
    until: isoTime(Date.now() + forMinutes * 60_000),
    host: hostname(),
    ...(logger === undefined ? {} : { logger }),
  };
  return { subject, name, action: 'log-level.changed', object: `log:${service}`, reason, details };
}

/** In a service with workers every one of them: which of them answers is chance. */
async function setEverywhere(order: LevelOrder): Promise<void> {
  if (!workerGroup) return void setHere(order);
  const answers = await workerGroup.ask('log-level', order);
  if (answers?.every((answer) => answer === true)) return;
  throw new ServiceUnavailableException({
    error: 'log-level.worker-silent',
    message: 'Not every worker of the service has set the level. Ask again.',
  });
}

function setHere({ level, forMs, logger }: LevelOrder): true {
  runningLogLevel.set(level, forMs, logger);
  return true;
}

function refuseTooMany(logger: string | undefined): void {
  if (logger === undefined) return;
  const others = runningLogLevel.named.filter((one) => one.logger !== logger.toLowerCase());
  if (others.length >= mostNamedLogLevels)
    throw invalid(`logger: ${mostNamedLogLevels} loggers have a level of their own, and more are not set. Wait until one ends.`);
}

/** Those of the configuration, and those that were set, which replace them. */
function namedLevels(): NamedLogLevelView[] {
  const configured = [...configuredLogLevels()].map(([logger, level]): NamedLogLevelView => ({ logger, level, until: null }));
  const set = runningLogLevel.named.map(({ logger, level, until }): NamedLogLevelView => ({ logger, level, until: isoTime(until) }));
  const isSet = new Set(set.map(({ logger }) => logger));
  return [...set, ...configured.filter(({ logger }) => !isSet.has(logger))].sort((a, b) => (a.logger < b.logger ? -1 : 1));
}

/** ingest keeps every body as its bytes, because signatures are over bytes. */
function jsonOf(body: unknown): unknown {
  if (!Buffer.isBuffer(body)) return body;
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function invalid(message: string): BadRequestException {
  return new BadRequestException({ error: 'log-level.invalid', message });
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
