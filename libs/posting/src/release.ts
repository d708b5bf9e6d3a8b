/**
 * A batch in which documents were saved and which has to be released to reach the ledger: Kinetic's cash group. `open` takes
 * documents; `closing` waits for those that are still being posted; `releasing` has a release call open.
 */
export type BatchStanding = 'open' | 'closing' | 'releasing' | 'released' | 'failed';

export interface BatchState {
  readonly standing: BatchStanding;
  readonly documents: number;
  readonly openedAt: number;
  readonly lastDocumentAt: number;
  /** Postings in it whose outcome is not recorded: while there are any it is not released. */
  readonly unfinished: number;
  readonly callOpen: boolean;
  readonly emptyLooks: number;
  readonly text: string | undefined;
}

export interface BatchLimits {
  readonly maxDocuments: number;
  readonly idleMs: number;
  readonly maxAgeMs: number;
  readonly looks: number;
}

export const defaultBatchLimits: BatchLimits = { maxDocuments: 200, idleMs: 5_000, maxAgeMs: 60_000, looks: 2 };

/** Whether an open batch takes no further document: full, quiet, or old. */
export function shouldClose(batch: BatchState, limits: BatchLimits, now: number): boolean {
  if (batch.standing !== 'open' || batch.documents === 0) return false;
  return batch.documents >= limits.maxDocuments || now - batch.lastDocumentAt >= limits.idleMs || now - batch.openedAt >= limits.maxAgeMs;
}

export type BatchInput =
  | { readonly saw: 'claimed' }
  /** Answer to the release call. */
  | { readonly saw: 'released' }
  | { readonly saw: 'unknown'; readonly text: string }
  | { readonly saw: 'refused'; readonly text: string }
  | { readonly saw: 'not-now'; readonly text: string }
  /** Answer to a look at the batch. */
  | { readonly saw: 'still-open' }
  | { readonly saw: 'posting' };

export type BatchAct =
  | { readonly do: 'release' }
  | { readonly do: 'look' }
  /** Come back later; nothing is lost meanwhile. */
  | { readonly do: 'later' }
  | { readonly do: 'announce' }
  | { readonly do: 'hold' };

/** The release of a batch has an unknown outcome of its own and the same protection as a document: look before sending again. */
export function nextBatchStep(batch: BatchState, input: BatchInput, limits: BatchLimits): { readonly state: BatchState; readonly act: BatchAct } {
  switch (input.saw) {
    case 'claimed':
      if (batch.unfinished > 0) return { state: { ...batch, standing: 'closing' }, act: { do: 'later' } };
      return batch.callOpen ? { state: batch, act: { do: 'look' } } : send(batch);
    case 'released':
      return { state: { ...batch, standing: 'released', callOpen: false, text: undefined }, act: { do: 'announce' } };
    case 'unknown':
      return { state: { ...batch, emptyLooks: 0, text: input.text }, act: { do: 'later' } };
    case 'posting':
      return { state: { ...batch, emptyLooks: 0 }, act: { do: 'later' } };
    case 'still-open': {
      const emptyLooks = batch.emptyLooks + 1;
      return emptyLooks < limits.looks ? { state: { ...batch, emptyLooks }, act: { do: 'later' } } : send(batch);
    }
    case 'not-now':
      return { state: { ...batch, callOpen: false, text: input.text }, act: { do: 'later' } };
    case 'refused':
      return { state: { ...batch, standing: 'failed', callOpen: false, text: input.text }, act: { do: 'hold' } };
  }
}

function send(batch: BatchState): { state: BatchState; act: BatchAct } {
  return { state: { ...batch, standing: 'releasing', callOpen: true, emptyLooks: 0 }, act: { do: 'release' } };
}
