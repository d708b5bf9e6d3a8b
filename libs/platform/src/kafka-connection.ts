import type { Logger } from 'pino';
import { messagingMetrics } from './messaging-metrics.js';
import type { MessagingMetricsAdapter } from './messaging-metrics.js';

/** Where libs/messaging logs. */
export type KafkaLog = (level: 'error' | 'warn' | 'info' | 'debug', message: string, fields: Readonly<Record<string, unknown>>) => void;

/** What every Kafka client of a process shares; spread it into the options of KafkaPublisher and KafkaTransport. */
export interface KafkaConnectionOptions {
  /** `host:port` of at least one broker. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly log: KafkaLog;
  readonly metrics: MessagingMetricsAdapter;
}

/** The entries of a comma separated list without surrounding spaces; empty entries are dropped. */
export function listOf(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/** Whether a comma separated list names at least one broker, each as `host:port` or `[IPv6]:port`. */
export function isBrokerList(text: string): boolean {
  const brokers = listOf(text);
  return brokers.length > 0 && brokers.every((broker) => /^(?:\[[\da-f:.]+\]|[^\s:]+):\d{1,5}$/i.test(broker));
}

/**
 * The connection of a process to Kafka: brokers from KAFKA_BROKERS, log lines to its logger, counts to its metrics registry.
 * @param logger pino, or a function where a command writes its own lines.
 */
export function kafkaConnectionOf(
  config: { readonly KAFKA_BROKERS: string },
  clientId: string,
  logger: Logger | KafkaLog,
  metrics: MessagingMetricsAdapter = messagingMetrics,
): KafkaConnectionOptions {
  const log: KafkaLog = typeof logger === 'function' ? logger : (level, message, fields) => logger[level](fields, message);
  return { brokers: listOf(config.KAFKA_BROKERS), clientId, log, metrics };
}
