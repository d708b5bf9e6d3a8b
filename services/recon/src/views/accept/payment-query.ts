import { z } from 'zod';
import { currencyText, filterText, timeRange } from '../../shared/accept/list-query.js';

const standings = z.enum(['inLedger', 'onItsWay', 'needsPerson', 'notBooked', 'failedAtStripe']);
const minor = z.string().regex(/^-?\d{1,18}$/, 'whole minor units, e.g. 22355 for 223.55 EUR');

/** Filters of every request that lists payments or sums them. `standing` is one of several, comma separated. */
export const paymentFilter = {
  standing: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(standings).min(1).max(5))
    .optional(),
  state: z.enum(['inFlight', 'posted', 'ignored', 'held', 'deadLettered']).optional(),
  reconciliation: z.enum(['matched', 'missing', 'different', 'pending']).optional(),
  currency: currencyText.optional(),
  minMinor: minor.optional(),
  maxMinor: minor.optional(),
  ...timeRange,
  customer: filterText.optional(),
  target: filterText.optional(),
  hasRefund: z.stringbool().optional(),
  hasDispute: z.stringbool().optional(),
};
