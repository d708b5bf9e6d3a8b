import { topics } from '@tributary/contracts';
import { KafkaPublisher, KafkaTransport, PostgresParkingLot } from '@tributary/messaging';
import { databaseClient } from '@tributary/persistence';
import { createMessagingMetrics, kafkaConnectionOf } from '@tributary/platform';
import type { KafkaLog } from '@tributary/platform';
import { defaultLadderPolicy } from '@tributary/posting';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import type { TransformConfig } from './transform.config.js';

export const translateGroup = 'tributary-translate';
export const routeGroup = 'tributary-route';
export const canonicalTopics = [topics.party, topics.ar, topics.billing, topics.treasury, topics.risk];

export interface Transports {
  readonly publisher: KafkaPublisher;
  readonly translate: KafkaTransport;
  readonly route: KafkaTransport;
}

/**
 * Two groups over one set of handlers, and one publisher: the topics of each group carry only the event types of its own. route also
 * reads outcomes: what became of a posting in one target may be told to another.
 */
export function transportsFor(config: TransformConfig, database: DataSource, log: Logger | KafkaLog = () => undefined): Transports {
  const connection = {
    ...kafkaConnectionOf(config, 'tributary-transform', log, metrics),
    registryUrl: config.SCHEMA_REGISTRY_URL,
    sessionTimeoutMs: config.KAFKA_SESSION_TIMEOUT_MS,
  };
  const publisher = new KafkaPublisher(connection);
  // A fact that cannot be translated or routed holds up its own sequence only; what comes behind it is parked (I4).
  const ladder = {
    lot: new PostgresParkingLot(databaseClient(database, 'keeping what is stuck'), 'transform'),
    policy: { ...defaultLadderPolicy, maxAttempts: config.LADDER_MAX_ATTEMPTS, maxAgeMs: config.LADDER_MAX_AGE_MS },
  };
  const group = (groupId: string, topicNames: readonly string[]): KafkaTransport =>
    new KafkaTransport({ ...connection, groupId, topics: topicNames, publisher, ladder, concurrency: config.TRANSFORM_CONCURRENCY });
  return { publisher, translate: group(translateGroup, [topics.stripeEvents]), route: group(routeGroup, [...canonicalTopics, topics.erp]) };
}

/** transform once published the metrics of messaging without `tributary_`; those names remain as aliases. */
const metrics = createMessagingMetrics({ unprefixedAliases: true });
