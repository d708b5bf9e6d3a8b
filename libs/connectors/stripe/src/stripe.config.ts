import { secretVariables } from '@tributary/platform';
import { z } from 'zod';

/** The API version that mappers are written for; webhook endpoints and client use the same (docs/reference/stripe.md section 1). */
export const pinnedApiVersion = '2026-08-26.dahlia';

/** Variables of services that read from the Stripe API. */
export const stripeEnvironment = z.object({
  ...secretVariables(
    'STRIPE_API_KEY',
    'restricted key that may read customers, charges, refunds, balance transactions, invoices, credit notes and Checkout sessions; ' +
      'none: nothing is read',
  ),
  STRIPE_API_URL: z.url().default('https://api.stripe.com').describe('base URL of the Stripe API'),
  STRIPE_API_VERSION: z.string().min(10).default(pinnedApiVersion).describe('version of the Stripe API that is asked for'),
  STRIPE_CALL_TIMEOUT_MS: z.coerce.number().int().positive().default(2_000).describe('longest time for one answer of the Stripe API'),
  STRIPE_CALLS_PER_SECOND: z.coerce
    .number()
    .positive()
    .max(100)
    .default(20)
    .describe('calls to the Stripe API; sandboxes allow 25, live accounts 100'),
  STRIPE_MAX_WAIT_MS: z.coerce.number().int().min(0).default(1_000).describe('longest wait for a turn; beyond it the fact goes on without'),
});

/** The parsed environment variables of the Stripe connector. */
export type StripeEnvironment = z.infer<typeof stripeEnvironment>;
