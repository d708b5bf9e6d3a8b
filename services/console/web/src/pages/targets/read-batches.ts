import type { AnswerOf, SinkShapes } from '../../api/documents.js';
import type { Sent } from '../../api/sent.js';
import {
  readAmounts,
  readCount,
  readerOf,
  readFlag,
  readLength,
  readList,
  readRecord,
  readText,
  readWord,
  readWords,
} from '../../recon/read-value.js';

/** A batch that is not released. `byPerson`: it is released when a person orders it, and not by itself. */
export type OpenBatch = ReturnType<typeof readBatch>;
/** An order to release a batch. `digest`: what an approval is bound to. */
export type ReleaseOrder = ReturnType<typeof readReleaseOrder>;

/** A batch, with the sums of its documents, one per currency. */
export const readBatch = readerOf<SinkShapes['OpenBatchView']>()({
  target: readWord,
  batchId: readWord,
  kind: readWord,
  date: readWord,
  state: readText,
  documents: readCount,
  amounts: readAmounts,
  attempts: readCount,
  text: readText,
  openedAt: readText,
  byPerson: readFlag,
});

/** An order to release a batch. */
export function readReleaseOrder(value: Sent<SinkShapes['ReleaseOrderView']>) {
  return { ...readReleaseFields(value), documents: readLength(readRecord(value).postingKeys) };
}

const readReleaseFields = readerOf<SinkShapes['ReleaseOrderView']>()({
  id: readWord,
  target: readWord,
  batchId: readWord,
  state: readText,
  by: readWord,
  reason: readWord,
  waitsFor: readWords,
  postingKeys: readWords,
  amounts: readAmounts,
  digest: readWord,
  orderedAt: readText,
  expiresAt: readText,
});

/** Orders of `GET /api/release-orders`. */
export function readReleaseOrders(value: Sent<AnswerOf<'/api/release-orders'>>): readonly ReleaseOrder[] {
  return readList(readRecord(value).orders, readReleaseOrder);
}
