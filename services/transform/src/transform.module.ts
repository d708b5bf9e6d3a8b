import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { createStripeClient, StripeReader } from '@tributary/connector-stripe';
import type { AssetBundle } from '@tributary/mapping';
import { createEgressFetch, HealthModule } from '@tributary/platform';
import type { HealthProbe } from '@tributary/platform';
import { ASSET_BUNDLE, CanonicalFactConsumer } from './accept/canonical-fact.consumer.js';
import { StripeEventConsumer } from './accept/stripe-event.consumer.js';
import { Enricher } from './emit/enricher.js';
import type { TransformConfig } from './transform.config.js';

export interface TransformParts {
  readonly config: TransformConfig;
  readonly assets: AssetBundle;
  /** What has to be well for the service to be ready: the transports. */
  readonly probes: readonly HealthProbe[];
}

@Module({})
export class TransformModule {
  static for({ config, assets, probes }: TransformParts): DynamicModule {
    return {
      module: TransformModule,
      imports: [HealthModule.registerAsync({ inject: [], useFactory: () => ({ ready: probes }) })],
      controllers: [StripeEventConsumer, CanonicalFactConsumer],
      providers: [{ provide: ASSET_BUNDLE, useValue: assets }, { provide: StripeReader, useFactory: () => readerFor(config) }, Enricher],
    };
  }
}

/** Without an API key nothing is read: facts go on without enrichment, and say so. */
function readerFor(config: TransformConfig): StripeReader | undefined {
  if (config.STRIPE_API_KEY === undefined) return undefined;
  // Stripe's own API is never inside; an emulator in the same cluster is.
  const allowInternal = new URL(config.STRIPE_API_URL).hostname !== 'api.stripe.com';
  const client = createStripeClient({
    apiKey: config.STRIPE_API_KEY,
    apiUrl: config.STRIPE_API_URL,
    apiVersion: config.STRIPE_API_VERSION,
    timeoutMs: config.STRIPE_CALL_TIMEOUT_MS,
    fetch: createEgressFetch({ allow: [config.STRIPE_API_URL], allowInternal, timeoutMs: config.STRIPE_CALL_TIMEOUT_MS }),
  });
  return new StripeReader(client, { ratePerSecond: config.STRIPE_CALLS_PER_SECOND, maxWaitMs: config.STRIPE_MAX_WAIT_MS });
}
