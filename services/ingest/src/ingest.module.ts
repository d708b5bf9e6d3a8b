import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import type { Publisher } from '@tributary/messaging';
import { HealthModule, LOG_LEVEL_AUDIT, logLevelAuditAtRecon, LogLevelController, PublisherLifecycle } from '@tributary/platform';
import type { ManagedPublisher } from '@tributary/platform';
import type { Logger } from 'pino';
import { Deliveries } from './accept/deliveries.js';
import { publishInFlightBytes, publishSecretsEnd } from './accept/ingest.metrics.js';
import { RefusalFilter } from './accept/refusal.filter.js';
import { Refusals } from './accept/refusals.js';
import { StripeWebhookController } from './accept/stripe-webhook.controller.js';
import { StripeWebhookReceiver } from './accept/stripe-webhook.receiver.js';
import { SecretWatch } from './accept/secret-watch.js';
import { RawFactProducer } from './emit/raw-fact.producer.js';
import type { IngestConfig } from './ingest.config.js';

/** The publisher of raw facts, connected and closed with the service. */
export interface RawFactPublisher extends Pick<Publisher, 'publish'>, ManagedPublisher {
  /** undefined while Kafka acknowledges what it is given, else a sentence. */
  health(): string | undefined;
}

/** What the module is wired from. */
export interface IngestParts {
  readonly config: IngestConfig;
  readonly logger: Logger;
  readonly publisher: RawFactPublisher;
}

/** Receives Stripe's webhooks and publishes them as raw facts. */
@Module({})
export class IngestModule {
  static for({ config, logger, publisher }: IngestParts): DynamicModule {
    const producer = new RawFactProducer(publisher, {
      deadlineMs: config.INGEST_PUBLISH_DEADLINE_MS,
      maxInFlightBytes: config.INGEST_MAX_IN_FLIGHT_BYTES,
      problem: () => publisher.health(),
      now: () => performance.now(),
    });
    publishInFlightBytes(() => producer.inFlightBytes);
    const receiver = new StripeWebhookReceiver(
      config.endpoints,
      { toleranceS: config.STRIPE_SIGNATURE_TOLERANCE_S, futureS: config.STRIPE_SIGNATURE_FUTURE_S },
      producer,
    );
    const log = logger.child({ context: 'deliveries' });
    const secrets = new SecretWatch(config.endpoints, logger);
    publishSecretsEnd(() => secrets.nextEnd(Date.now()) / 1_000);
    const refusals = new Refusals({
      logger: log,
      retryAfterS: config.INGEST_RETRY_AFTER_S,
      bodyLimitBytes: config.INGEST_BODY_LIMIT_BYTES,
      isEndpoint: (name) => receiver.has(name),
    });
    return {
      module: IngestModule,
      imports: [
        HealthModule.registerAsync({
          inject: [],
          useFactory: () => ({
            ready: [{ name: 'kafka', check: () => producer.problem() }],
          }),
        }),
      ],
      controllers: [StripeWebhookController, LogLevelController],
      providers: [
        { provide: Deliveries, useValue: new Deliveries(receiver, log) },
        { provide: Refusals, useValue: refusals },
        { provide: LOG_LEVEL_AUDIT, useValue: logLevelAuditAtRecon('ingest', config) },
        { provide: APP_FILTER, useValue: new RefusalFilter(refusals) },
        { provide: SecretWatch, useValue: secrets },
        { provide: RawFactProducer, useValue: producer },
        { provide: PublisherLifecycle, useFactory: () => new PublisherLifecycle(publisher, logger) },
      ],
    };
  }
}
