import { topics } from '@tributary/contracts';
import { KafkaPublisher, KafkaTransport, PostgresParkingLot } from '@tributary/messaging';
import { databaseClient, payloadsOf } from '@tributary/persistence';
import { createMessagingMetrics, kafkaConnectionOf } from '@tributary/platform';
import type { KafkaLog } from '@tributary/platform';
import { defaultLadderPolicy } from '@tributary/posting';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import type { TransformConfig } from './transform.config.js';

/** Consumer group that translates Stripe events. */
export const translateGroup = 'tributary-translate';
/** Consumer group that routes canonical facts and outcomes. */
export const routeGroup = 'tributary-route';
/** Topics of canonical facts. */
export const canonicalTopics = [topics.party, topics.ar, topics.billing, topics.treasury, topics.risk];

/** The publisher and the two consumer groups. */
export interface Transports {
  readonly publisher: KafkaPublisher;
  readonly translate: KafkaTransport;
  readonly route: KafkaTransport;
}

/**
 * Two consumer groups over one set of handlers, and one publisher. The topics of each group carry only its own event types. route also reads
 * outcomes, because another target may have to be told about them.
 */
export function transportsFor(config: TransformConfig, database: DataSource, log: Logger | KafkaLog = () => undefined): Transports {
  const connection = {
    ...kafkaConnectionOf(config, 'tributary-transform', log, metrics),
    registryUrl: config.SCHEMA_REGISTRY_URL,
    sessionTimeoutMs: config.KAFKA_SESSION_TIMEOUT_MS,
  };
  const publisher = new KafkaPublisher(connection);
  // A message that fails blocks only its own sequence: later messages of the sequence are parked (I4).
  const ladder = {
    lot: new PostgresParkingLot(databaseClient(database, 'keeping what is stuck'), 'transform', payloadsOf(database)),
    policy: { ...defaultLadderPolicy, maxAttempts: config.LADDER_MAX_ATTEMPTS, maxAgeMs: config.LADDER_MAX_AGE_MS },
  };
  const group = (groupId: string, topicNames: readonly string[]): KafkaTransport =>
    new KafkaTransport({ ...connection, groupId, topics: topicNames, publisher, ladder, concurrency: config.TRANSFORM_CONCURRENCY });
  return { publisher, translate: group(translateGroup, [topics.stripeEvents]), route: group(routeGroup, [...canonicalTopics, topics.erp]) };
}

/** transform once published the metrics of messaging without `tributary_`; those names remain as aliases. */
const metrics = createMessagingMetrics({ unprefixedAliases: true });
