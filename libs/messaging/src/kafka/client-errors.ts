import { MessageTooLargeError } from '../errors.js';

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
