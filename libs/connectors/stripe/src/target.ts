import type { TargetKind } from '@tributary/connector-kit';
import { createEgressFetch, loadConfig, observeExchanges, refusePlainHttp, requiredSecret } from '@tributary/platform';
import { createStripeConnector } from './stripe-connector.js';
import { stripeTargetEnvironment } from './stripe-target.config.js';

/** One Stripe account as a target: ids of the ERPs are written to its objects. */
export const stripeTarget: TargetKind = {
  kind: 'stripe',
  shippedTarget: 'stripe-main',
  create(env, { permit, observe }) {
    const config = loadConfig(stripeTargetEnvironment, env);
    const timeoutMs = config.STRIPE_CALL_TIMEOUT_MS;
    refusePlainHttp(env, [config.STRIPE_API_URL]);
    // Stripe's own API is never inside; an emulator in the same cluster is.
    const allowInternal = new URL(config.STRIPE_API_URL).hostname !== 'api.stripe.com';
    const send = createEgressFetch({ allow: [config.STRIPE_API_URL], allowInternal, timeoutMs, ...(permit ? { permit } : {}) });
    return createStripeConnector({
      apiKey: requiredSecret(config, 'STRIPE_API_KEY'),
      apiUrl: config.STRIPE_API_URL,
      apiVersion: config.STRIPE_API_VERSION,
      timeoutMs,
      fetch: observe ? observeExchanges(send, observe) : send,
      ratePerSecond: config.STRIPE_CALLS_PER_SECOND,
      maxWaitMs: config.STRIPE_MAX_WAIT_MS,
    });
  },
};
