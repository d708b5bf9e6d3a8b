import type { AnswerOf, SinkShapes } from '../../api/documents.js';
import type { Sent } from '../../api/sent.js';
import { readPage } from '../../recon/read.js';
import type { ListPage } from '../../recon/read.js';
import { readAmounts, readCount, readerOf, readList, readMaybe, readRecord, readText, readWords } from '../../recon/read-value.js';
import { readBatch, readReleaseOrder } from '../targets/read-batches.js';
import type { OpenBatch, ReleaseOrder } from '../targets/read-batches.js';

/** A group of documents that a target enters together and releases together. */
export type Group = OpenBatch;
/** An order to release a group. */
export type Release = ReleaseOrder;

/** What all sinks answered, and which did not. */
export interface OfSinks<Row> {
  readonly rows: readonly Row[];
  /** One sentence for each sink that could not be asked. */
  readonly silent: readonly string[];
}

/** A page of groups. `total`: of all pages; null: not known. */
export interface GroupPage extends OfSinks<Group>, ListPage<Group> {
  readonly total: ReturnType<typeof readTotal> | null;
}

/** Groups that are not released, oldest first. */
export function readGroups(value: Sent<AnswerOf<'/api/batches'>>): GroupPage {
  const { silent, total } = readRecord(value);
  return { ...readPage(value, 'batches', readBatch), silent: readSilent(silent), total: readMaybe(total, readTotal) };
}

const readTotal = readerOf<SinkShapes['BatchTotalView']>()({ batches: readCount, documents: readCount, amounts: readAmounts });

/** Orders to release groups. */
export function readReleases(value: Sent<AnswerOf<'/api/release-orders'>>): OfSinks<Release> {
  const { orders, silent } = readRecord(value);
  return { rows: readList(orders, readReleaseOrder), silent: readSilent(silent) };
}

function readSilent(value: Sent<AnswerOf<'/api/batches'>['silent']>): string[] {
  return readList(value, (one) => {
    const { targets, problem } = readRecord(one);
    return `The sink of ${readWords(targets).join(', ')} does not answer: ${readText(problem) ?? 'nobody knows why'}. Its groups are not in this list.`;
  });
}
