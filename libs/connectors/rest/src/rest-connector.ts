import { checkService, ErpCannotLookUpError, ErpDuplicateDocumentError } from '@tributary/connector-kit';
import type {
  ErpCall,
  ErpConnector,
  ErpDocument,
  ErpDocumentState,
  ErpFinding,
  ErpFound,
  ErpLineHandle,
  ErpNeeds,
  ErpReference,
  PostingOutcome,
} from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import { lookUpFailed, RestClient } from './rest-client.js';
import type { RestAccess } from './rest-client.js';
import { bodyOf, RestCallError, textAt } from './rest-json.js';
import type { Json } from './rest-json.js';
import type { RestKind, RestService } from './service-file.js';

/** A REST/JSON service as a ledger, as its service file says. A saved document is in the ledger: there are no batches. */
export class RestConnector implements ErpConnector {
  readonly name = 'rest';
  readonly capabilities: ReadonlySet<string>;
  readonly longestCallMs: number;
  private readonly client: RestClient;

  constructor(
    private readonly service: RestService,
    private readonly access: RestAccess,
  ) {
    this.capabilities = new Set(Object.keys(service.kinds));
    // A look-up and a write.
    this.longestCallMs = 2 * access.callTimeoutMs;
    this.client = new RestClient(service, access);
  }

  batchMode(): 'none' {
    return 'none';
  }

  async post(document: ErpDocument, signal: AbortSignal): Promise<PostingOutcome> {
    const kind = this.service.kinds[document.kind];
    if (!kind)
      return { kind: 'rejected', code: 'rest.kind-unknown', text: `${document.postingKey}: the service takes no ${document.kind}` };
    if (document.knownMissing)
      return { kind: 'rejected', code: 'rest.cannot-finish', text: `${document.postingKey}: lines are not added later` };
    try {
      const body = JSON.stringify(bodyOf(document, kind));
      return kind.update ? await this.upsert(document, kind, body, signal) : await this.create(kind, body, signal);
    } catch (error) {
      if (error instanceof RestCallError) return error.outcome;
      throw error;
    }
  }

  describeCall(document: ErpDocument): readonly ErpCall[] {
    const kind = this.service.kinds[document.kind];
    if (!kind) return [];
    const [method, path] = kind.create.split(' ') as [ErpCall['method'], string];
    return [{ method, path, body: JSON.stringify(bodyOf(document, kind)), text: `creates the ${document.kind}` }];
  }

  async find(key: PostingKey, kind: string, signal: AbortSignal, lines: readonly ErpLineHandle[] = []): Promise<ErpFound | undefined> {
    const found = await this.row(key, kind, signal).catch(lookUpFailed);
    if (!found) return undefined;
    const { row, how } = found;
    const missing = lines.filter(({ table, key: handle }) => {
      const place = how.lines[table];
      const stored = place && row[place.to];
      return !Array.isArray(stored) || !stored.some((line) => textAt(line, place?.key ?? '') === handle);
    });
    return { reference: referenceOf(row, how), complete: missing.length === 0, missing: missing.map((line) => line.key) };
  }

  async read(key: PostingKey, kind: string, signal: AbortSignal): Promise<ErpDocumentState | undefined> {
    const found = await this.row(key, kind, signal).catch(lookUpFailed);
    if (!found) return undefined;
    const { row, how } = found;
    const money = how.amount && how.currency ? { amount: textAt(row, how.amount), currency: textAt(row, how.currency) } : {};
    return { reference: referenceOf(row, how), released: true, ...money };
  }

  async probe(signal: AbortSignal): Promise<void> {
    await this.client.call(this.service.probe, undefined, signal).catch(lookUpFailed);
  }

  /** Asks every look-up of the service file, for a key that no document has. */
  async check(needs: ErpNeeds, signal: AbortSignal): Promise<readonly ErpFinding[]> {
    const lookUps = [
      this.service.probe,
      ...Object.values(this.service.kinds).map(({ find = '' }) => find.replace('{key}', 'tributary-check')),
    ];
    return checkService({ ...this.access, lookUps, send: this.client.sent }, needs, signal);
  }

  private async create(kind: RestKind, body: string, signal: AbortSignal): Promise<PostingOutcome> {
    return stored('posted', await this.client.call(kind.create, body, signal), kind);
  }

  /** Matched by what is known or by its posting key, then changed or left alone; else created. */
  private async upsert(document: ErpDocument, kind: RestKind, body: string, signal: AbortSignal): Promise<PostingOutcome> {
    const reference = document.known ?? (await this.reference(document, kind, signal));
    const ensure = document.protocol !== 'versioned-upsert';
    if (reference && (ensure || !kind.update)) return { kind: 'posted', reference };
    if (reference) {
      const path = (kind.update ?? '').replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(reference[name] ?? ''));
      return stored('updated', await this.client.call(path, body, signal), kind);
    }
    if (!ensure && kind.inactive && document.fields[kind.inactive] === true)
      return { kind: 'skipped', text: `${document.postingKey}: never there, so there is nothing to deactivate` };
    return this.create(kind, body, signal);
  }

  /** A look-up before a write stores nothing: without an answer the write did not begin. */
  private async reference(document: ErpDocument, kind: RestKind, signal: AbortSignal): Promise<ErpReference | undefined> {
    try {
      const found = await this.row(document.postingKey, document.kind, signal);
      return found && referenceOf(found.row, kind);
    } catch (error) {
      if (error instanceof ErpDuplicateDocumentError) throw new RestCallError({ kind: 'ambiguous', code: error.code, text: error.message });
      if (!(error instanceof Error) || !(error.cause instanceof RestCallError)) throw error;
      const { outcome } = error.cause;
      throw outcome.kind === 'unknown' ? new RestCallError({ kind: 'unavailable', code: 'rest.silent', text: outcome.text }) : error.cause;
    }
  }

  private async row(key: PostingKey, kind: string, signal: AbortSignal): Promise<{ row: Json; how: RestKind } | undefined> {
    const how = this.service.kinds[kind];
    if (!how?.find)
      throw new ErpCannotLookUpError(`${this.service.service} has no look-up of ${kind}: look for ${key} there by hand`, { key });
    const rows = await this.client.rows(how.find.replace('{key}', encodeURIComponent(key)), signal);
    // A service may ignore a filter that it does not know.
    const [row, second] = rows.filter((one) => textAt(one, how.key) === key);
    if (second) throw new ErpDuplicateDocumentError(`several documents of kind ${kind} have the posting key ${key}`, { key });
    return row && { row, how };
  }
}

/** Names of references have no dots: the last part of the path. */
function referenceOf(row: Json, { reference }: RestKind): ErpReference {
  return Object.fromEntries(reference.map((path) => [path.split('.').at(-1) ?? path, textAt(row, path)]));
}

function stored(kind: 'posted' | 'updated', answer: Json, how: RestKind): PostingOutcome {
  const reference = referenceOf(answer, how);
  if (Object.values(reference).some((value) => value === '')) return { kind: 'unknown', text: 'the answer names no stored document' };
  return { kind, reference };
}
