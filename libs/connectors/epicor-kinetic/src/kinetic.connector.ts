import type {
  BatchState,
  ErpBatch,
  ErpCall,
  ErpConnector,
  ErpDocument,
  ErpDocumentState,
  ErpPage,
  ErpReference,
  PostingOutcome,
} from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import { KineticBatches } from './kinetic-batches.js';
import { KineticClearing } from './kinetic-clearing.js';
import type { Fetch } from './kinetic.client.js';
import { KineticClient } from './kinetic.client.js';
import type { KineticConfig } from './kinetic.config.js';
import { lookupErrorOf, outcomeOf } from './kinetic.errors.js';
import { plantedStripeId, stripeCustomerOf } from './kinetic-keys.js';
import { textOf } from './kinetic-json.js';
import { KineticListing, marksOf } from './kinetic-listing.js';
import { KineticLookups, single } from './kinetic-lookups.js';
import { describeCashReceipt, postCashReceipt, receiptReference } from './to-cash-receipt.js';
import { customerReference, describeCustomer, postCustomer } from './to-customer.js';

/** A call of the connector is several HTTP calls, of which only one is expected to be slow. Cut off in the middle of a write, its end is unknown. */
const callTimeoutsPerCall = 1.4;
/**
 * How long Kinetic may take to show what it commits after the connection was cut, ms. Assumed: docs/reference/epicor-kinetic.md section 8
 * gives no figure. Posting a group works through all of its receipts.
 */
const settleMs = 2_000;
const batchSettleMs = 5_000;

/** Epicor Kinetic over its REST API. Source: docs/reference/epicor-kinetic.md, sections 2 to 8. */
export class KineticConnector implements ErpConnector {
  readonly name = 'epicor-kinetic';
  readonly capabilities: ReadonlySet<string> = new Set(['customer', 'cash-receipt']);
  readonly longestCallMs: number;
  private readonly lookups: KineticLookups;
  private readonly batches: KineticBatches;
  private readonly clearing: KineticClearing;
  /** Reads UD columns over OData, so it is there only where look-ups do that, too. */
  readonly list?: (kind: string, after: string | undefined, signal: AbortSignal) => Promise<ErpPage>;
  readonly marksOf = marksOf;

  constructor(
    private readonly config: KineticConfig,
    private readonly client: KineticClient,
  ) {
    this.longestCallMs = Math.ceil(callTimeoutsPerCall * config.callTimeoutMs);
    this.lookups = new KineticLookups(client, config.lookup, config.emailLookup);
    this.clearing = new KineticClearing(client);
    this.batches = new KineticBatches(client, this.lookups, config);
    if (config.lookup !== 'odata') return;
    const listing = new KineticListing(client, this.clearing);
    this.list = (kind, after, signal) => this.looking(signal, (limit) => listing.page(kind, after, limit));
  }

  settleMs(kind: string): number {
    return kind === 'batch' ? batchSettleMs : settleMs;
  }

  async post(document: ErpDocument, signal: AbortSignal): Promise<PostingOutcome> {
    return this.acting(signal, (limit) => {
      if (document.kind === 'customer') return postCustomer(document, { client: this.client, lookups: this.lookups }, limit);
      if (document.kind === 'cash-receipt') return postCashReceipt(document, this.client, limit);
      return Promise.resolve({
        kind: 'rejected',
        code: 'kinetic.kind-unknown',
        text: `${document.postingKey}: Kinetic takes no ${document.kind}`,
      });
    });
  }

  describeCall(document: ErpDocument): readonly ErpCall[] {
    const calls =
      document.kind === 'customer' ? describeCustomer(document) : document.kind === 'cash-receipt' ? [describeCashReceipt(document)] : [];
    return calls.map((call) => this.client.describe(call));
  }

  async find(key: PostingKey, kind: string, signal: AbortSignal): Promise<ErpReference | undefined> {
    return this.looking(signal, async (limit) => {
      if (kind === 'cash-receipt') {
        const row = await this.lookups.receipt(key, limit);
        return row && receiptReference(row);
      }
      if (kind !== 'customer') return undefined;
      const stripeId = stripeCustomerOf(key);
      const rows = await this.lookups.customersOfKey(key, stripeId && plantedStripeId(stripeId), limit);
      const row = single(rows, key, 'customers', (one) => textOf(one.CustID));
      return row && customerReference(row);
    });
  }

  async read(key: PostingKey, kind: string, signal: AbortSignal): Promise<ErpDocumentState | undefined> {
    if (kind !== 'cash-receipt') {
      const reference = await this.find(key, kind, signal);
      return reference && { reference, released: true };
    }
    return this.looking(signal, async (limit) => {
      const row = await this.lookups.receipt(key, limit);
      return (
        row && {
          reference: receiptReference(row),
          amount: textOf(row.DocTranAmt),
          currency: textOf(row.CurrencyCode),
          released: row.Posted === true,
          ...(await this.clearing.ofReceipt(row, limit)),
        }
      );
    });
  }

  batchIdOf(kind: string, reference: ErpReference): string | undefined {
    return kind === 'cash-receipt' ? reference.GroupID : undefined;
  }

  batchOf(document: ErpDocument): Omit<ErpBatch, 'batchId'> | undefined {
    if (document.kind !== 'cash-receipt') return undefined;
    return { kind: 'cash-group', date: String(document.fields.TranDate ?? ''), bankAccount: String(document.fields.BankAcctID ?? '') };
  }

  async openBatch(batch: ErpBatch, signal: AbortSignal): Promise<PostingOutcome> {
    return this.acting(signal, (limit) => this.batches.open(batch, limit));
  }

  async releaseBatch(batch: ErpBatch, signal: AbortSignal): Promise<PostingOutcome> {
    return this.acting(signal, (limit) => this.batches.release(batch, limit));
  }

  async batchState(batchId: string, signal: AbortSignal): Promise<{ readonly state: BatchState; readonly text: string }> {
    return this.looking(signal, (limit) => this.batches.state(batchId, limit));
  }

  async probe(signal: AbortSignal): Promise<void> {
    await this.looking(signal, (limit) =>
      this.client.rows('Erp.BO.CashGrpSvc', 'CashGrps', { select: ['GroupID'], orderBy: 'GroupID', top: 1 }, limit),
    );
  }

  /** Ends a held session. */
  async close(): Promise<void> {
    await this.client.close();
  }

  private async acting(signal: AbortSignal, act: (limit: AbortSignal) => Promise<PostingOutcome>): Promise<PostingOutcome> {
    try {
      return await act(this.limited(signal));
    } catch (error) {
      return outcomeOf(error, this.config);
    }
  }

  private async looking<T>(signal: AbortSignal, look: (limit: AbortSignal) => Promise<T>): Promise<T> {
    try {
      return await look(this.limited(signal));
    } catch (error) {
      throw lookupErrorOf(error);
    }
  }

  private limited(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, AbortSignal.timeout(this.longestCallMs)]);
  }
}

export interface KineticConnectorOptions {
  /** `fetch` behind the egress guard of libs/platform; the global one when nothing guards it. */
  readonly fetch?: Fetch;
}

/** The connector to one company of one Kinetic instance. */
export function createKineticConnector(config: KineticConfig, options: KineticConnectorOptions = {}): KineticConnector {
  return new KineticConnector(config, new KineticClient(config, options.fetch ?? ((url, init) => fetch(url, init))));
}
