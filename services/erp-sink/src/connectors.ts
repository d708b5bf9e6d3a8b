import { createKineticConnector, loadKineticConfig } from '@tributary/connector-epicor-kinetic';
import type { ErpConnector } from '@tributary/connector-kit';
import { createStripeConnector, stripeTargetEnvironment } from '@tributary/connector-stripe';
import { createEgressFetch, loadConfig } from '@tributary/platform';
import { callDeadlineCheck } from './call-deadline.js';

/** ERP_KIND -> connector. Each reads its own variables. */
const makers: Readonly<Record<string, (env: NodeJS.ProcessEnv) => ErpConnector>> = {
  'epicor-kinetic': (env) => {
    const config = loadKineticConfig(env);
    // An ERP usually stands in the own network.
    const fetch = createEgressFetch({
      allow: [config.url],
      allowInternal: true,
      timeoutMs: config.callTimeoutMs,
      permit: callDeadlineCheck,
    });
    return createKineticConnector(config, { fetch });
  },
  /** The way back: one Stripe account as a target, to whose objects ids of the ERPs are written. */
  stripe: (env) => {
    const config = loadConfig(stripeTargetEnvironment, env);
    const timeoutMs = config.STRIPE_CALL_TIMEOUT_MS;
    // Stripe's own API is never inside; an emulator in the same cluster is.
    const allowInternal = new URL(config.STRIPE_API_URL).hostname !== 'api.stripe.com';
    return createStripeConnector({
      apiKey: config.STRIPE_API_KEY,
      apiUrl: config.STRIPE_API_URL,
      apiVersion: config.STRIPE_API_VERSION,
      timeoutMs,
      fetch: createEgressFetch({ allow: [config.STRIPE_API_URL], allowInternal, timeoutMs, permit: callDeadlineCheck }),
      ratePerSecond: config.STRIPE_CALLS_PER_SECOND,
      maxWaitMs: config.STRIPE_MAX_WAIT_MS,
    });
  },
};

export const erpKinds = Object.keys(makers);

/** @throws {Error} for a kind without connector, or when the connector's variables are not usable. */
export function connectorFor(kind: string, env: NodeJS.ProcessEnv): ErpConnector {
  const make = makers[kind];
  if (!make) throw new RangeError(`ERP_KIND "${kind}": there are ${erpKinds.join(', ')}`);
  return make(env);
}
