import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Deliveries } from './accept/deliveries.js';
import { answerDirectly } from './accept/direct-deliveries.js';
import type { DirectOptions } from './accept/direct-deliveries.js';
import { BytesReceived, guardReceiving } from './accept/receiving.js';
import { Refusals } from './accept/refusals.js';
import { RawFactProducer } from './emit/raw-fact.producer.js';
import type { IngestConfig } from './ingest.config.js';

/** Every body reaches the controllers as the bytes that were sent, whatever content type it claims: the signature is over bytes. */
export function keepBodiesRaw(app: NestFastifyApplication, limitBytes: number): void {
  app.getHttpAdapter().getInstance().removeAllContentTypeParsers();
  app.useBodyParser('*', { bodyLimit: limitBytes });
}

/** How ingest reads deliveries: raw, refused early, and within the memory for bodies. */
export function prepareReceiving(app: NestFastifyApplication, config: IngestConfig): BytesReceived {
  keepBodiesRaw(app, config.INGEST_BODY_LIMIT_BYTES);
  const producer = app.get(RawFactProducer);
  const received = new BytesReceived({
    maxBytes: config.INGEST_MAX_IN_FLIGHT_BYTES,
    unacknowledgedBytes: () => producer.inFlightBytes,
  });
  guardReceiving(app, received);
  return received;
}

/** The same, and deliveries as Stripe sends them are answered without the framework. */
export function prepareDirectReceiving(
  app: NestFastifyApplication,
  config: IngestConfig,
  { headers, isEachRequestLogged }: Pick<DirectOptions, 'headers' | 'isEachRequestLogged'>,
): void {
  answerDirectly(app, {
    received: prepareReceiving(app, config),
    deliveries: app.get(Deliveries),
    refusals: app.get(Refusals),
    bodyLimitBytes: config.INGEST_BODY_LIMIT_BYTES,
    headers,
    isEachRequestLogged,
  });
}
