import { All, Controller, HttpCode, Inject, Param, Req } from '@nestjs/common';
import { SpanKind, trace } from '@opentelemetry/api';
import type { FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Public } from '@tributary/platform';
import { DeliveryRefusedError } from '../decide/refusal.js';
import { bodyBytes, maskedValues, receiveSeconds, requests, secretsUsed, versionMismatches } from './ingest.metrics.js';
import { StripeWebhookReceiver } from './stripe-webhook.receiver.js';
import type { ReceiveResult } from './stripe-webhook.receiver.js';

/** Injection token of the logger. */
export const LOGGER = Symbol('Logger');

const tracer = trace.getTracer('tributary-ingest');
const noBody = Buffer.alloc(0);

/** `POST /webhooks/stripe/:endpoint`: answers 200 once the event is durable in stripe.events.v1, never before (I1). */
@Controller('webhooks/stripe')
@Public('Stripe has no identity of ours: a delivery proves itself by the signature of its endpoint')
export class StripeWebhookController {
  constructor(
    @Inject(StripeWebhookReceiver) private readonly receiver: StripeWebhookReceiver,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @All(':endpoint')
  @HttpCode(200)
  receive(@Param('endpoint') endpoint: string, @Req() request: FastifyRequest): Promise<{ received: boolean }> {
    if (request.method !== 'POST') throw new DeliveryRefusedError('stripe.method-not-allowed', 'Stripe delivers with POST');
    return tracer.startActiveSpan('POST /webhooks/stripe', { kind: SpanKind.SERVER, attributes: { endpoint } }, async (span) => {
      try {
        return await this.receiveAndReport(endpoint, request);
      } finally {
        span.end();
      }
    });
  }

  private async receiveAndReport(endpoint: string, request: FastifyRequest): Promise<{ received: boolean }> {
    const body = Buffer.isBuffer(request.body) ? request.body : noBody;
    const startedAt = process.hrtime.bigint();
    const result = await this.receiver.receive({
      endpoint,
      signature: headerText(request.headers['stripe-signature']),
      body,
      receivedAt: new Date(),
    });
    const seconds = Number(process.hrtime.bigint() - startedAt) / 1e9;
    receiveSeconds.observe({ endpoint }, seconds);
    bodyBytes.observe(body.length);
    this.report(endpoint, result, seconds);
    return { received: result.outcome === 'accepted' };
  }

  /** Counts the delivery and logs one line with every id and no content (I8). */
  private report(endpoint: string, result: ReceiveResult, seconds: number): void {
    const { outcome, event, fact, secretIndex, versionMismatch, maskedPaths } = result;
    requests.inc({ endpoint, outcome });
    secretsUsed.inc({ endpoint, secret: String(secretIndex) });
    if (versionMismatch) versionMismatches.inc({ endpoint });
    if (maskedPaths.length > 0) maskedValues.inc({ endpoint }, maskedPaths.length);
    const line = {
      endpoint,
      outcome,
      event: event.id,
      type: event.type,
      key: fact?.key,
      sequence: fact?.sequence,
      apiVersion: event.apiVersion,
      ms: Math.round(seconds * 1_000),
      ...(versionMismatch ? { versionMismatch } : {}),
      ...(maskedPaths.length > 0 ? { masked: fact?.headers['tributary_masked'] } : {}),
    };
    if (maskedPaths.length > 0) this.logger.warn(line, 'card numbers were masked before the event was stored');
    else if (versionMismatch) this.logger.warn(line, 'the event is written in another version than its endpoint is pinned to');
    else this.logger.info(line, outcome === 'accepted' ? 'delivery is stored' : 'delivery of the other mode is dropped');
  }
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(',') : value;
}
