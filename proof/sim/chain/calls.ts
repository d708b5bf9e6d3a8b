import type { Answer, BatchInput, Input } from '@tributary/posting';
import { callTicks, settleTicks } from './core.js';
import type { ChainDuties } from './core.js';
import type { ChainErp } from './erp.js';
import { batchLookup, isEmptyBatch, lookup } from './lookups.js';
import type { Outcome } from './lookups.js';
import { documentAt, withBatch } from './state.js';
import type { ChainState, Late, WorkerState } from './state.js';

const silent: Answer = { kind: 'unknown', text: 'no answer' };
const refusedAnswer: Answer = { kind: 'rejected', code: 'refused', text: 'refused' };
const reference = { Number: '1' };

/** Every way in which the calls of a worker may go: the first one is the one without a fault. */
export class ChainCalls {
  constructor(
    private readonly erp: ChainErp,
    private readonly duties: ChainDuties,
  ) {}

  outcomes(state: ChainState, worker: WorkerState): Outcome[] {
    switch (worker.call) {
      case 'post':
        return this.post(state, worker);
      case 'discard':
        return this.discard(state, worker);
      case 'release':
        return this.release(state, worker);
      case 'lookup':
        return lookup(state, worker, this.erp.kind(worker.document), this.duties);
      case 'batch-lookup':
        return batchLookup(state, worker);
    }
  }

  /** What may still come of the call of a worker that was killed in the middle of it. */
  killed(state: ChainState, worker: WorkerState): { readonly state: ChainState; readonly says: string }[] {
    const lost = { state, says: 'its call is lost' };
    const commit = this.commitOf(state, worker);
    const late = commit && {
      state: { ...state, late: [...state.late, { within: callTicks + settleTicks - 1, commit }] },
      says: 'the ERP may still carry out its call',
    };
    const [half] = worker.call === 'post' ? this.halves(state, worker) : [];
    return [lost, ...(late ? [late] : []), ...(half ? [{ state: half.state, says: `the ERP stored ${half.says}` }] : [])];
  }

  private post(state: ChainState, worker: WorkerState): Outcome[] {
    const { document, fence } = worker;
    const told = (answer: Answer): Input => ({ kind: 'answered', fence, answer });
    const { name, refused } = this.erp.kind(document);
    const lines = this.linesOf(worker);
    if (worker.missing && documentAt(state, document).rows.length === 0)
      return [{ state, says: `${name} is not there`, answer: told({ kind: 'rejected', code: 'gone', text: 'it is gone' }) }];
    const accepted = refused !== undefined && lines.includes(refused) ? lines.slice(0, lines.indexOf(refused)) : lines;
    const missing = lines.slice(accepted.length);
    const committed = this.commit(state, worker, accepted);
    const stored = accepted.length === 0 ? `${name}` : `${name} with ${accepted.join(', ')}`;
    const answer: Answer =
      missing.length === 0 ? { kind: 'posted', reference } : { kind: 'partial', reference, missing, code: 'refused', text: 'refused' };
    return [
      {
        state: committed,
        says: `the ERP stores ${stored}${missing.length > 0 ? ` and refuses ${missing.join(', ')}` : ''}`,
        answer: told(answer),
      },
      { state: committed, says: `the ERP stores ${stored}; its answer is lost`, answer: told(silent) },
      { state, says: 'nothing is stored and nothing answered', answer: told(silent) },
      { state: this.later(state, worker), says: `no answer; the ERP may still store ${stored}`, answer: told(silent) },
      { state, says: `the ERP refuses ${name}`, answer: told(refusedAnswer) },
      { state, says: `${name} is locked by somebody`, answer: told({ kind: 'conflict', text: 'locked' }) },
      ...this.halves(state, worker).flatMap((half): Outcome[] => [
        { state: half.state, says: `the ERP stores ${half.says}; no answer`, answer: told(silent) },
        { state: half.later, says: `the ERP stores ${half.says}, the rest may follow; no answer`, answer: told(silent) },
        {
          state: half.state,
          says: `the ERP stores ${half.says} and refuses the rest`,
          answer: told({ kind: 'partial', reference, missing: half.rest, code: 'refused', text: 'refused' }),
        },
      ]),
    ];
  }

