import { SpanKind, trace } from '@opentelemetry/api';
import type { Logger } from 'pino';
import { bodyBytes, maskedValues, receiveSeconds, requests, secretsUsed, versionMismatches } from './ingest.metrics.js';
import type { ReceiveResult, StripeWebhookReceiver, WebhookRequest } from './stripe-webhook.receiver.js';

const tracer = trace.getTracer('tributary-ingest');

/** Takes deliveries, and tells of each: a span, metrics, a line of the log. */
export class Deliveries {
  constructor(
    private readonly receiver: StripeWebhookReceiver,
    private readonly logger: Logger,
  ) {}

  /** Whether an endpoint of that name is configured. */
  isEndpoint(name: string): boolean {
    return this.receiver.has(name);
  }

  /**
   * Resolves once the event is durable, or dropped as its endpoint is told to (`received: false`).
   * @throws {DeliveryRefusedError}
   */
  take(delivery: Omit<WebhookRequest, 'receivedAt'>): Promise<{ received: boolean }> {
    const { endpoint } = delivery;
    return tracer.startActiveSpan('POST /webhooks/stripe', { kind: SpanKind.SERVER, attributes: { endpoint } }, async (span) => {
      try {
        const startedAt = performance.now();
        const result = await this.receiver.receive({ ...delivery, receivedAt: new Date() });
        const seconds = (performance.now() - startedAt) / 1_000;
        receiveSeconds.observe({ endpoint }, seconds);
        bodyBytes.observe(delivery.body.length);
        this.report(endpoint, result, seconds);
        return { received: result.outcome === 'accepted' };
      } finally {
        span.end();
      }
    });
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
