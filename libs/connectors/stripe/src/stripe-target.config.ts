import { requiringSecrets, secretVariables } from '@tributary/platform';
import { z } from 'zod';
import { stripeEnvironment } from './stripe.config.js';

const variables = stripeEnvironment.extend({
  ...secretVariables('STRIPE_API_KEY', 'restricted key that may read and write customers and charges'),
  STRIPE_CALL_TIMEOUT_MS: z.coerce.number().int().positive().default(20_000).describe('longest time for one answer of the Stripe API'),
  STRIPE_MAX_WAIT_MS: z.coerce
    .number()
    .int()
    .min(0)
    .default(5_000)
    .describe('longest wait for a turn; beyond it the document is tried later'),
});

/** Variables of the service that writes to a Stripe account as to a target. The same names where the same is meant. */
export const stripeTargetEnvironment = requiringSecrets(variables, 'STRIPE_API_KEY');
