import { z } from 'zod';
import { pageFields, timeRange } from '../../shared/accept/list-query.js';

/** Filters of every request that lists rows of the audit trail. */
export const auditFilter = {
  subject: z.string().max(500).optional(),
  object: z.string().max(500).optional(),
  action: z.string().max(100).optional(),
  ...timeRange,
};

/** A place of the chain. */
export const placeOfChain = z.string().regex(/^[1-9]\d{0,17}$/, 'a place of the chain, such as 17');

/** A page of the audit trail. */
export const auditQuery = z.strictObject({ ...auditFilter, ...pageFields(placeOfChain, { limit: 100, most: 1_000 }) });
