import type { DocumentReference, PostingRequested } from '@tributary/contracts';

/** A request as an earlier version stored it: JSON without the fields that came later. */
export type StoredPostingRequested = Omit<PostingRequested, Later | 'references'> &
  Partial<Pick<PostingRequested, Later>> & { readonly references: readonly StoredReference[] };

type Later = 'lines' | 'needs' | 'effect' | 'onClosedPeriod' | 'release';
type StoredReference = Omit<DocumentReference, 'table' | 'lineKey'> & Partial<DocumentReference>;

/**
 * The same request with every field. A field that an earlier version did not store gets the default of its Avro schema, which stands for
 * the earlier behaviour.
 */
export function withRequestDefaults(stored: StoredPostingRequested): PostingRequested {
  return {
    ...stored,
    references: stored.references.map((reference) => ({
      ...reference,
      table: reference.table ?? null,
      lineKey: reference.lineKey ?? null,
    })),
    lines: stored.lines ?? [],
    needs: stored.needs ?? [],
    effect: stored.effect ?? [],
    onClosedPeriod: stored.onClosedPeriod ?? null,
    release: stored.release ?? null,
  };
}

/** A stored request, or a dead letter, whose request has every field. */
export function withStoredDefaults<T extends { readonly value: PostingRequested }>(stored: T): T {
  return { ...stored, value: withRequestDefaults(stored.value) };
}
