import { Controller, Get, Query } from '@nestjs/common';
import type { StreamableFile } from '@nestjs/common';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import type { DocumentComparisons } from '@tributary/contracts';
import { z } from 'zod';
import { listFile } from '../../shared/accept/list-file.js';
import { pageFields } from '../../shared/accept/list-query.js';
import { parseRequest } from '../../shared/accept/parse-request.js';
import { documentSheet } from '../decide/record-csv.js';
import { DocumentComparisonRepository } from '../emit/document-comparison.repository.js';

const filter = {
  state: z.enum(['matched', 'different', 'missing', 'pending', 'notCompared', 'open']).optional(),
  target: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\0]*$/, 'has a character that no target has')
    .optional(),
};
const cursor = z
  .string()
  .max(600)
  .regex(/^\d{1,18}~[^\0]+$/s, 'is no cursor of this list');
const filterQuery = z.object(filter);
const pageQuery = z.object({ ...filter, ...pageFields(cursor) });

/** Documents beside the entries that the ledger has for them. Read only; the shapes are in services/recon/README.md. */
@Controller()
@RequirePermission('payments.read')
export class DocumentComparisonController {
  constructor(private readonly comparisons: DocumentComparisonRepository) {}

  @Get('reconciliation/documents')
  @Documented({ does: 'Documents beside the entries that the ledger has for them.', answers: 'DocumentComparisons', query: pageQuery })
  documents(@CurrentIdentity() identity: Identity, @Query() request: unknown): Promise<DocumentComparisons> {
    const { state, target, ...page } = parseRequest(pageQuery, request);
    return this.comparisons.comparisons({ state, target, visible: targetsFor(identity, 'payments.read') }, page);
  }

  @Get('reconciliation/documents.csv')
  @Documented({ does: 'Documents beside the entries of the ledger, as a file.', answers: 'csv', query: filterQuery })
  file(@CurrentIdentity() identity: Identity, @Query() request: unknown): Promise<StreamableFile> {
    const selected = { ...parseRequest(filterQuery, request), visible: targetsFor(identity, 'payments.read') };
    return listFile({ name: 'documents', sheet: documentSheet, read: (page) => this.comparisons.page(selected, page) });
  }
}
