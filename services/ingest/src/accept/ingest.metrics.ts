import { counter, durationHistogram, metricsRegistry, observedGauge } from '@tributary/platform';
import { Histogram } from 'prom-client';

/**
 * Webhook requests. Endpoint names in labels are the configured ones or `unknown`, so that callers cannot create series.
 */
export const requests = counter('ingest_requests_total', 'Webhook requests, by endpoint and outcome', ['endpoint', 'outcome']);
/** Shows when a signing secret is rotated: only 0 counts on. */
export const secretsUsed = counter(
  'ingest_secret_used_total',
  'Deliveries by the signing secret that matched; 0 is the first configured one',
  ['endpoint', 'secret'],
);
/** Deliveries that transform has to adapt to the pinned API version. */
export const versionMismatches = counter(
  'ingest_version_mismatch_total',
  'Deliveries in another API version than the endpoint is pinned to',
  ['endpoint'],
);
/** Card numbers masked by the card-number guard (I8). */
export const maskedValues = counter('ingest_masked_values_total', 'Card numbers that were masked before anything was stored', ['endpoint']);
/** Duration of an accepted delivery. */
export const receiveSeconds = durationHistogram('ingest_publish_seconds', 'From the request to the acknowledgement of Kafka', ['endpoint']);
/** Publishes the bytes that Kafka has not acknowledged, read at every scrape. */
export function publishInFlightBytes(read: () => number): void {
  observedGauge('ingest_in_flight_bytes', 'Bytes of bodies that Kafka has not acknowledged', read);
}
/** Publishes when the first of the signing secrets ends that are still live, read at every scrape. Without an end: infinitely late. */
export function publishSecretsEnd(read: () => number): void {
  observedGauge('ingest_secret_end_seconds', 'Unix time at which the next signing secret ends; infinite when none does', read, 'min');
}
/** Sizes of accepted bodies. */
export const bodyBytes =
  (metricsRegistry.getSingleMetric('ingest_body_bytes') as Histogram | undefined) ??
  new Histogram({
    name: 'ingest_body_bytes',
    help: 'Size of accepted bodies',
    buckets: [512, 1_024, 2_048, 4_096, 8_192, 16_384, 65_536, 262_144, 1_048_576],
    registers: [metricsRegistry],
  });
