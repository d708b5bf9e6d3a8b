import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DeliveryRefusedError } from '../decide/refusal.js';

/** What may be held of bodies that are still coming. */
export interface ReceivingOptions {
  /** Most bytes of bodies at once: those that are coming, and those that Kafka has not acknowledged. */
  readonly maxBytes: number;
  /** Bytes of bodies that Kafka has not acknowledged. */
  unacknowledgedBytes(): number;
}

/**
 * Refuses, before a body is read, a delivery without a signature; and while it is read, what exceeds the memory for bodies. A body counts while
 * its bytes come: a client that announces much and sends little takes nothing from others.
 */
export function guardReceiving(app: NestFastifyApplication, { maxBytes, unacknowledgedBytes }: ReceivingOptions): void {
  let receiving = 0;
  const instance = app.getHttpAdapter().getInstance();
  instance.addHook('onRequest', (request, _reply, next) => {
    if (request.method !== 'POST' || !request.url.startsWith('/webhooks/') || request.headers['stripe-signature']) return next();
    next(new DeliveryRefusedError('stripe.signature-missing', 'the request has no Stripe-Signature header'));
  });
  instance.addHook('preParsing', (request, _reply, payload, next) => {
    let bytes = 0;
    const count = (chunk: Buffer): void => {
      bytes += chunk.byteLength;
      receiving += chunk.byteLength;
      if (receiving + unacknowledgedBytes() <= maxBytes) return;
      request.raw.off('data', count);
      if (request.raw.listenerCount('error') === 0) return; // refused already, for its size
      request.raw.emit('error', new DeliveryRefusedError('ingest.busy', 'too much is being received; deliver again later'));
    };
    const release = (): void => {
      receiving -= bytes;
      bytes = 0;
    };
    request.raw.on('data', count).once('end', release).once('close', release);
    next(null, payload);
  });
}
