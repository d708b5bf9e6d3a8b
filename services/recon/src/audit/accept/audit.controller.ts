import { Body, Controller, ForbiddenException, Get, HttpCode, NotFoundException, Param, Post, Query } from '@nestjs/common';
import type { AuditEntryView, AuditPage, AuditReportView } from '@tributary/contracts';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import { z } from 'zod';
import { parseRequest } from '../../shared/accept/parse-request.js';
import { typedText } from '../../shared/accept/typed-text.js';
import { auditEntryView, auditRowView } from '../decide/audit-view.js';
import { AuditTrail } from '../emit/audit-trail.js';
import { auditQuery, placeOfChain } from './audit-query.js';

/** What other services may report: what they decide themselves. Orders and payloads are recon's own. */
const reportable =
  /^(?:sign-in|sign-out|person|grant|session|password|key|token|target|group|ledger|personal-data|log-level)\.[a-z][a-z-]{0,49}$/;
/** The same for one service: nobody tells of what another one decides. */
const reportableBy = new Map([
  ['service:console', /^(?:sign-in|sign-out|person|grant|session|password|key|token|personal-data|log-level)\./],
  ['service:erp-sink', /^(?:target|group|ledger|personal-data|log-level)\./],
]);
const mostDetailBytes = 16_384;
const id = typedText(300, { missing: 'whose?' });

const report = z.strictObject({
  id: z.uuid().optional(),
  subject: id,
  name: typedText(200, { missing: 'whose name?' }),
  action: z.string().regex(reportable, 'an action of the service that reports it, like sign-in.succeeded'),
  object: id,
  target: id.nullish(),
  reason: typedText(1_000, { missing: 'why?' }).nullish(),
  details: z
    .record(z.string(), z.unknown())
    .refine((details) => JSON.stringify(details).length <= mostDetailBytes, `at most ${mostDetailBytes} characters of JSON`)
    .default({}),
  address: typedText(100, { missing: 'which address?' }).nullish(),
});

/** The audit trail: read by people, and written by services that have no chain of their own. The HTTP contract is services/recon/README.md. */
@Controller('audit')
@RequirePermission('audit.read')
export class AuditController {
  constructor(private readonly trail: AuditTrail) {}

  @Get()
  @Documented({ does: 'Rows of the audit trail, newest first.', answers: 'AuditPage', query: auditQuery })
  async list(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<AuditPage> {
    const { after, before, limit, ...filter } = parseRequest(auditQuery, query);
    const page = { after, before, limit };
    const { rows, next, previous } = await this.trail.list({ ...filter, visible: targetsFor(identity, 'audit.read') }, page);
    return { rows: rows.map(auditRowView), next, previous };
  }

  @Get(':sequence')
  @Documented({
    does: 'One row of the audit trail, and whether it fits its hash.',
    answers: 'AuditEntryView',
    refuses: { 404: ['audit.unknown'] },
  })
  async entry(@CurrentIdentity() identity: Identity, @Param('sequence') sequence: string): Promise<AuditEntryView> {
    const place = placeOfChain.safeParse(sequence);
    const found = place.success ? await this.trail.find(place.data, targetsFor(identity, 'audit.read')) : undefined;
    if (found) return auditEntryView(found.row, found.before);
    throw new NotFoundException({
      error: 'audit.unknown',
      message: `The audit trail has no row ${sequence.slice(0, 40)} that you may see.`,
    });
  }

  /** Takes a row from another service. 201: it is in the chain, since now or since the same `id` came before. */
  @Post()
  @RequirePermission('audit.report')
  @HttpCode(201)
  @Documented({
    does: 'Takes a row of the audit trail from another service.',
    answers: 'AuditReportView',
    body: report,
    noCommand: 'services report what they decide',
    refuses: { 400: ['audit.invalid'] },
  })
  async report(@CurrentIdentity() { subject }: Identity, @Body() body: unknown): Promise<AuditReportView> {
    const { id: reportId, target, reason, address, ...entry } = parseRequest(report, body, 'audit.invalid');
    if (reportableBy.get(subject)?.test(entry.action) === false)
      throw new ForbiddenException(`${subject} does not decide about ${entry.action}, and may not report it`);
    const full = { ...entry, target: target ?? null, reason: reason ?? null, address: address ?? null };
    const row = await this.trail.recordReport(subject, reportId, full);
    return { sequence: row.sequence.toString(), hash: row.hash };
  }
}
