import { PipelineError } from '@tributary/domain';

/** Kafka did not acknowledge a message in time. It may still be written: consumers are idempotent. */
export class PublishTimeoutError extends PipelineError {
  readonly code = 'kafka.unavailable';
  readonly disposition = 'pause';
}

/** The user of this client may write to no topic of the cluster, so no producer can begin. Asking again does not help: rights are missing. */
export class KafkaRightMissingError extends PipelineError {
  readonly code = 'kafka.right-missing';
  readonly disposition = 'pause';
}

/** A message is larger than one Kafka record may be. */
export class MessageTooLargeError extends PipelineError {
  readonly code = 'kafka.message-too-large';
  readonly disposition = 'reject';
}

/** A value does not fit its schema, a header is not text, or an event has no topic. A retry cannot help. */
export class UnencodableMessageError extends PipelineError {
  readonly code = 'message.unencodable';
  readonly disposition = 'reject';
}

/** The registry does not know our schema. Services never register one: run `npm run contracts:register`. */
export class SchemaNotRegisteredError extends PipelineError {
  readonly code = 'schema.unregistered';
  readonly disposition = 'pause';
}

/** The registry does not answer. Messages that need it wait. */
export class RegistryUnavailableError extends PipelineError {
  readonly code = 'schema.registry-silent';
  readonly disposition = 'pause';
}

/** A record that cannot be decoded: wrong framing, unknown schema id, bytes that do not fit. It is dead-lettered unchanged. */
export class PoisonMessageError extends PipelineError {
  readonly code = 'message.poison';
  readonly disposition = 'reject';
}
