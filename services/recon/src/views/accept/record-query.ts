import { z } from 'zod';
import { filterText, pageFields, timeRange } from '../../shared/accept/list-query.js';

/** Where a page of a list begins, and how many rows it has. */
export const recordPage = pageFields(
  z
    .string()
    .max(600)
    .regex(/^-?\d{1,18}~[^\0]+$/s, 'is no cursor of this list'),
);

const common = { id: filterText.optional(), type: filterText.optional(), key: filterText.optional(), ...timeRange };

/** Filters of the list of Stripe events. */
export const eventFilter = {
  ...common,
  state: z.enum(['inFlight', 'posted', 'ignored', 'held', 'deadLettered']).optional(),
  reason: filterText.optional(),
  stuck: z.stringbool().optional(),
};
/** Filters of the list of canonical events. */
export const canonicalFilter = common;
/** Filters of the list of outcomes. */
export const outcomeFilter = { ...common, target: filterText.optional(), result: filterText.optional() };
/** Filters of the list of posting requests. */
export const postingFilter = { ...outcomeFilter, written: z.enum(['documents', 'metadata']).optional() };
