import { newBatch, takesDocuments } from '@tributary/posting';
import type { Batch, BatchInput, Input, Posting, PostingRequest, Prerequisites } from '@tributary/posting';
import { now } from './core.js';
import type { ChainCore } from './core.js';
import type { ChainErp } from './erp.js';
import { documentAt, withBatch, withDocument, withWrong } from './state.js';
import type { BatchState, ChainState } from './state.js';

/** What one step wrote, and the call that it asks for. */
export interface Written {
  readonly state: ChainState;
  readonly effects: readonly { readonly kind: string }[];
}

/** The ledger of postings and batches: each method is one transaction, as in services/erp-sink/src/emit/ledger and batches. */
export class ChainLedger {
  constructor(
    private readonly core: ChainCore,
    private readonly erp: ChainErp,
  ) {}

  request(at: number): PostingRequest {
    return { requestId: String(at), protocol: 'create-once', version: 0n, digest: String(at) };
  }

  /** What keeps a document from being sent. */
  needsOf(state: ChainState, at: number): Prerequisites {
    const { settles = [], refersTo = [] } = this.erp.kind(at);
    const need = (needed: number, until: 'saved' | 'released'): object => ({
      postingKey: String(needed),
      until,
      ifNeverAsked: 'wait',
      afterMs: 0n,
    });
    const until = this.core.duties.asksForReleased ? 'released' : 'saved';
    const needs = [...settles.map((one) => need(one, until)), ...refersTo.map((one) => need(one, 'saved'))];
    const standings = new Map(
      state.documents.map(({ posting, released }, index) => [
        String(index),
        { asked: posting.request !== undefined, saved: posting.reference !== undefined, released },
      ]),
    );
    type Asked = Parameters<ChainCore['prerequisitesOf']>[0];
    return this.core.prerequisitesOf({ dependsOn: [], needs } as unknown as Asked, standings, now, now);
  }

  /** One step of a posting, written. */
  step(state: ChainState, at: number, input: Input): Written {
    const before = documentAt(state, at);
    const { core, erp } = this;
    const policy = { ...core.posting, canDiscard: erp.kind(at).group !== undefined };
    const { posting, effects } = core.step(before.posting, input, now, policy);
    const { name } = erp.kind(at);
    const isStale = 'fence' in input && input.fence !== before.posting.fence && posting !== before.posting;
    const isWaiting = posting.state === 'waiting' && posting.waitingOn.length > 0 && before.rows.length > 0;
    const wrong = isStale
      ? `I7: the answer to an older claim of ${name} was written`
      : isWaiting
        ? `I14: ${name} is saved and waits`
        : undefined;
    let after = withWrong(withDocument(state, at, { posting }), wrong);
    for (const effect of effects) if (effect.kind === 'conclude') after = withDocument(after, at, { outcome: effect.result });
    if (effects.at(-1)?.kind === 'post') after = this.enter(after, at);
    else if (isCertainlyAbsent(posting)) after = withDocument(after, at, { batch: undefined });
    return { state: this.recorded(after, at), effects };
  }

  /** The batch that a document is entered in: its own as long as that was not released, else an open one of its group, else a new one. */
  private enter(state: ChainState, at: number): ChainState {
    const { group, assigned } = this.erp.kind(at);
    if (group === undefined || assigned) return state;
    const { batch: kept } = documentAt(state, at);
    if (state.batches.some(({ id, batch }) => id === kept && (batch.state === 'open' || batch.state === 'closing'))) return state;
    const of = state.batches.filter((one) => one.group === group);
    const open = of.find(({ batch }) => takesDocuments(batch, now, this.core.batch));
    if (open) {
      const batch = { ...open.batch, documents: open.batch.documents + 1, lastDocumentAt: now };
      return withBatch(withDocument(state, at, { batch: open.id }), open.id, { batch });
    }
    const id = `${group}-${of.length + 1}`;
    const batch: Batch = { ...newBatch, documents: 1, openedAt: now, lastDocumentAt: now };
    const added: BatchState = { id, group, batch, known: true, erp: 'absent' };
    return withDocument({ ...state, batches: [...state.batches, added] }, at, { batch: id });
  }

  /** A batch that came with the save is known as soon as the document is; without a batch, saving is releasing. */
  private recorded(state: ChainState, at: number): ChainState {
    const { group, assigned } = this.erp.kind(at);
    const { posting, batch, rows } = documentAt(state, at);
    if (posting.reference === undefined) return state;
    if (group === undefined) return withDocument(state, at, { released: true });
    const given = rows[0]?.batch;
    if (!assigned || batch !== undefined || given === undefined) return state;
    const closing: Batch = { ...newBatch, state: 'closing', documents: 1, openedAt: now, lastDocumentAt: now };
    return withDocument(withBatch(state, given, { batch: closing, known: true }), at, { batch: given });
  }

  /** One step of a batch, written. */
  stepBatch(state: ChainState, { id, batch }: BatchState, input: BatchInput): Written {
    const stepped = this.core.stepBatch(batch, input, now, this.core.batch);
    let after = withBatch(state, id, { batch: stepped.batch });
    if (stepped.effects.some(({ kind }) => kind === 'released'))
      for (const [at, one] of state.documents.entries())
        if (one.batch === id && one.posting.state === 'posted') after = withDocument(after, at, { released: true });
    return { state: after, effects: stepped.effects };
  }

  /** What a tick tells the protocol about a batch. Imitates services/erp-sink/src/emit/batches/batch-documents.ts. */
  standingOf({ documents }: ChainState, id: string): Extract<BatchInput, { kind: 'ticked' }> {
    const members = [...documents.entries()].filter(([, { batch }]) => batch === id);
    const isUnfinished = ([at, { posting }]: (typeof members)[number]): boolean =>
      posting.state === 'claimed' ||
      posting.state === 'unknown' ||
      posting.half !== undefined ||
      posting.hasDuplicate ||
      (posting.recheckAt !== undefined && posting.rechecks === 0) ||
      (posting.state === 'held' && posting.sentAt !== undefined && this.erp.kind(at).lines.length > 0);
    const isNeeded = ([at, { posting, released }]: (typeof members)[number]): boolean =>
      posting.reference !== undefined &&
      !released &&
      documents.some((other, index) => other.posting.state === 'waiting' && this.erp.kind(index).settles?.includes(at));
    return {
      kind: 'ticked',
      unfinished: this.core.duties.countsUnfinished ? members.filter(isUnfinished).length : 0,
      unreleased: members.filter(([, { posting, released }]) => posting.state === 'posted' && !released).length,
      needed: members.some(isNeeded),
    };
  }
}

/** No call is open and none may still commit. Imitates services/erp-sink/src/decide/step-postings.ts. */
function isCertainlyAbsent({ sentAt, resentAt, half, state }: Posting): boolean {
  const isOpen = sentAt !== undefined || resentAt !== undefined || half !== undefined;
  return !isOpen && (state === 'new' || state === 'rejected' || state === 'waiting');
}
