import { counter, durationHistogram, gauge, metricsRegistry } from '@tributary/platform';
import { Histogram } from 'prom-client';

/** Metrics of the door. Endpoint names are the configured ones or `unknown`, so nobody outside can make series. */
export const requests = counter('ingest_requests_total', 'Requests at the door, by endpoint and by what became of them', [
  'endpoint',
  'outcome',
]);
export const secretsUsed = counter(
  'ingest_secret_used_total',
  'Deliveries by the signing secret that matched; 0 is the first configured one',
  ['endpoint', 'secret'],
);
export const versionMismatches = counter(
  'ingest_version_mismatch_total',
  'Deliveries in another API version than the endpoint is pinned to',
  ['endpoint'],
);
export const maskedValues = counter('ingest_masked_values_total', 'Card numbers that were masked before anything was stored', ['endpoint']);
export const receiveSeconds = durationHistogram('ingest_publish_seconds', 'From the request to the acknowledgement of Kafka', ['endpoint']);
export const inFlightBytes = gauge('ingest_in_flight_bytes', 'Bodies that Kafka has not answered for');
export const bodyBytes =
  (metricsRegistry.getSingleMetric('ingest_body_bytes') as Histogram | undefined) ??
  new Histogram({
    name: 'ingest_body_bytes',
    help: 'Size of bodies that were taken',
    buckets: [512, 1_024, 2_048, 4_096, 8_192, 16_384, 65_536, 262_144, 1_048_576],
    registers: [metricsRegistry],
  });
