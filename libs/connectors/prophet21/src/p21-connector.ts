import { LimitedCalls } from '@tributary/connector-kit';
import type {
  ErpAccountBalance,
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
  ErpPeriod,
  PostingOutcome,
} from '@tributary/connector-kit';
import { checkDocument, checkLines } from '@tributary/contracts';
import type { PostingKey } from '@tributary/domain';
import type { P21Parts } from './documents/document-kind.js';
import { documentKinds } from './documents/index.js';
import { P21Client } from './p21-client.js';
import type { P21Config } from './p21.config.js';
import { checkP21 } from './p21-check.js';
import { P21Currencies } from './p21-currencies.js';
import { lookupErrorOf, outcomeOf } from './p21-errors.js';
import type { Fetch } from './p21-http.js';
import { P21Ledger } from './p21-ledger.js';
import { P21Periods } from './p21-periods.js';
import { P21Services } from './transaction/configured-service.js';

/** One call of the connector makes several HTTP calls, of which one is expected to be slow. A write that is cut off by the limit is `unknown`. */
const callTimeoutsPerCall = 2;
/** How long P21 may take to show what it commits, ms. OData reads the live database (section 10), so this only covers a commit under way; assumed. */
const settleMs = 2_000;
/** Described as the UI server until the router was asked: the name that docs/reference/prophet21.md section 2 shows. */
const usualUiServer = '/uiserver0';

/**
 * Epicor Prophet 21 over its middleware: documents/ has what it can do with each kind of document; this class adds time limits and turns failed
 * calls into outcomes. Source: docs/reference/prophet21.md.
 */
export class P21Connector implements ErpConnector {
  readonly name = 'prophet21';
  readonly capabilities: ReadonlySet<string> = new Set(documentKinds.keys());
  readonly features: ReadonlySet<string> = new Set(['periods', 'trial-balance']);
  readonly numberKeys: readonly string[] = ['PaymentNumber', 'TransactionNumber', 'OrderNo', 'CustomerId'];
  readonly longestCallMs: number;
  private readonly calls: LimitedCalls;
  /** Every posting holds a session of the UI server while it writes. */
  readonly maxOpenCalls: number;
  private readonly parts: P21Parts;
  private readonly ledger: P21Ledger;

  constructor(
    private readonly config: P21Config,
    client: P21Client,
  ) {
    this.longestCallMs = callTimeoutsPerCall * config.callTimeoutMs;
    this.calls = new LimitedCalls(this.longestCallMs, { outcomeOf: (error) => outcomeOf(error, config), lookupErrorOf });
    this.maxOpenCalls = config.writers;
    const currencies = new P21Currencies(config);
    this.parts = { client, config, currencies, periods: new P21Periods(client, config), services: new P21Services(client) };
    this.ledger = new P21Ledger(client, config, currencies);
  }

  settleMs(kind: string): number | undefined {
    return documentKinds.has(kind) ? settleMs : undefined;
  }

  async post(document: ErpDocument, signal: AbortSignal): Promise<PostingOutcome> {
    const kind = documentKinds.get(document.kind);
    if (!kind) return { kind: 'rejected', code: 'p21.kind-unknown', text: `${document.postingKey}: P21 takes no ${document.kind}` };
    const refused = refusedBefore(document, kind.shape);
    if (refused) return refused;
    return this.calls.write(signal, (limit) => kind.post(document, this.parts, limit));
  }

  describeCall(document: ErpDocument): readonly ErpCall[] {
    const calls = documentKinds.get(document.kind)?.describe(document, this.config) ?? [];
    return calls.map(({ verb, at, path, body, text }) => ({
      method: verb,
      path: at === 'ui' ? `${usualUiServer}${path}` : path,
      body: JSON.stringify(body),
      text,
    }));
  }

  async find(
    key: PostingKey,
    kind: string,
    signal: AbortSignal,
    expectedLines: readonly ErpLineHandle[] = [],
  ): Promise<ErpFound | undefined> {
    const lines = expectedLines.map((line) => line.key);
    return this.calls.lookUp(signal, async (limit) => documentKinds.get(kind)?.find(key, this.parts, limit, lines));
  }

