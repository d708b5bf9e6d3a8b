import { step } from '@tributary/posting';
import type { Effect, Input, PostingRequest } from '@tributary/posting';
import { ModelErp } from './model-erp.js';
import { aged, plain } from './model-name.js';
import { callTicks, idle, modelPolicy, now, recordOf, withKey, withRecord, withWorker } from './model-state.js';
import type { KeyState, Setting, State, WorkerState } from './model-state.js';

type Successor = State | undefined;

/** The protocol as a transition system: workers, ticks and faults, in every order. Remembers the first violated invariant. */
export class Model {
  private readonly erp: ModelErp;

  constructor(
    readonly setting: Setting,
    readonly apply: typeof step = step,
  ) {
    this.erp = new ModelErp(setting);
  }

  get violation(): string | undefined {
    return this.erp.violation;
  }

  /** Every state that can follow. */
  next(state: State): State[] {
    const successors: State[] = [];
    const add = (one: Successor): void => void (one && successors.push(one));
    add(this.tick(state));
    for (const [at, worker] of state.workers.entries()) {
      if (worker.doing === 'idle') this.begin(state, at, add);
      else this.proceed(state, at, worker, add);
      if (state.faults === 0 || worker.doing === 'idle') continue;
      add({ ...withWorker(state, at, idle), faults: state.faults - 1 }); // kill -9
      if (worker.doing !== 'post') add(this.abandon({ ...state, faults: state.faults - 1 }, at, worker)); // rebalance, drain
    }
    for (const [key, { late, records }] of state.keys.entries()) {
      for (const index of late.keys()) add(this.erp.commitLate(state, key, index));
      if (state.faults > 0)
        for (const [record, { todo }] of records.entries())
          if (!todo) add({ ...withRecord(state, key, record, { todo: true }), faults: state.faults - 1 }); // redelivery, rewind
    }
    return successors;
  }

  /** One tick passes, unless a late call has to commit first. Workers may sleep through any number of ticks and are stale then. */
  private tick(state: State): Successor {
    if (state.keys.some(({ late }) => late.some(({ within }) => within === 0))) return undefined;
    return {
      ...state,
      keys: state.keys.map((key) => ({
        ...key,
        posting: aged(key.posting),
        late: key.late.map((one) => ({ ...one, within: one.within - 1 })),
      })),
      workers: state.workers.map((worker) =>
        worker.doing === 'idle' ? worker : { ...worker, ticks: Math.max(0, worker.ticks - 1), lease: Math.max(0, worker.lease - 1) },
      ),
    };
  }

  private begin(state: State, at: number, add: (state: Successor) => void): void {
    for (const [key, { posting, records }] of state.keys.entries()) {
      const missing = this.erp.missing(state, key);
      // The records of a key are delivered in order: one partition, and one queue per key.
      const record = records.findIndex(({ todo }) => todo);
      if (record >= 0) {
        const { outcome } = records[record] as { outcome: string };
        const request = this.request(key, record);
        const earlier = outcome === '' ? undefined : { result: outcome, digest: request.digest };
        add(this.step(state, at, { ...idle, key, record }, { kind: 'requested', request, missing, earlier }));
      }
      if (posting.request)
        add(this.step(state, at, { ...idle, key, record: recordOf(posting), resumed: true }, { kind: 'resumed', missing }));
    }
  }

  private proceed(state: State, at: number, worker: WorkerState, add: (state: Successor) => void): void {
    const { key, doing, fence } = worker;
    const target = state.keys[key] as KeyState;
    if (doing === 'lookup' && worker.ticks === 0) {
      const { documents } = target;
      const input: Input =
        documents.length > 1
          ? { kind: 'lookup-ambiguous', fence, code: 'twice', text: '' }
          : { kind: 'lookup-answered', fence, reference: documents.length === 1 ? { id: '1' } : undefined };
      add(this.step(state, at, worker, input));
      if (state.faults > 0) add(this.step({ ...state, faults: state.faults - 1 }, at, worker, { kind: 'lookup-failed', fence, text: '' }));
    }
    if (doing === 'post') {
      if (worker.lease <= callTicks + 1) add(this.abandon(state, at, worker));
      else for (const sent of this.erp.send(state, at, worker)) add(sent);
    }
    if (doing === 'wait' && worker.answer !== 'none') add(this.answer(state, at, worker, worker.answer));
    if (doing === 'wait' && worker.ticks === 0) add(this.answer(state, at, worker, 'unknown'));
  }

