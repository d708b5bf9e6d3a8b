import { callTicks, now, settleTicks, withKey, withWorker } from './model-state.js';
import type { KeyState, Setting, State, WorkerState } from './model-state.js';

/** The ERP's side of the model: every way in which a call can end, and the invariants that its documents have to keep. */
export class ModelErp {
  /** The first invariant that was violated. */
  violation: string | undefined;

  constructor(private readonly setting: Setting) {}

  report(violation: string): void {
    this.violation ??= violation;
  }

  /** Every way in which a call can go. */
  send(state: State, at: number, worker: WorkerState): State[] {
    const { key, record } = worker;
    const { posting } = state.keys[key] as KeyState;
    // I7: only the holder of the posting sends.
    if (posting.fence !== worker.fence || posting.leaseUntil <= now + callTicks)
      this.report(`I7: sent under fence ${worker.fence}, the ledger says ${posting.fence}`);
    const version = this.setting.protocol === 'versioned-upsert' ? record + 1 : 0;
    const sent = (answer: WorkerState['answer']): WorkerState => ({ ...worker, doing: 'wait', ticks: callTicks, answer });
    const matched = this.isMatched(state, key);
    const committed = withWorker(this.commit(state, key, version, matched), at, sent('posted'));
    if (state.faults === 0) return [committed];
    const less = { ...state, faults: state.faults - 1 };
    const within = callTicks + settleTicks - 1;
    const { late } = less.keys[key] as KeyState;
    return [
      committed,
      withWorker(this.commit(less, key, version, matched), at, sent('none')), // committed, no answer
      withWorker(this.commit(less, key, version, matched), at, sent('unknown')), // committed, answered with an error
      withWorker(less, at, sent('none')), // lost on the way
      withWorker(less, at, sent('rejected')), // period closed
      withWorker(withKey(less, key, { late: [...late, { version, within, matched }] }), at, sent('none')), // commits late
    ];
  }

  /** The caller closed its connection: the ERP may commit for its settle time at most. */
  gaveUp(state: State, { key }: WorkerState): State {
    const { late } = state.keys[key] as KeyState;
    if (late.length === 0) return state;
    return withKey(state, key, { late: late.map((one) => ({ ...one, within: Math.min(one.within, settleTicks - 1) })) });
  }

  commitLate(state: State, key: number, index: number): State {
    const { late } = state.keys[key] as KeyState;
    const { version, matched } = late[index] as { version: number; matched: boolean };
    return this.commit(withKey(state, key, { late: late.filter((_, other) => other !== index) }), key, version, matched);
  }

  /** Keys without a document that this key depends on. */
  missing(state: State, key: number): string[] {
    return this.setting.chained && key > 0 && state.keys[key - 1]?.posting.reference === undefined ? [`k${key - 1}`] : [];
  }

  private isMatched(state: State, key: number): boolean {
    return this.setting.protocol === 'versioned-upsert' && (state.keys[key]?.documents.length ?? 0) > 0;
  }

  private commit(state: State, key: number, version: number, matched: boolean): State {
    const { documents } = state.keys[key] as KeyState;
    // I4: an older state never overwrites a newer one. I3: never a second document.
    if (matched && version < (documents[0] ?? 0)) this.report(`I4: version ${version} overwrites ${documents[0]}`);
    if (!matched && documents.length > 0) this.report(`I3: key ${key} gets a second document`);
    if (this.missing(state, key).length > 0) this.report(`I4: key ${key} exists before the one it depends on`);
    return withKey(state, key, { documents: matched ? [version] : [...documents, version] });
  }
}
