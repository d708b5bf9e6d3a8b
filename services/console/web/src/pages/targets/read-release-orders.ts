import { readAmount, readList, readRecord, readText } from '../../recon/read-value.js';
import type { Amount } from '../../recon/shapes.js';

/** An order to release a batch. */
export interface ReleaseOrder {
  readonly id: string;
  readonly batchId: string;
  readonly state: string | null;
  readonly by: string;
  readonly reason: string;
  readonly waitsFor: readonly string[];
  readonly documents: number;
  readonly amounts: readonly (Amount | null)[];
  /** What an approval is bound to. */
  readonly digest: string;
  readonly orderedAt: string | null;
  readonly expiresAt: string | null;
}

/** Orders of `GET /api/release-orders`, whatever came. Never throws. */
export function readReleaseOrders(value: unknown): readonly ReleaseOrder[] {
  return readList(readRecord(value).orders, readReleaseOrder);
}

function readReleaseOrder(value: unknown): ReleaseOrder {
  const { id, batchId, state, by, reason, waitsFor, postingKeys, amounts, digest, orderedAt, expiresAt } = readRecord(value);
  return {
    id: readText(id) ?? '',
    batchId: readText(batchId) ?? '',
    state: readText(state),
    by: readText(by) ?? '',
    reason: readText(reason) ?? '',
    waitsFor: readList(waitsFor, (one) => readText(one) ?? ''),
    documents: Array.isArray(postingKeys) ? postingKeys.length : 0,
    amounts: readList(amounts, readAmount),
    digest: readText(digest) ?? '',
    orderedAt: readText(orderedAt),
    expiresAt: readText(expiresAt),
  };
}