  private answer(state: State, at: number, worker: WorkerState, answer: Exclude<WorkerState['answer'], 'none'>): Successor {
    const { fence } = worker;
    if (answer === 'posted')
      return this.step(state, at, worker, { kind: 'answered', fence, answer: { kind: 'posted', reference: { id: '1' } } });
    if (answer === 'rejected')
      return this.step(state, at, worker, { kind: 'answered', fence, answer: { kind: 'rejected', code: 'closed', text: '' } });
    return this.step(this.erp.gaveUp(state, worker), at, worker, { kind: 'answered', fence, answer: { kind: 'unknown', text: '' } });
  }

  private abandon(state: State, at: number, worker: WorkerState): Successor {
    const { fence } = worker;
    const after = this.step(worker.doing === 'wait' ? this.erp.gaveUp(state, worker) : state, at, worker, { kind: 'abandoned', fence });
    return after && withWorker(after, at, idle);
  }

  private step(state: State, at: number, worker: WorkerState, input: Input): Successor {
    const { key } = worker;
    const before = state.keys[key] as KeyState;
    const { posting, effects } = this.apply(before.posting, input, now, modelPolicy);
    // I7: an input with an old fence token changes nothing.
    if ('fence' in input && input.fence !== before.posting.fence && posting !== before.posting)
      this.erp.report('I7: an input under an old fence token was written');
    let after = withKey(state, key, { posting });
    for (const effect of effects) after = conclude(after, key, effect);
    const next = effects.at(-1);
    if (next?.kind !== 'lookup' && next?.kind !== 'post') {
      if (isFinished(input, worker, next)) after = withRecord(after, key, worker.record, { todo: false });
      return input.kind === 'requested' || input.kind === 'resumed' ? ifChanged(state, after) : withWorker(after, at, idle);
    }
    return withWorker(after, at, {
      ...worker,
      record: recordOf(posting),
      fence: posting.fence,
      doing: next.kind,
      ticks: next.kind === 'lookup' ? next.afterMs : 0,
      answer: 'none',
      lease: posting.leaseUntil - now,
    });
  }

  /** create-once: all records are deliveries of one request. */
  private request(key: number, record: number): PostingRequest {
    const upsert = this.setting.protocol === 'versioned-upsert';
    return {
      requestId: `${key}/${upsert ? record : 0}`,
      protocol: this.setting.protocol,
      version: upsert ? BigInt(record + 1) : 0n,
      digest: upsert ? `d${record}` : 'd',
    };
  }
}

/** Whether a step without a further call also finishes the record that the worker read. */
function isFinished(input: Input, worker: WorkerState, last: Effect | undefined): boolean {
  if (input.kind !== 'requested' && worker.resumed) return false;
  if (last?.kind === 'busy' || last?.kind === 'fenced' || input.kind === 'abandoned') return false;
  return !(last?.kind === 'fail' && last.disposition !== 'reject');
}

function conclude(state: State, key: number, effect: Effect): State {
  return effect.kind === 'conclude' ? withRecord(state, key, Number(effect.requestId.split('/')[1]), { outcome: effect.result }) : state;
}

/** Claims that change nothing lead to no new state. */
function ifChanged(before: State, after: State): Successor {
  return JSON.stringify(before.keys.map(plain)) === JSON.stringify(after.keys.map(plain)) ? undefined : after;
}
