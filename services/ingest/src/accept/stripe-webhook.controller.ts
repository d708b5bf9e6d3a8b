import { All, Controller, HttpCode, Inject, Param, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Public } from '@tributary/platform';
import { DeliveryRefusedError } from '../decide/refusal.js';
import { Deliveries } from './deliveries.js';

const noBody = Buffer.alloc(0);

/**
 * `POST /webhooks/stripe/:endpoint`: answers 200 once the event is durable in stripe.events.v1, never before (I1). What Stripe sends does not come here:
 * direct-deliveries.ts answers the same, and leaves to this route whatever differs from it.
 */
@Controller('webhooks/stripe')
@Public('Stripe has no identity of ours: a delivery proves itself by the signature of its endpoint')
export class StripeWebhookController {
  constructor(@Inject(Deliveries) private readonly deliveries: Deliveries) {}

  @All(':endpoint')
  @HttpCode(200)
  receive(@Param('endpoint') endpoint: string, @Req() request: FastifyRequest): Promise<{ received: boolean }> {
    if (request.method !== 'POST') throw new DeliveryRefusedError('stripe.method-not-allowed', 'Stripe delivers with POST');
    const body = Buffer.isBuffer(request.body) ? request.body : noBody;
    return this.deliveries.take({ endpoint, signature: headerText(request.headers['stripe-signature']), body });
  }
}

/** A header as one text, however often it was sent. */
export function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(',') : value;
}
