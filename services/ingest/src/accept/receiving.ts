import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DeliveryRefusedError } from '../decide/refusal.js';

/** What may be held of bodies that are still coming. */
export interface ReceivingOptions {
  /** Most bytes of bodies at once: those that are coming, and those that Kafka has not acknowledged. */
  readonly maxBytes: number;
  /** Bytes of bodies that Kafka has not acknowledged. */
  unacknowledgedBytes(): number;
}

/** Bytes of bodies while they are coming. */
export class BytesReceived {
  private bytes = 0;

  constructor(private readonly options: ReceivingOptions) {}

  /** Counts bytes that have come. @returns whether all that is held is still within the memory for bodies. */
  add(bytes: number): boolean {
    this.bytes += bytes;
    return this.bytes + this.options.unacknowledgedBytes() <= this.options.maxBytes;
  }

  /** Bytes of a body that has come as a whole, or comes no more. */
  release(bytes: number): void {
    this.bytes -= bytes;
  }
}

/** Why a body is read no further when {@link BytesReceived} are too many. */
export function tooMuchReceived(): DeliveryRefusedError {
  return new DeliveryRefusedError('ingest.busy', 'too much is being received; deliver again later');
}

/**
 * Refuses, before a body is read, a delivery without a signature; and while it is read, what exceeds the memory for bodies. A body counts while
 * its bytes come: a client that announces much and sends little takes nothing from others.
 */
export function guardReceiving(app: NestFastifyApplication, received: BytesReceived): void {
  const instance = app.getHttpAdapter().getInstance();
  instance.addHook('onRequest', (request, _reply, next) => {
    if (request.method !== 'POST' || !request.url.startsWith('/webhooks/') || request.headers['stripe-signature']) return next();
    next(new DeliveryRefusedError('stripe.signature-missing', 'the request has no Stripe-Signature header'));
  });
  instance.addHook('preParsing', (request, _reply, payload, next) => {
    let bytes = 0;
    const count = (chunk: Buffer): void => {
      bytes += chunk.byteLength;
      if (received.add(chunk.byteLength)) return;
      request.raw.off('data', count);
      if (request.raw.listenerCount('error') === 0) return; // refused already, for its size
      request.raw.emit('error', tooMuchReceived());
    };
    const release = (): void => {
      received.release(bytes);
      bytes = 0;
    };
    request.raw.on('data', count).once('end', release).once('close', release);
    next(null, payload);
  });
}
