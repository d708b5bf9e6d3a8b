import { Inject, Injectable, Optional } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { StripeReader } from '@tributary/connector-stripe';
import type { Lookup } from '@tributary/connector-stripe';
import { counter } from '@tributary/platform';
import { StripeObject } from '../decide/stripe-model/stripe-object.js';
import { EnrichmentUnavailableError } from '../decide/errors.js';
import type { Enrichment, EnrichmentKind, EnrichmentRequest } from '../decide/translate/enrichment.js';

/** The objects that were read, and the names of the missing ones. */
export interface Enriched {
  readonly enrichment: Enrichment;
  /** Requested objects that could not be read: `customer=unavailable,balance_transaction=absent`; undefined when none is missing. */
  readonly missingEnrichment: string | undefined;
}

const lookups = counter('transform_enrichment_total', 'Objects asked of the Stripe API', ['object', 'result']);

/**
 * Content enricher: reads the objects that a mapper requests from the Stripe API. A failed lookup is reported in a header of the fact
 * (`tributary_enrichment`) and in a metric, and each mapper defines its result without the object. An object without which a fact would be
 * wrong is required: when it is unavailable, the event is retried.
 */
@Injectable()
export class ContentEnricher implements OnApplicationShutdown {
  /** @param reader undefined without an API key; every object then counts as unavailable. */
  constructor(@Optional() @Inject(StripeReader) private readonly reader: StripeReader | undefined) {}

  /**
   * Reads all requested objects in parallel.
   * @param account connected account of the event; null for the platform's own account.
   * @throws {EnrichmentUnavailableError} when a required object is unavailable.
   */
  async read(requests: readonly EnrichmentRequest[], account: string | null): Promise<Enriched> {
    const results = await Promise.all(
      requests.map(async (request) => ({ request, kind: request.kind, lookup: await this.lookup(request, account) })),
    );
    const enrichment: Partial<Record<EnrichmentKind, StripeObject>> = {};
    const missing: string[] = [];
    for (const { request, kind, lookup } of results) {
      // Without an API key a retry would not help, so even a required object only counts as missing, and the mapper handles that.
      if (request.required && this.reader && lookup.kind === 'unavailable')
        throw new EnrichmentUnavailableError(kind, request.id, lookup.reason);
      if (lookup.kind === 'found') enrichment[kind] = StripeObject.of(lookup.object, kind);
      else missing.push(`${kind}=${lookup.kind}`);
    }
    return { enrichment, missingEnrichment: missing.length > 0 ? missing.join(',') : undefined };
  }

  onApplicationShutdown(): void {
    this.reader?.close();
  }

  private async lookup({ kind, id, fresh = false, required = false }: EnrichmentRequest, account: string | null): Promise<Lookup> {
    const lookup: Lookup = this.reader
      ? await this.reader.find(kind === 'failure_transaction' ? 'balance_transaction' : kind, id, { account, fresh, patient: required })
      : { kind: 'unavailable', reason: 'no API key' };
    lookups.inc({ object: kind, result: lookup.kind === 'found' && lookup.fromCache ? 'cached' : lookup.kind });
    return lookup;
  }
}
