import { sealingServices } from '@tributary/contracts';
import type { Logger } from 'pino';
import { isBrokerList, listOf } from './broker-list.js';
import { messagingMetrics } from './messaging-metrics.js';
import type { MessagingMetricsAdapter } from './messaging-metrics.js';
import type { FactSeals } from './seals/fact-seals.js';
import type { FactSealConfig } from './seals/seal.environment.js';
import { factSealsOf } from './seals/seals-of.js';
import type { TransportSecurityConfig } from './transport/kafka-security.environment.js';
import { kafkaSecurityOf } from './transport/kafka-security.js';
import type { KafkaSecurity } from './transport/kafka-security.js';
import { registryFetchOf } from './transport/registry-access.js';

export { isBrokerList, listOf };

/** Where libs/messaging logs. */
export type KafkaLog = (level: 'error' | 'warn' | 'info' | 'debug', message: string, fields: Readonly<Record<string, unknown>>) => void;

/** What every Kafka client of a process shares; spread it into the options of KafkaPublisher and KafkaTransport. */
export interface KafkaConnectionOptions extends KafkaSecurity {
  /** `host:port` of at least one broker. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly log: KafkaLog;
  readonly metrics: MessagingMetricsAdapter;
  /** Seals what is published, and checks what is read; undefined where no keys are configured. */
  readonly seals?: FactSeals;
  /** Calls the schema registry, with its credentials; undefined where none is configured. */
  readonly registryFetch?: typeof fetch;
}

/** What {@link kafkaConnectionOf} reads of a configuration. */
export type KafkaConnectionConfig = { readonly KAFKA_BROKERS: string; readonly SCHEMA_REGISTRY_URL?: string } & FactSealConfig &
  TransportSecurityConfig;

/**
 * The connection of a process to Kafka: brokers from KAFKA_BROKERS, seals from FACT_SEAL_KEYS, log lines to its logger, counts to its metrics
 * registry.
 * @param clientId begins with the name of the service, which chooses the key that it seals with.
 * @param logger pino, or a function where a command writes its own lines.
 * @throws {ConfigurationError} for keys that cannot be used, and for none in production.
 */
export function kafkaConnectionOf(
  config: KafkaConnectionConfig,
  clientId: string,
  logger: Logger | KafkaLog,
  metrics: MessagingMetricsAdapter = messagingMetrics,
): KafkaConnectionOptions {
  const log = typeof logger === 'function' ? logger : logOf(logger);
  const service = sealingServices.find((name) => clientId.replace(/^tributary-/, '').startsWith(name));
  const warn = (text: string): void => log('warn', text, {});
  const seals = service === undefined ? undefined : factSealsOf(config, service, warn);
  const { SCHEMA_REGISTRY_URL: registry } = config;
  return {
    brokers: listOf(config.KAFKA_BROKERS),
    clientId,
    log,
    metrics,
    ...kafkaSecurityOf(config, warn),
    ...(seals === undefined ? {} : { seals }),
    ...(registry === undefined ? {} : { registryFetch: registryFetchOf({ ...config, SCHEMA_REGISTRY_URL: registry }, warn) }),
  };
}

/** Lines of libs/messaging are those of a logger `kafka`. */
function logOf(logger: Logger): KafkaLog {
  const lines = logger.child({ context: 'kafka' });
  return (level, message, fields) => lines[level](fields, message);
}
