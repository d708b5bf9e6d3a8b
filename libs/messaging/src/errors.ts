import { PipelineError } from '@tributary/domain';

/** Kafka did not take a message in time. It may still be written later: consumers are idempotent. */
export class PublishTimeoutError extends PipelineError {
  readonly code = 'kafka.unavailable';
  readonly disposition = 'pause';
}

/** A message is larger than one Kafka record may be. */
export class MessageTooLargeError extends PipelineError {
  readonly code = 'kafka.message-too-large';
  readonly disposition = 'reject';
}

/** A value does not fit its schema, a header is no text, or an event has no topic: our bug or a bad fact, never a matter of time. */
export class UnencodableMessageError extends PipelineError {
  readonly code = 'message.unencodable';
  readonly disposition = 'reject';
}

/** The registry answers and does not know our schema. Nothing registers by itself: `npm run contracts:register`. */
export class SchemaNotRegisteredError extends PipelineError {
  readonly code = 'schema.unregistered';
  readonly disposition = 'pause';
}

/** The registry does not answer. Whatever needs it waits. */
export class RegistrySilentError extends PipelineError {
  readonly code = 'schema.registry-silent';
  readonly disposition = 'pause';
}

/** Bytes that are no message of ours: wrong framing, unknown schema id, undecodable. They go to the DLQ as they are. */
export class PoisonMessageError extends PipelineError {
  readonly code = 'message.poison';
  readonly disposition = 'reject';
}
