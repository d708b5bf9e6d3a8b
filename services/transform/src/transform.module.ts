import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { createStripeClient, idempotencyPrefix, postingKeyMetadata, StripeReader } from '@tributary/connector-stripe';
import type { AssetBundle } from '@tributary/mapping';
import { pipelineExceptionFilter } from '@tributary/messaging';
import { databaseProbe } from '@tributary/persistence';
import {
  createEgressFetch,
  createLogger,
  HealthModule,
  LOG_LEVEL_AUDIT,
  logLevelAuditAtRecon,
  LogLevelController,
  OPENAPI_SERVICE,
  OpenApiController,
  optionalSecret,
  PublisherLifecycle,
  refusePlainHttp,
} from '@tributary/platform';
import type { DataSource } from 'typeorm';
import { ContentEnricher } from './accept/content-enricher.js';
import { FactRoutingConsumer } from './accept/fact-routing.consumer.js';
import { StripeEventConsumer } from './accept/stripe-event.consumer.js';
import { StripeEventTranslator } from './accept/stripe-event.translator.js';
import { TranslationController } from './accept/translation.controller.js';
import type { OwnWrites } from './decide/translate/echo.js';
import { settlementPolicyOf } from './transform.config.js';
import type { TransformConfig } from './transform.config.js';
import type { TranslateSettings } from './decide/translate/translate.js';
import { ASSET_BUNDLE, DRY_ENRICHER, DRY_TRANSLATOR, TRANSLATE_SETTINGS } from './transform.tokens.js';
import type { Transports } from './transports.js';

/** What the module is built from. */
export interface TransformParts {
  readonly config: TransformConfig;
  readonly assets: AssetBundle;
  readonly transports: Transports;
  readonly database: DataSource;
}

/** Wires transform: consumers, translator, enricher, publisher. */
@Module({})
export class TransformModule {
  static for({ config, assets, transports, database }: TransformParts): DynamicModule {
    const probes = (['publisher', 'translate', 'route'] as const).map((name) => ({ name, check: () => transports[name].health() }));
    return {
      module: TransformModule,
      imports: [HealthModule.registerAsync({ inject: [], useFactory: () => ({ ready: [...probes, databaseProbe(database)] }) })],
      controllers: [StripeEventConsumer, FactRoutingConsumer, TranslationController, LogLevelController, OpenApiController],
      providers: [
        { provide: OPENAPI_SERVICE, useValue: 'transform' },
        { provide: ASSET_BUNDLE, useValue: assets },
        { provide: TRANSLATE_SETTINGS, useValue: { own: ownWritesOf(assets), settlement: settlementPolicyOf(config) } },
        { provide: StripeReader, useFactory: () => readerFor(config) },
        ContentEnricher,
        StripeEventTranslator,
        { provide: DRY_ENRICHER, useFactory: () => new ContentEnricher(readerFor(config, dryRunShare)) },
        {
          provide: DRY_TRANSLATOR,
          useFactory: (enricher: ContentEnricher, settings: TranslateSettings) => new StripeEventTranslator(enricher, settings),
          inject: [DRY_ENRICHER, TRANSLATE_SETTINGS],
        },
        { provide: PublisherLifecycle, useFactory: () => new PublisherLifecycle(transports.publisher, createLogger('transform')) },
        { provide: LOG_LEVEL_AUDIT, useValue: logLevelAuditAtRecon('transform', config) },
        pipelineExceptionFilter,
      ],
    };
  }
}

/** Our own writes to Stripe: the metadata keys of the flows, and the posting key written beside them. */
function ownWritesOf({ stripeMetadataKeys }: AssetBundle): OwnWrites {
  if (stripeMetadataKeys.size === 0) return { metadataKeys: new Set(), idempotencyPrefix };
  return { metadataKeys: new Set([...stripeMetadataKeys, postingKeyMetadata]), plantedPrefix: `${postingKeyMetadata}_`, idempotencyPrefix };
}

/** Share of STRIPE_CALLS_PER_SECOND that dry runs may use on top. */
const dryRunShare = 0.1;

/** The reader of the Stripe API; undefined without an API key, so that facts are made without enrichment. */
function readerFor(config: TransformConfig, share = 1): StripeReader | undefined {
  const apiKey = optionalSecret(config, 'STRIPE_API_KEY');
  if (!apiKey) return undefined;
  refusePlainHttp(process.env, [config.STRIPE_API_URL]);
  // Stripe's own API is public; an emulator runs inside the cluster.
  const allowInternal = new URL(config.STRIPE_API_URL).hostname !== 'api.stripe.com';
  const client = createStripeClient({
    apiKey,
    apiUrl: config.STRIPE_API_URL,
    apiVersion: config.STRIPE_API_VERSION,
    timeoutMs: config.STRIPE_CALL_TIMEOUT_MS,
    fetch: createEgressFetch({ allow: [config.STRIPE_API_URL], allowInternal, timeoutMs: config.STRIPE_CALL_TIMEOUT_MS }),
  });
  return new StripeReader(client, { ratePerSecond: config.STRIPE_CALLS_PER_SECOND * share, maxWaitMs: config.STRIPE_MAX_WAIT_MS });
}
