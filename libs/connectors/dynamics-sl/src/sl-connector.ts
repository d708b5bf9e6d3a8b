import { LimitedCalls } from '@tributary/connector-kit';
import type {
  BatchState,
  ErpAccountBalance,
  ErpBatch,
  ErpBatchMode,
  ErpCall,
  ErpConnector,
  ErpDocument,
  ErpDocumentState,
  ErpFinding,
  ErpFound,
  ErpLineHandle,
  ErpNeeds,
  ErpPage,
  ErpReference,
  PostingOutcome,
} from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import { batchIdOf } from './documents/batch-id.js';
import type { SlParts } from './documents/document-kind.js';
import { documentKinds } from './documents/index.js';
import { accountText } from './documents/ledger-effect.js';
import { equal } from './documents/screened.js';
import type { Fetch } from './doors/http-calls.js';
import { SlBatches } from './sl-batches.js';
import { checkSl } from './sl-check.js';
import { SlClient } from './sl-client.js';
import { lookupErrorOf, outcomeOf } from './sl-errors.js';
import { textOf } from './sl-values.js';
import type { SlConfig } from './sl.config.js';

/** One call of the connector makes several HTTP calls, of which one is expected to be slow. A write that is cut off by the limit is `unknown`. */
const callTimeoutsPerCall = 1.2;
/** How long SL may take to show that a batch is released, ms: section 8 gives no figure (assumed). */
const batchSettleMs = 10_000;

/**
 * Microsoft Dynamics SL through its web layer: documents/ has what it can do with each kind of document; this class adds time limits and turns
 * failed calls into outcomes. Source: docs/reference/dynamics-sl.md.
 */
export class SlConnector implements ErpConnector {
  readonly name = 'dynamics-sl';
  readonly capabilities: ReadonlySet<string> = new Set(documentKinds.keys());
  readonly features: ReadonlySet<string> = new Set(['credit-memo.unreferenced', 'trial-balance']);
  readonly numberKeys: readonly string[] = ['RefNbr', 'BatNbr', 'CustId'];
  readonly longestCallMs: number;
  private readonly calls: LimitedCalls;
  readonly maxOpenCalls: number;
  private readonly parts: SlParts;
  private readonly batches: SlBatches;

  constructor(
    private readonly config: SlConfig,
    client: SlClient,
  ) {
    this.longestCallMs = Math.ceil(callTimeoutsPerCall * config.callTimeoutMs);
    this.calls = new LimitedCalls(this.longestCallMs, { outcomeOf: (error) => outcomeOf(error, config), lookupErrorOf });
    this.maxOpenCalls = config.writers;
    this.parts = { client, config };
    this.batches = new SlBatches(client, config.retryMs);
  }

  settleMs(kind: string): number | undefined {
    return kind === 'batch' ? batchSettleMs : documentKinds.get(kind)?.settleMs;
  }

  async post(document: ErpDocument, signal: AbortSignal): Promise<PostingOutcome> {
    const kind = documentKinds.get(document.kind);
    if (!kind) return { kind: 'rejected', code: 'sl.kind-unknown', text: `${document.postingKey}: SL takes no ${document.kind}` };
    return this.calls.write(signal, (limit) => kind.post(document, this.parts, limit));
  }

  describeCall(document: ErpDocument): readonly ErpCall[] {
    return documentKinds.get(document.kind)?.describe(document, this.parts) ?? [];
  }

  async find(
    key: PostingKey,
    kind: string,
    signal: AbortSignal,
    expectedLines: readonly ErpLineHandle[] = [],
  ): Promise<ErpFound | undefined> {
    return this.calls.lookUp(signal, async (limit) => documentKinds.get(kind)?.find(key, this.parts, limit, expectedLines));
  }

  async read(key: PostingKey, kind: string, signal: AbortSignal): Promise<ErpDocumentState | undefined> {
    return this.calls.lookUp(signal, async (limit) => documentKinds.get(kind)?.read(key, this.parts, limit));
  }

  async list(kind: string, after: string | undefined, signal: AbortSignal): Promise<ErpPage> {
    const nothing: ErpPage = { documents: [], next: undefined };
    return this.calls.lookUp(signal, async (limit) => documentKinds.get(kind)?.page(after, this.parts, limit) ?? nothing);
  }

  marksOf(key: PostingKey, kind: string): readonly string[] {
    return documentKinds.get(kind)?.marksOf(key) ?? [];
  }

  /** SL gives each document a batch of its own; customers have none. */
  batchMode(kind: string): ErpBatchMode {
    return documentKinds.get(kind)?.batch ? 'assigned' : 'none';
  }

  batchIdOf(kind: string, reference: ErpReference): string | undefined {
    return documentKinds.get(kind)?.batch ? batchIdOf(reference) : undefined;
  }

  batchOf(document: ErpDocument): Omit<ErpBatch, 'batchId'> | undefined {
    return documentKinds.get(document.kind)?.batch?.of(document);
  }

  async releaseBatch(batch: ErpBatch, signal: AbortSignal): Promise<PostingOutcome> {
    return this.calls.write(signal, (limit) => this.batches.release(batch, limit));
  }

  async batchState(batchId: string, signal: AbortSignal): Promise<{ readonly state: BatchState; readonly text: string }> {
    return this.calls.lookUp(signal, (limit) => this.batches.state(batchId, limit));
  }

  /** By the view QQ_TrialBalance: the ledger is too large to be read row by row. */
  async trialBalance(signal: AbortSignal): Promise<readonly ErpAccountBalance[]> {
    const rows = await this.calls.lookUp(signal, (limit) => this.parts.client.rows('TrialBalance', [], limit));
    return rows.map((row) => ({
      account: accountText(textOf(row.Acct), textOf(row.Sub)),
      currency: textOf(row.CuryId),
      debit: textOf(row.CuryDrAmt),
      credit: textOf(row.CuryCrAmt),
    }));
  }

  async probe(signal: AbortSignal): Promise<void> {
    await this.calls.lookUp(signal, (limit) => this.parts.client.rows('Batch', [equal('Module', 'AR'), equal('BatNbr', '0')], limit));
  }

  async check(needs: ErpNeeds, signal: AbortSignal): Promise<readonly ErpFinding[]> {
    return this.calls.lookUp(signal, (limit) => checkSl(this.parts.client, needs, limit));
  }
}

/** The connector to one company of one SL site. @param fetch `fetch` behind the egress guard of libs/platform; the global one when nothing guards it. */
export function createSlConnector(config: SlConfig, fetch?: Fetch): SlConnector {
  return new SlConnector(config, new SlClient(config, fetch ?? ((url, init) => globalThis.fetch(url, init))));
}
