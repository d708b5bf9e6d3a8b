import { Controller, Get, Query } from '@nestjs/common';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, RequirePermission } from '@tributary/platform';
import type { DocumentComparisons } from '@tributary/contracts';
import { z } from 'zod';
import { parseRequest } from '../../shared/accept/parse-request.js';
import { DocumentComparisonRepository } from '../emit/document-comparison.repository.js';

const query = z.object({
  state: z.enum(['matched', 'different', 'missing', 'pending', 'notCompared', 'open']).optional(),
  target: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[^\0]*$/, 'has a character that no target has')
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  after: z
    .string()
    .max(600)
    .regex(/^\d{1,18}~[^\0]+$/s, 'is no cursor of this list')
    .optional(),
});

/** Documents beside the entries that the ledger has for them. Read only; the shapes are in services/recon/README.md. */
@Controller()
@RequirePermission('payments.read')
export class DocumentComparisonController {
  constructor(private readonly comparisons: DocumentComparisonRepository) {}

  @Get('reconciliation/documents')
  documents(@CurrentIdentity() identity: Identity, @Query() request: unknown): Promise<DocumentComparisons> {
    const { state, target, ...page } = parseRequest(query, request);
    return this.comparisons.comparisons({ state, target, visible: targetsFor(identity, 'payments.read') }, page);
  }
}