  /** The header with its first line, and not the rest. */
  private halves(
    state: ChainState,
    worker: WorkerState,
  ): { readonly state: ChainState; readonly later: ChainState; readonly rest: readonly string[]; readonly says: string }[] {
    const lines = this.linesOf(worker);
    if (worker.missing || lines.length < 2) return [];
    const [first = '', ...rest] = lines;
    const half = this.commit(state, worker, [first]);
    const commit = { what: 'add', document: worker.document, lines: rest, batch: undefined } as const;
    const later = { ...half, late: [...half.late, { within: settleTicks - 1, commit }] };
    return [{ state: half, later, rest, says: `${this.erp.kind(worker.document).name} with ${first} alone` }];
  }

  private commit(state: ChainState, worker: WorkerState, lines: readonly string[]): ChainState {
    const { document } = worker;
    return worker.missing
      ? this.erp.add(state, document, lines)
      : this.erp.store(state, document, lines, documentAt(state, document).batch);
  }

  /** The lines that a call sends. */
  private linesOf({ document, missing }: WorkerState): readonly string[] {
    const { lines } = this.erp.kind(document);
    return this.duties.finishSendsMissing ? (missing ?? lines) : lines;
  }

  private commitOf(state: ChainState, worker: WorkerState): Late['commit'] | undefined {
    const { call, document, batch } = worker;
    if (call === 'release') return { what: 'release', batch };
    if (call === 'discard') return { what: 'delete', document };
    if (call !== 'post' || this.erp.kind(document).refused !== undefined) return undefined;
    return { what: worker.missing ? 'add' : 'store', document, lines: this.linesOf(worker), batch: documentAt(state, document).batch };
  }

  /** The caller gave up, and the ERP may still carry out the call. */
  private later(state: ChainState, worker: WorkerState): ChainState {
    const commit = this.commitOf(state, worker);
    return commit ? { ...state, late: [...state.late, { within: settleTicks - 1, commit }] } : state;
  }

  private discard(state: ChainState, worker: WorkerState): Outcome[] {
    const { document, fence } = worker;
    const told = (answer: Answer): Input => ({ kind: 'discard-answered', fence, answer });
    const { name } = this.erp.kind(document);
    const [row] = documentAt(state, document).rows;
    if (!row) return [{ state, says: `${name} is not there`, answer: told({ kind: 'skipped', text: 'not there' }) }];
    if (row.released && this.duties.discardsOnlySaved)
      return [{ state, says: `the ERP does not delete ${name}: released`, answer: told(refusedAnswer) }];
    const removed = this.erp.remove(state, document);
    return [
      { state: removed, says: `the ERP deletes ${name}`, answer: told({ kind: 'posted', reference: {} }) },
      { state: removed, says: `the ERP deletes ${name}; its answer is lost`, answer: told(silent) },
      { state, says: 'nothing is deleted and nothing answered', answer: told(silent) },
      { state: this.later(state, worker), says: `no answer; the ERP may still delete ${name}`, answer: told(silent) },
    ];
  }

  private release(state: ChainState, worker: WorkerState): Outcome[] {
    const { batch: id, fence } = worker;
    type Told = Extract<BatchInput, { kind: 'answered' }>['answer'];
    const told = (answer: Told): BatchInput => ({ kind: 'answered', fence, answer, text: '' });
    const erp = state.batches.find((one) => one.id === id)?.erp;
    if (erp === 'absent')
      return [{ state, says: `the ERP has nothing in batch ${id}`, answer: told(isEmptyBatch(state, id) ? 'skipped' : 'rejected') }];
    const released = this.erp.release(state, id);
    const done: Outcome[] = [
      { state: released, says: `the ERP releases batch ${id}`, answer: told('posted') },
      { state: released, says: `the ERP releases batch ${id}; its answer is lost`, answer: told('unknown') },
    ];
    if (erp === 'posted') return done;
    return [
      ...done,
      { state, says: `batch ${id} is not released and nothing answered`, answer: told('unknown') },
      { state: this.later(state, worker), says: `no answer; the ERP may still release batch ${id}`, answer: told('unknown') },
      {
        state: withBatch(state, id, { erp: 'posting' }),
        says: `the ERP is stuck in posting batch ${id}; no answer`,
        answer: told('unknown'),
      },
      { state: withBatch(state, id, { erp: 'failed' }), says: `the ERP refuses batch ${id}`, answer: told('rejected') },
    ];
  }
}
