import { ErpSilentError } from '@tributary/connector-kit';
import type {
  ErpBatch,
  ErpBatchMode,
  ErpDocument,
  ErpFound,
  ErpLineHandle,
  ErpPage,
  ErpPeriod,
  ErpReference,
  PostingOutcome,
} from '@tributary/connector-kit';
import { batchKinds, closedOn } from './books-documents.js';
import type { BooksDocument, HalfPost } from './books-documents.js';
import { FakeErp, reference } from './fake-erp.js';
import type { FakeDocument } from './fake-erp.js';

/** A fake ERP that keeps books: documents with lines that may be stored in part, three ways to release, fiscal periods, and deletion before release. */
export class BooksErp extends FakeErp {
  override readonly capabilities = new Set(['customer', 'cash-receipt', 'invoice', 'application', 'journal']);
  /** Batch modes by kind; `named` for a kind without an entry. */
  readonly modes = new Map<string, ErpBatchMode>([['customer', 'none']]);
  fiscalPeriods: readonly ErpPeriod[] = [{ from: '2000-01-01', to: '2099-12-31', open: true }];
  /** Times that the periods were read. */
  periodReads = 0;
  readonly halves = new Map<string, HalfPost[]>();
  /** Keys whose lines the ERP always refuses. */
  readonly refusedLines = new Set<string>();
  /** Posting keys in the order in which their documents reached the ledger. */
  readonly ledger: string[] = [];
  /** Posting keys of deleted documents, once per deletion. */
  readonly discarded: string[] = [];
  /** Scripted answers to the next discards, in order; `lost` deletes and answers `unknown`. */
  readonly discardAnswers: (PostingOutcome | 'lost')[] = [];
  onDiscard: () => Promise<void> = () => Promise.resolve();
  private assigned = 0;

  /** The document with a key; undefined when it does not exist or was deleted. */
  present(key: string): BooksDocument | undefined {
    return this.documents.find((one) => one.key === key) as BooksDocument | undefined;
  }

  /** Line keys of a document, in the order in which they were written. */
  linesOf(key: string): string[] {
    return this.present(key)?.lines.map((line) => line.key) ?? [];
  }

  override async post(document: ErpDocument): Promise<PostingOutcome> {
    const closed = closedOn(document.fields.Date, this.fiscalPeriods);
    if (closed) return { kind: 'rejected', code: 'fake.period-closed', text: closed, periodClosed: true };
    const half = this.halves.get(document.postingKey)?.shift();
    if (!half && !document.lines.some(({ key }) => this.refusedLines.has(key))) return super.post(document);
    this.posts += 1;
    await this.onPost(document);
    const accepted = document.lines.filter(({ key }) => !this.refusedLines.has(key));
    const kept = half ? document.lines.slice(0, Math.max(half.lines, 0)) : accepted;
    if (half?.lines === -1) return { kind: 'unknown', text: 'the connection broke' };
    const made = this.commit({ ...document, lines: kept });
    const missing = document.lines.map(({ key }) => key).filter((key) => !this.linesOf(document.postingKey).includes(key));
    if (half?.answer === 'lost') return { kind: 'unknown', text: 'the connection broke after the header was stored' };
    return { kind: 'partial', reference: made, missing, code: 'fake.line-refused', text: `lines ${missing.join(', ')} are refused` };
  }

  override async find(
    key: string,
    _kind = '',
    _signal?: AbortSignal,
    expected: readonly ErpLineHandle[] = [],
  ): Promise<ErpFound | undefined> {
    const found = await super.find(key);
    const missing = expected.map((line) => line.key).filter((line) => !this.linesOf(key).includes(line));
    return found && { ...found, complete: missing.length === 0, missing };
  }

