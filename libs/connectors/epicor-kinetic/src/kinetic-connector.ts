import { LimitedCalls } from '@tributary/connector-kit';
import type {
  BearerTokens,
  BatchState,
  ErpAccountBalance,
  ErpBatchKind,
  ErpLineHandle,
  ErpPeriod,
  ErpBatch,
  ErpCall,
  ErpConnector,
  ErpDocument,
  ErpDocumentState,
  ErpFinding,
  ErpFound,
  ErpNeeds,
  ErpPage,
  ErpReference,
  PostingOutcome,
} from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import { checkKinetic } from './check/kinetic-check.js';
import type { KineticParts } from './documents/document-kind.js';
import { listPage } from './documents/document-kind.js';
import { documentKinds } from './documents/index.js';
import { KineticBatches } from './kinetic-batches.js';
import { KineticClearing } from './kinetic-clearing.js';
import type { Fetch } from './kinetic-client.js';
import { KineticClient } from './kinetic-client.js';
import type { KineticConfig } from './kinetic.config.js';
import { lookupErrorOf, outcomeOf } from './kinetic-errors.js';
import { readTrialBalance } from './kinetic-ledger.js';
import { movedTo, postingDateOf, readPeriods } from './kinetic-periods.js';

/** One call of the connector makes several HTTP calls, of which one is expected to be slow. A write that is cut off by the limit is `unknown`. */
const callTimeoutsPerCall = 1.4;
/** How long Kinetic may take to show that a group is posted, ms: posting works through all of its receipts. Assumed, as section 8 gives no figure. */
const batchSettleMs = 5_000;

/**
 * Epicor Kinetic over its REST API: documents/ has what it can do with each kind of document; this class adds time limits and turns failed calls into
 * outcomes. Source: docs/reference/epicor-kinetic.md, sections 2 to 8.
 */
export class KineticConnector implements ErpConnector {
  readonly name = 'epicor-kinetic';
  readonly capabilities: ReadonlySet<string> = new Set(documentKinds.keys());
  readonly features: ReadonlySet<string> = new Set(['credit-memo.unreferenced', 'bank-transfer', 'discard', 'periods', 'trial-balance']);
  readonly numberKeys: readonly string[] = ['HeadNum', 'InvoiceNum', 'JournalNum', 'CustID'];
  readonly longestCallMs: number;
  private readonly calls: LimitedCalls;
  private readonly parts: KineticParts;
  private readonly batches: KineticBatches;
  /** Reads UD columns over OData, so it exists only where look-ups do that, too. */
  readonly list?: (kind: string, after: string | undefined, signal: AbortSignal) => Promise<ErpPage>;

  constructor(
    private readonly config: KineticConfig,
    private readonly client: KineticClient,
  ) {
    this.longestCallMs = Math.ceil(callTimeoutsPerCall * config.callTimeoutMs);
    this.calls = new LimitedCalls(this.longestCallMs, { outcomeOf: (error) => outcomeOf(error, config), lookupErrorOf });
    this.parts = { client, config, clearing: new KineticClearing(client) };
    this.batches = new KineticBatches(client, config);
    if (config.lookup === 'odata') this.list = (kind, after, signal) => this.page(kind, after, signal);
  }

  settleMs(kind: string): number | undefined {
    return kind === 'batch' ? batchSettleMs : documentKinds.get(kind)?.settleMs;
  }

  async post(document: ErpDocument, signal: AbortSignal): Promise<PostingOutcome> {
    const kind = documentKinds.get(document.kind);
    if (!kind) return { kind: 'rejected', code: 'kinetic.kind-unknown', text: `${document.postingKey}: Kinetic takes no ${document.kind}` };
    return this.calls.write(signal, (limit) => kind.post(document, this.parts, limit));
  }

  describeCall(document: ErpDocument): readonly ErpCall[] {
    const calls = documentKinds.get(document.kind)?.describe(document, this.config) ?? [];
    return calls.map((call) => this.client.describe(call));
  }

  async find(
    key: PostingKey,
    kind: string,
    signal: AbortSignal,
    expectedLines: readonly ErpLineHandle[] = [],
  ): Promise<ErpFound | undefined> {
    return this.calls.lookUp(signal, async (limit) => documentKinds.get(kind)?.find(key, this.parts, limit, expectedLines));
  }

