import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import type { AuditReportView } from '@tributary/contracts';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, Documented, logLevels, longestLogLevelMinutes, RequirePermission } from '@tributary/platform';
import { z } from 'zod';
import { parseRequest } from '../../shared/accept/parse-request.js';
import { reasonText, typedText } from '../../shared/accept/typed-text.js';
import { AuditTrail } from '../emit/audit-trail.js';

/** Services that keep no outbox; the others report what they did themselves. */
const reporting = ['ingest', 'transform'] as const;
const deed = z.strictObject({
  service: z.enum(reporting),
  reason: reasonText,
  details: z.strictObject({
    level: z.strictObject({ before: typedText(20, { missing: 'which level before?' }), after: z.enum(logLevels) }),
    forMinutes: z.number().positive().max(longestLogLevelMinutes),
    until: z.iso.datetime(),
    host: typedText(253, { missing: 'of which host?' }),
    logger: typedText(64, { missing: 'which logger?' }).optional(),
  }),
});

/**
 * A change of the level of a log, recorded before it is made: the service asks with the token of whoever asked it, so who did it is known from the token and
 * from nobody's word. The HTTP contract is services/recon/README.md.
 */
@Controller('audit/log-levels')
@RequirePermission('logs.set', { target: () => '*' })
export class LogLevelDeedController {
  constructor(private readonly trail: AuditTrail) {}

  @Post()
  @HttpCode(201)
  @Documented({
    does: 'Records that whoever asks changes the level of the log of ingest or transform.',
    answers: 'AuditReportView',
    body: deed,
    noCommand: 'ingest and transform ask this, by the token of whoever changes the level there',
    refuses: { 400: ['log-level.invalid'] },
  })
  async record(@CurrentIdentity() { subject, name }: Identity, @Body() body: unknown): Promise<AuditReportView> {
    const { service, reason, details } = parseRequest(deed, body, 'log-level.invalid');
    const about = { action: 'log-level.changed', object: `log:${service}`, target: null, address: null };
    const row = await this.trail.record({ subject, name, ...about, reason, details });
    return { sequence: row.sequence.toString(), hash: row.hash };
  }
}
