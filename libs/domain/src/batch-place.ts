/** Where a batch stands among those that are not released: by when it was opened, then by its target and its id. */
export interface BatchPlace {
  /** A time as JavaScript reads it. */
  readonly openedAt: string | Date;
  readonly target: string;
  readonly batchId: string;
}

const cursorPattern = /^(\d{1,15})~([^~]{1,200})~([^]{1,500})$/;

/** The cursor of a batch, for the page after or before it. */
export function batchCursor({ openedAt, target, batchId }: BatchPlace): string {
  return `${new Date(openedAt).getTime()}~${target}~${batchId}`;
}

/** The place that a cursor says; undefined for a text that is none. */
export function placeOfCursor(cursor: string): BatchPlace | undefined {
  const [, openedMs, target, batchId] = cursorPattern.exec(cursor) ?? [];
  if (openedMs === undefined || target === undefined || batchId === undefined) return undefined;
  const openedAt = new Date(Number(openedMs));
  return Number.isNaN(openedAt.getTime()) ? undefined : { openedAt: openedAt.toISOString(), target, batchId };
}

/** Orders batches by their places, the oldest first. */
export function compareBatches(a: BatchPlace, b: BatchPlace): number {
  return (
    new Date(a.openedAt).getTime() - new Date(b.openedAt).getTime() ||
    compareTexts(a.target, b.target) ||
    compareTexts(a.batchId, b.batchId)
  );
}

/** As the collation "C" of PostgreSQL orders them. */
function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
