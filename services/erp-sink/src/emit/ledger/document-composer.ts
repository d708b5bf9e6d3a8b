import { Inject, Injectable } from '@nestjs/common';
import type { ErpConnector, ErpDocument } from '@tributary/connector-kit';
import type { EntityManager } from 'typeorm';
import { composeDocument } from '../../decide/document.js';
import type { Composed } from '../../decide/document.js';
import { isOpen, postingDateFor } from '../../decide/posting-date.js';
import type { PostingDate } from '../../decide/posting-date.js';
import type { DecidedStep, KnownReferences } from '../../decide/step-postings.js';
import { BatchChooser } from '../batches/batch-chooser.js';
import { PeriodCalendar } from '../calls/period-calendar.js';
import { CONNECTOR, TARGET } from '../tokens.js';

/** Code of a document that is not sent because the fiscal periods of the target could not be read yet. */
export const periodsUnknownCode = 'posting.periods-unknown';

/** A document to send, or why it is not sent. */
export interface DatedDocument {
  readonly composed: Composed;
  /** The date that the document was moved to out of a closed period, `YYYY-MM-DD`. */
  readonly postingDate: string | undefined;
}

/** A document to send, with its batch. */
export interface EnteredDocument {
  readonly composed: Composed;
  /** undefined for a document without a batch, or before the target assigns one. */
  readonly batchId: string | undefined;
}

/** Composes what a step sends: the fields and lines of the request, the posting date, the batch. */
@Injectable()
export class DocumentComposer {
  constructor(
    @Inject(CONNECTOR) private readonly connector: ErpConnector,
    @Inject(BatchChooser) private readonly batches: BatchChooser,
    @Inject(PeriodCalendar) private readonly calendar: PeriodCalendar,
    @Inject(TARGET) private readonly target: string,
  ) {}

  /** The document of a step, on a date that is open. @throws {TypeError} for a step without a request: a defect. */
  compose({ row, posting, stored, newerState }: DecidedStep, references: KnownReferences): DatedDocument {
    if (!stored) throw new TypeError(`posting ${row.key}: nothing to send`);
    const composed = composeDocument(stored.value, references, posting.half?.reference ?? posting.reference, newerState?.value);
    if (composed.kind !== 'document') return { composed, postingDate: row.postingDate };
    // The missing lines of a half document keep the date of its header.
    if (posting.half) return this.onDate({ ...composed.document, knownMissing: posting.half.missing }, row.postingDate);
    // An earlier call may still commit: the document is sent again on the same date.
    return this.onOpenDate(composed.document, posting.attempts > 1 ? row.postingDate : undefined);
  }

  /**
   * Chooses the batch that the document is entered in, where its kind has batches that we name.
   * @param tx the transaction that claims the posting: the batch counts the document from then on.
   */
  async enter(tx: EntityManager, { row, now, stored, posting }: DecidedStep, composed: Composed): Promise<EnteredDocument> {
    const { connector, target } = this;
    if (composed.kind !== 'document') return { composed, batchId: row.batchId };
    const { document } = composed;
    const isNamed = (connector.batchMode?.(document.kind) ?? 'named') === 'named';
    const wanted = isNamed ? connector.batchOf?.(document) : undefined;
    if (!wanted) return { composed, batchId: row.batchId };
    if (posting.half) {
      const batchId = connector.batchIdOf?.(document.kind, posting.half.reference) ?? row.batchId;
      return { composed: { kind: 'document', document: batchId === undefined ? document : { ...document, batchId } }, batchId };
    }
    const byPerson = stored?.value.release === false;
    const batchId = await this.batches.choose(tx, target, { ...wanted, byPerson }, row.batchId, now);
    return { composed: { kind: 'document', document: { ...document, batchId } }, batchId };
  }

  private onDate(document: ErpDocument, date: string | undefined): DatedDocument {
    const moved = date === undefined ? document : (this.connector.movedTo?.(document, date) ?? document);
    return { composed: { kind: 'document', document: moved }, postingDate: date };
  }

  /** The document on a date whose period is open, as its policy says. Without a policy the ERP decides. */
  private onOpenDate(document: ErpDocument, earlier: string | undefined): DatedDocument {
    const { connector, calendar } = this;
    const notSent = (answer: Extract<Composed, { kind: 'answered' }>['answer']): DatedDocument => ({
      composed: { kind: 'answered', answer },
      postingDate: earlier,
    });
    const date = document.onClosedPeriod === undefined ? undefined : connector.postingDateOf?.(document);
    if (date === undefined || !connector.periods) return this.onDate(document, undefined);
    const periods = calendar.current();
    if (!periods)
      return notSent({ kind: 'unavailable', code: periodsUnknownCode, text: `${connector.name} did not tell its fiscal periods` });
    const { postingKey } = document;
    const canMove = connector.movedTo !== undefined && document.onClosedPeriod === 'next-open';
    const again = canMove && earlier !== undefined && isOpen(earlier, periods);
    const decided: PostingDate = again
      ? { kind: 'moved', date: earlier }
      : postingDateFor({ postingKey, onClosedPeriod: canMove ? 'next-open' : 'hold' }, date, periods);
    if (decided.kind === 'closed') return notSent({ kind: 'ambiguous', code: decided.code, text: decided.text });
    return this.onDate(document, decided.kind === 'moved' ? decided.date : undefined);
  }
}
