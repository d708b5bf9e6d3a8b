import type { EventDefinition } from './events.js';

/** Values of the `content-type` header: the media type of a record's value (CloudEvents Kafka binding, binary mode). */
export const contentTypes = {
  /** Raw facts: the source's JSON, byte for byte. */
  json: 'application/json',
  /** Every other value: Avro behind the five bytes of Confluent's wire format, so it is not plain `application/avro`. */
  avro: 'application/vnd.confluent.avro',
} as const;

/** The `content-type` of an event's records. */
export function contentTypeOf(event: Pick<EventDefinition<unknown>, 'record'>): string {
  return event.record === undefined ? contentTypes.json : contentTypes.avro;
}
