import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { guardReceiving } from './accept/receiving.js';
import { RawFactProducer } from './emit/raw-fact.producer.js';
import type { IngestConfig } from './ingest.config.js';

/** Every body reaches the controllers as the bytes that were sent, whatever content type it claims: the signature is over bytes. */
export function keepBodiesRaw(app: NestFastifyApplication, limitBytes: number): void {
  app.getHttpAdapter().getInstance().removeAllContentTypeParsers();
  app.useBodyParser('*', { bodyLimit: limitBytes });
}

/** How ingest reads deliveries: raw, refused early, and within the memory for bodies. */
export function prepareReceiving(app: NestFastifyApplication, config: IngestConfig): void {
  keepBodiesRaw(app, config.INGEST_BODY_LIMIT_BYTES);
  const producer = app.get(RawFactProducer);
  guardReceiving(app, { maxBytes: config.INGEST_MAX_IN_FLIGHT_BYTES, unacknowledgedBytes: () => producer.inFlightBytes });
}