  async read(key: PostingKey, kind: string, signal: AbortSignal): Promise<ErpDocumentState | undefined> {
    return this.calls.lookUp(signal, async (limit) => documentKinds.get(kind)?.read(key, this.parts, limit));
  }

  async list(kind: string, after: string | undefined, signal: AbortSignal): Promise<ErpPage> {
    const how = documentKinds.get(kind);
    if (!how) return { documents: [], next: undefined };
    return this.calls.lookUp(signal, (limit) => how.page(after, this.parts, limit));
  }

  marksOf(key: PostingKey, kind: string): readonly string[] {
    return documentKinds.get(kind)?.marksOf(key) ?? [];
  }

  /** Whatever P21 saves is in its ledger: an entry posts at once, a receipt is approved when it is saved (assumed). */
  batchMode(): ErpBatchMode {
    return 'none';
  }

  async periods(signal: AbortSignal): Promise<readonly ErpPeriod[]> {
    const periods = await this.calls.lookUp(signal, (limit) => this.parts.periods.all(limit));
    return periods.map(({ from, to, open }) => ({ from, to, open }));
  }

  postingDateOf({ kind, fields }: ErpDocument): string | undefined {
    const date = fields[documentKinds.get(kind)?.dating?.field ?? ''];
    return typeof date === 'string' && date !== '' ? date : undefined;
  }

  /** The same document on another date; its text begins with the original one. */
  movedTo(document: ErpDocument, date: string): ErpDocument {
    const dating = documentKinds.get(document.kind)?.dating;
    const original = this.postingDateOf(document);
    if (!dating || original === undefined) return document;
    const text = `Dated ${original}. ${String(document.fields[dating.note] ?? '')}`.slice(0, dating.noteLength).trim();
    return { ...document, fields: { ...document.fields, [dating.field]: date, [dating.note]: text } };
  }

  async trialBalance(signal: AbortSignal): Promise<readonly ErpAccountBalance[]> {
    return this.calls.lookUp(signal, (limit) => this.ledger.trialBalance(limit));
  }

  /** Reads one customer number over OData: login, right to read, and that the middleware works. */
  async probe(signal: AbortSignal): Promise<void> {
    const query = { filter: "company_id ne ''", select: ['customer_id'], orderBy: 'customer_id', top: 1 };
    await this.calls.lookUp(signal, (limit) => this.parts.client.rows('customer', query, limit));
  }

  /** What is missing at the site; posts nothing. Mappings fill no columns of a site, so custom fields do not count here. */
  async check(needs: ErpNeeds, signal: AbortSignal): Promise<readonly ErpFinding[]> {
    return checkP21(this.parts, needs, Date.now, signal);
  }
}

/** What the document itself has wrong: too long a text is refused here, before P21 could cut it or refuse half of the document. */
function refusedBefore(document: ErpDocument, shape: Parameters<typeof checkDocument>[0]): PostingOutcome | undefined {
  // A change of a customer has only the properties that change.
  const isChange = document.kind === 'customer' && document.protocol === 'versioned-upsert';
  const problems = [...checkDocument(shape, document.fields), ...checkLines(shape, document.lines)];
  const [problem] = problems.filter(({ code }) => !isChange || code !== 'missing');
  return problem && { kind: 'rejected', code: 'p21.field-invalid', field: problem.field, text: `${document.postingKey}: ${problem.text}` };
}

/** Replaceable parts of the connector. */
export interface P21ConnectorOptions {
  /** `fetch` behind the egress guard of libs/platform; the global one when nothing guards it. */
  readonly fetch?: Fetch;
}

/** The connector to one company of one P21 middleware. */
export function createP21Connector(config: P21Config, options: P21ConnectorOptions = {}): P21Connector {
  return new P21Connector(config, new P21Client(config, options.fetch ?? ((url, init) => fetch(url, init))));
}