  async discard(key: string): Promise<PostingOutcome> {
    await this.onDiscard();
    if (this.silent) return { kind: 'unknown', text: 'no answer' };
    const scripted = this.discardAnswers.shift();
    if (scripted && scripted !== 'lost') return scripted;
    const index = this.documents.findIndex((one) => one.key === key);
    const document = this.documents[index];
    if (!document) return { kind: 'skipped', text: `there is no ${key}` };
    if (this.ledger.includes(key)) return { kind: 'rejected', code: 'fake.released', text: `${key} is released` };
    // The number of the deleted document stays used.
    this.documents[index] = { ...document, key: `deleted ${key}` };
    this.discarded.push(key);
    return scripted === 'lost' ? { kind: 'unknown', text: 'the answer was lost' } : { kind: 'posted', reference: {} };
  }

  list(kind: string): Promise<ErpPage> {
    const documents = (this.documents as BooksDocument[]).flatMap((one, index) =>
      one.kind === kind && !one.key.startsWith('deleted ')
        ? [
            {
              reference: reference(index),
              released: this.ledger.includes(one.key),
              marks: [one.key],
              plantedKey: one.key,
              lineKeys: one.lines.map(({ key }) => key),
            },
          ]
        : [],
    );
    return Promise.resolve({ documents, next: undefined });
  }

  marksOf(key: string): readonly string[] {
    return [key];
  }

  periods(): Promise<readonly ErpPeriod[]> {
    this.periodReads += 1;
    return this.silent ? Promise.reject(new ErpSilentError('reading periods: no answer')) : Promise.resolve(this.fiscalPeriods);
  }

  postingDateOf({ fields }: ErpDocument): string | undefined {
    return typeof fields.Date === 'string' ? fields.Date : undefined;
  }

  movedTo(document: ErpDocument, date: string): ErpDocument {
    const { Date: asked, Text: text } = document.fields;
    return { ...document, fields: { ...document.fields, Date: date, Text: `${String(text ?? '')} dated ${String(asked)}`.trim() } };
  }

  batchMode(kind: string): ErpBatchMode {
    return this.modes.get(kind) ?? 'named';
  }

  override batchOf({ kind, fields }: ErpDocument): Omit<ErpBatch, 'batchId'> | undefined {
    const batchKind = batchKinds[kind];
    const date = typeof fields.Date === 'string' ? fields.Date : '2026-11-21';
    return batchKind && this.batchMode(kind) !== 'none' ? { kind: batchKind, date, partition: 'BANK' } : undefined;
  }

  override batchIdOf(kind: string, { Number: number }: ErpReference): string | undefined {
    return this.batchMode(kind) === 'none' ? undefined : this.documents[Number(number) - 1_000]?.batchId;
  }

  override async releaseBatch(batch: ErpBatch): Promise<PostingOutcome> {
    const closed = closedOn(batch.date, this.fiscalPeriods);
    if (closed) return { kind: 'rejected', code: 'fake.period-closed', text: closed };
    const outcome = await super.releaseBatch(batch);
    if (this.batches.get(batch.batchId) === 'posted')
      for (const { key, batchId } of this.documents) if (batchId === batch.batchId && !this.ledger.includes(key)) this.ledger.push(key);
    return outcome;
  }

  protected override commit(document: ErpDocument): ErpReference {
    const there = this.present(document.postingKey);
    // Lines have no unique key in this ERP: a line that is sent twice is stored twice.
    if (there && document.knownMissing) {
      there.lines.push(...document.lines.filter(({ key }) => document.knownMissing?.includes(key)));
      return reference(this.documents.indexOf(there));
    }
    if (document.known) return super.commit(document);
    const mode = this.batchMode(document.kind);
    const batchId = mode === 'assigned' ? `B${(this.assigned += 1)}` : document.batchId;
    if (mode === 'assigned' && batchId !== undefined) this.batches.set(batchId, 'open');
    const made = super.commit(batchId === undefined ? document : { ...document, batchId });
    const index = this.documents.length - 1;
    this.documents[index] = {
      ...(this.documents[index] as FakeDocument),
      kind: document.kind,
      lines: [...document.lines],
    } as BooksDocument;
    if (mode === 'none') this.ledger.push(document.postingKey);
    return made;
  }
}
