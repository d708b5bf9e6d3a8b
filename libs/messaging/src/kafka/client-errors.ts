import { KafkaRightMissingError, MessageTooLargeError } from '../errors.js';

/** Translates the broker's permanent refusals of a record; size limits are per topic (`max.message.bytes`). */
export function refusal(error: unknown, topic: string, bytes: number): unknown {
  const type = typeOf(error);
  if (type !== 'MESSAGE_TOO_LARGE' && type !== 'RECORD_LIST_TOO_LARGE') return error;
  return new MessageTooLargeError(
    `publishing to ${topic}: the broker refuses the message of ${bytes} bytes (${type}). Compare max.message.bytes of the topic`,
    { topic, bytes: String(bytes) },
    { cause: error },
  );
}

/**
 * The refusal of a producer id, which a broker gives to whoever may write to any topic at all (KIP-679; before Kafka 2.8 to whoever has
 * IdempotentWrite on the cluster). Undefined for every other error.
 */
export function missingRight(error: unknown, clientId: string, brokers: readonly string[]): KafkaRightMissingError | undefined {
  if (typeOf(error) !== 'CLUSTER_AUTHORIZATION_FAILED') return undefined;
  return new KafkaRightMissingError(
    `connecting to Kafka at ${brokers.join(',')}: the user of ${clientId} may write to no topic. Grant Write on its topics (docs/acls.md), ` +
      'on brokers before 2.8 also IdempotentWrite on the cluster, and start again',
    { clientId },
    { cause: error },
  );
}

/** kafkajs' error code, also of a cause; '' for other errors. */
export function typeOf(error: unknown): string {
  const { type, cause } = (error ?? {}) as { type?: string; cause?: unknown };
  return type ?? (cause ? typeOf(cause) : '');
}

/** The message of anything thrown. */
export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String((error as { message?: unknown })?.message ?? error);
}

/** The broker answered something that is no success; sent again. */
export class NotWrittenError extends Error {}
