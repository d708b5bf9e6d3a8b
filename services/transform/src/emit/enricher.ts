import { Inject, Injectable, Optional } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { StripeReader } from '@tributary/connector-stripe';
import type { Lookup, StripeObjectKind } from '@tributary/connector-stripe';
import { counter } from '@tributary/platform';
import type { StripeEvent } from '../decide/stripe-event.js';
import { StripeObject } from '../decide/stripe-object.js';
import type { Enrichment, Wishes } from '../decide/translation.js';

export interface Enriched {
  readonly enrichment: Enrichment;
  /** What was wished for and is not there: `customer=unavailable,balance_transaction=absent`; undefined when all is there. */
  readonly mark: string | undefined;
}

const lookups = counter('transform_enrichment_total', 'Objects asked of the Stripe API', ['object', 'result']);

/**
 * Reads what a mapper wishes for. A look-up that failed is told by a header of the fact (`tributary_enrichment`) and a metric, never by an
 * error: the mapper says what it does without, and only a receipt whose settlement currency is unknown waits (decide/settlement.ts). What is lost meanwhile: the customer's
 * own name and metadata (the payer's stand in), fee and net of a settlement (its balance transaction's id is always there).
 */
@Injectable()
export class Enricher implements OnApplicationShutdown {
  /** @param reader undefined without an API key: then nothing is read. */
  constructor(@Optional() @Inject(StripeReader) private readonly reader: StripeReader | undefined) {}

  async enrich(event: StripeEvent, wishes: Wishes): Promise<Enriched> {
    const [customer, balanceTransaction, charge] = await Promise.all([
      this.look('customer', wishes.customerId, event, wishes.freshCustomer ?? false),
      this.look('balance_transaction', wishes.balanceTransactionId, event, false),
      this.look('charge', wishes.chargeId, event, true),
    ]);
    const marks = [customer.mark, balanceTransaction.mark, charge.mark].filter((mark) => mark !== undefined);
    return {
      enrichment: {
        ...(customer.object ? { customer: customer.object } : {}),
        ...(balanceTransaction.object ? { balanceTransaction: balanceTransaction.object } : {}),
        ...(charge.object ? { charge: charge.object } : {}),
      },
      mark: marks.length > 0 ? marks.join(',') : undefined,
    };
  }

  onApplicationShutdown(): void {
    this.reader?.close();
  }

  private async look(
    kind: StripeObjectKind,
    id: string | null | undefined,
    event: StripeEvent,
    fresh: boolean,
  ): Promise<{ object?: StripeObject; mark?: string }> {
    if (!id) return {};
    const lookup: Lookup = this.reader
      ? await this.reader.find(kind, id, { account: event.account, fresh })
      : { kind: 'unavailable', reason: 'no API key' };
    lookups.inc({ object: kind, result: lookup.kind === 'found' && lookup.fromCache ? 'cached' : lookup.kind });
    return lookup.kind === 'found' ? { object: StripeObject.of(lookup.object, kind) } : { mark: `${kind}=${lookup.kind}` };
  }
}
