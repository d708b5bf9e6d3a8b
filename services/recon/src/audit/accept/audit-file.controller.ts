import { Controller, Get, Query } from '@nestjs/common';
import type { StreamableFile } from '@nestjs/common';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import { z } from 'zod';
import { listFile } from '../../shared/accept/list-file.js';
import { parseRequest } from '../../shared/accept/parse-request.js';
import { auditSheet } from '../decide/audit-csv.js';
import { auditRowView } from '../decide/audit-view.js';
import { AuditTrail } from '../emit/audit-trail.js';
import { auditFilter } from './audit-query.js';

const query = z.strictObject(auditFilter);

/** GET /audit.csv: all rows of the audit trail that the filters of `GET /audit` select, as a file. */
@Controller()
@RequirePermission('audit.read')
export class AuditFileController {
  constructor(private readonly trail: AuditTrail) {}

  @Get('audit.csv')
  @Documented({ does: 'The audit trail as a file.', answers: 'csv', query })
  file(@CurrentIdentity() identity: Identity, @Query() request: unknown): Promise<StreamableFile> {
    const filter = { ...parseRequest(query, request), visible: targetsFor(identity, 'audit.read') };
    return listFile({
      name: 'audit',
      sheet: auditSheet,
      read: async (page) => {
        const { rows, next } = await this.trail.list(filter, page);
        return { rows: rows.map(auditRowView), next };
      },
    });
  }
}