  /** Looks the document up anew: what is deleted is what carries the posting key now, whatever the reference says. */
  async discard(key: PostingKey, kind: string, _reference: ErpReference, signal: AbortSignal): Promise<PostingOutcome> {
    const how = documentKinds.get(kind);
    if (!how?.discard) return { kind: 'rejected', code: 'kinetic.kind-unknown', text: `${key}: a ${kind} is not deleted` };
    const { discard } = how;
    return this.calls.write(signal, (limit) => discard(key, this.parts, limit));
  }

  async read(key: PostingKey, kind: string, signal: AbortSignal): Promise<ErpDocumentState | undefined> {
    return this.calls.lookUp(signal, async (limit) => documentKinds.get(kind)?.read(key, this.parts, limit));
  }

  marksOf(key: PostingKey, kind: string): readonly string[] {
    return documentKinds.get(kind)?.marksOf(key) ?? [];
  }

  batchIdOf(kind: string, reference: ErpReference): string | undefined {
    return documentKinds.get(kind)?.batch?.idOf(reference);
  }

  batchOf(document: ErpDocument): Omit<ErpBatch, 'batchId'> | undefined {
    return documentKinds.get(document.kind)?.batch?.of(document);
  }

  async openBatch(batch: ErpBatch, signal: AbortSignal): Promise<PostingOutcome> {
    return this.calls.write(signal, (limit) => this.batches.open(batch, limit));
  }

  async releaseBatch(batch: ErpBatch, signal: AbortSignal): Promise<PostingOutcome> {
    return this.calls.write(signal, (limit) => this.batches.release(batch, limit));
  }

  async batchState(
    batchId: string,
    signal: AbortSignal,
    kind?: ErpBatchKind,
  ): Promise<{ readonly state: BatchState; readonly text: string }> {
    return this.calls.lookUp(signal, (limit) => this.batches.state(batchId, limit, kind));
  }

  async periods(signal: AbortSignal): Promise<readonly ErpPeriod[]> {
    return this.calls.lookUp(signal, (limit) => readPeriods(this.client, this.config, limit));
  }

  postingDateOf(document: ErpDocument): string | undefined {
    return postingDateOf(document, documentKinds.get(document.kind)?.dating);
  }

  movedTo(document: ErpDocument, date: string): ErpDocument {
    return movedTo(document, date, documentKinds.get(document.kind)?.dating);
  }

  /** By the BAQ StripeTrialBalance: the ledger is too large to be read row by row. */
  async trialBalance(signal: AbortSignal): Promise<readonly ErpAccountBalance[]> {
    return this.calls.lookUp(signal, (limit) => readTrialBalance(this.client, limit));
  }

  async probe(signal: AbortSignal): Promise<void> {
    await this.calls.lookUp(signal, (limit) =>
      this.client.rows('Erp.BO.CashGrpSvc', 'CashGrps', { select: ['GroupID'], orderBy: 'GroupID', top: 1 }, limit),
    );
  }

  async check(needs: ErpNeeds, signal: AbortSignal): Promise<readonly ErpFinding[]> {
    return checkKinetic({ client: this.client, config: this.config }, needs, Date.now, signal);
  }

  /** Ends a held session. */
  async close(): Promise<void> {
    await this.client.close();
  }

  private async page(kind: string, after: string | undefined, signal: AbortSignal): Promise<ErpPage> {
    const how = documentKinds.get(kind);
    if (!how) return { documents: [], next: undefined };
    return this.calls.lookUp(signal, (limit) => (how.page ? how.page(after, this.parts, limit) : listPage(how, after, this.parts, limit)));
  }
}

/** Replaceable parts of the connector. */
export interface KineticConnectorOptions {
  /** `fetch` behind the egress guard of libs/platform; the global one when nothing guards it. */
  readonly fetch?: Fetch;
  /** Tokens that calls carry instead of user and password. */
  readonly tokens?: BearerTokens;
}

/** The connector to one company of one Kinetic instance. */
export function createKineticConnector(config: KineticConfig, options: KineticConnectorOptions = {}): KineticConnector {
  return new KineticConnector(config, new KineticClient(config, options.fetch ?? ((url, init) => fetch(url, init)), options.tokens));
}
