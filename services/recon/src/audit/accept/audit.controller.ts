import { Body, Controller, ForbiddenException, Get, HttpCode, Post, Query } from '@nestjs/common';
import type { AuditPage, AuditRowView } from '@tributary/contracts';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, RequirePermission } from '@tributary/platform';
import { z } from 'zod';
import { parseRequest } from '../../shared/accept/parse-request.js';
import { typedText } from '../../shared/accept/typed-text.js';
import type { AuditRow } from '../decide/audit-row.js';
import { AuditTrail } from '../emit/audit-trail.js';

const listQuery = z.strictObject({
  subject: z.string().max(500).optional(),
  object: z.string().max(500).optional(),
  action: z.string().max(100).optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  after: z
    .string()
    .regex(/^[1-9]\d{0,17}$/, 'the `next` of the page before')
    .optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

/** What other services may report: what they decide themselves. Orders and payloads are recon's own. */
const reportable = /^(?:sign-in|sign-out|person|grant|session|password|key|token|target|group|ledger|personal-data)\.[a-z][a-z-]{0,49}$/;
/** The same for one service: nobody tells of what another one decides. */
const reportableBy = new Map([
  ['service:console', /^(?:sign-in|sign-out|person|grant|session|password|key|token|personal-data)\./],
  ['service:erp-sink', /^(?:target|group|ledger|personal-data)\./],
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
  async list(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<AuditPage> {
    const { after, limit, ...filter } = parseRequest(listQuery, query);
    const { rows, next } = await this.trail.list({ ...filter, visible: targetsFor(identity, 'audit.read') }, after, limit);
    return { rows: rows.map(auditRowView), next };
  }

  /** Takes a row from another service. 201: it is in the chain, since now or since the same `id` came before. */
  @Post()
  @RequirePermission('audit.report')
  @HttpCode(201)
  async report(@CurrentIdentity() { subject }: Identity, @Body() body: unknown): Promise<{ sequence: string; hash: string }> {
    const { id: reportId, target, reason, address, ...entry } = parseRequest(report, body, 'audit.invalid');
    if (reportableBy.get(subject)?.test(entry.action) === false)
      throw new ForbiddenException(`${subject} does not decide about ${entry.action}, and may not report it`);
    const full = { ...entry, target: target ?? null, reason: reason ?? null, address: address ?? null };
    const row = await this.trail.recordReport(subject, reportId, full);
    return { sequence: row.sequence.toString(), hash: row.hash };
  }
}

function auditRowView({ sequence, at, subject, name, action, object, target, reason, details, address, hash }: AuditRow): AuditRowView {
  const parsed = JSON.parse(details) as unknown;
  return { sequence: sequence.toString(), at, subject, name, action, object, target, reason, details: parsed, address, hash };
}
