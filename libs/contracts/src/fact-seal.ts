import { headers } from './headers.js';
import type { HeaderName } from './headers.js';

/**
 * Headers that a seal covers beside key and value: what a message is, whose it is and when it was made. Trace context and what retries and
 * orders add are not covered, so a message keeps its seal through delay topics, dead letters and replays.
 */
export const sealedHeaders: readonly (HeaderName | 'tributary_enrichment')[] = [
  headers.id,
  headers.type,
  headers.source,
  headers.time,
  headers.subject,
  headers.contentType,
  headers.sequence,
  headers.sourceEvent,
  headers.endpoint,
  headers.account,
  headers.livemode,
  headers.receivedAt,
  headers.masked,
  headers.versionMismatch,
  'tributary_enrichment',
];

/** A service that writes messages. Keys of seals begin with these names. */
export type SealingService = 'ingest' | 'transform' | 'erp-sink' | 'recon';

/** Services that write messages, in walking order. */
export const sealingServices: readonly SealingService[] = ['ingest', 'transform', 'erp-sink', 'recon'];

/** Makers of messages by the first part of their event type; recon beside them: it seals what a person edited. */
const makers: Readonly<Record<string, readonly SealingService[]>> = {
  stripe: ['ingest', 'recon'],
  changes: ['ingest', 'recon'],
  party: ['transform', 'recon'],
  ar: ['transform', 'recon'],
  billing: ['transform', 'recon'],
  treasury: ['transform', 'recon'],
  risk: ['transform', 'recon'],
  postings: ['transform', 'recon'],
  erp: ['erp-sink', 'recon'],
};

/** Services whose seal counts for an event type. Every service reports to pipeline.v1 what it parked and closed. */
export function sealersOf(eventType: string): readonly SealingService[] {
  return makers[eventType.split('.', 1)[0] ?? ''] ?? sealingServices;
}
