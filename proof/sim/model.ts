import { newPosting, step } from '@tributary/posting';
import type { Effect, Input, Posting, PostingPolicy, PostingRequest } from '@tributary/posting';

/** Time stands at this tick; everything else is told relative to it, so that equal situations are equal states. */
export const now = 1_000;
const callTicks = 2;
const settleTicks = 2;

/** The shipped policy in ticks: a lease outlives a call and its settling, looks are a settle time apart. */
export const modelPolicy: PostingPolicy = {
  leaseMs: callTicks + settleTicks + 2,
  settleMs: settleTicks,
  lookupsBeforePost: 2,
  maxAttempts: 3,
  heldAfterMs: 7,
  resumeDelayMs: 2,
  lookupMs: 1,
  recheckMs: [2, 4],
};

export interface KeyState {
  readonly posting: Posting;
  /** Versions of the documents that the ERP has; one for create-once. */
  readonly documents: readonly number[];
  /** Calls that the ERP still works on: it commits within so many ticks. */
  readonly late: readonly { readonly version: number; readonly within: number; readonly matched: boolean }[];
  /** Per record: to be read, or done; and the word that the ledger has of it. */
  readonly records: readonly { readonly todo: boolean; readonly word: string }[];
}

/** `call`: about to send or to look. `wait`: sent, the answer is on its way or never comes. */
export interface WorkerState {
  readonly key: number;
  readonly record: number;
  readonly fence: number;
  readonly doing: 'idle' | 'lookup' | 'post' | 'wait';
  /** Ticks until a look may be made, or until the caller gives up. */
  readonly ticks: number;
  readonly answer: 'posted' | 'unknown' | 'rejected' | 'none';
  /** Ticks that the lease holds, as the worker knows it. */
  readonly lease: number;
  readonly resumed: boolean;
}

export interface State {
  readonly keys: readonly KeyState[];
  readonly workers: readonly WorkerState[];
  /** Faults that may still happen. */
  readonly faults: number;
}

export interface Setting {
  readonly name: string;
  readonly keys: number;
  readonly records: number;
  readonly workers: number;
  readonly faults: number;
  readonly protocol: 'create-once' | 'versioned-upsert';
  /** Each key needs the one before it. */
  readonly chained: boolean;
}

const idle: WorkerState = { key: 0, record: 0, fence: 0, doing: 'idle', ticks: 0, answer: 'none', lease: 0, resumed: false };

export function initial({ keys, records, workers, faults }: Setting): State {
  const key: KeyState = {
    posting: newPosting,
    documents: [],
    late: [],
    records: Array.from({ length: records }, () => ({ todo: true, word: '' })),
  };
  return { keys: Array.from({ length: keys }, () => key), workers: Array.from({ length: workers }, () => idle), faults };
}

/** Everything that can happen next. `check` is told of what would break an invariant. */
export class Model {
  violation: string | undefined;

  constructor(
    readonly setting: Setting,
    readonly apply: typeof step = step,
  ) {}

  next(state: State): State[] {
    const successors: State[] = [];
    const add = (one: State | undefined): void => void (one && successors.push(one));
    add(this.tick(state));
    for (const [at, worker] of state.workers.entries()) {
      if (worker.doing === 'idle') this.begin(state, at, add);
      else this.goOn(state, at, worker, add);
      if (state.faults === 0 || worker.doing === 'idle') continue;
      add({ ...withWorker(state, at, idle), faults: state.faults - 1 }); // kill -9
      if (worker.doing !== 'post') add(this.abandon({ ...state, faults: state.faults - 1 }, at, worker)); // rebalance, drain
    }
    for (const [key, { late, records }] of state.keys.entries()) {
      for (const index of late.keys()) add(this.commitLate(state, key, index));
      if (state.faults > 0)
        for (const [record, { todo }] of records.entries())
          if (!todo) add({ ...withRecord(state, key, record, { todo: true }), faults: state.faults - 1 }); // redelivery, rewind
    }
    return successors;
  }

  /** A tick passes, unless something has to happen before. Workers may sleep through any number of them: then they are stale. */
  private tick(state: State): State | undefined {
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

  private begin(state: State, at: number, add: (state: State | undefined) => void): void {
    for (const [key, { posting, records }] of state.keys.entries()) {
      const missing = this.missing(state, key);
      // Records of a key come in order, as one partition and one queue per key hand them out.
      const record = records.findIndex(({ todo }) => todo);
      if (record >= 0) {
        const { word } = records[record] as { word: string };
        const request = this.request(key, record);
        const earlier = word === '' ? undefined : { result: word, digest: request.digest };
        add(this.step(state, at, { ...idle, key, record }, { kind: 'requested', request, missing, earlier }));
      }
      if (posting.request)
        add(this.step(state, at, { ...idle, key, record: recordOf(posting), resumed: true }, { kind: 'resumed', missing }));
    }
  }

  private goOn(state: State, at: number, worker: WorkerState, add: (state: State | undefined) => void): void {
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
    if (doing === 'post') this.send(state, at, worker, add);
    if (doing === 'wait' && worker.answer !== 'none') add(this.answer(state, at, worker, worker.answer));
    if (doing === 'wait' && worker.ticks === 0) add(this.answer(state, at, worker, 'unknown'));
  }

  private send(state: State, at: number, worker: WorkerState, add: (state: State | undefined) => void): void {
    const { key, record } = worker;
    if (worker.lease <= callTicks + 1) return add(this.abandon(state, at, worker));
    const { posting } = state.keys[key] as KeyState;
    // I7: whoever sends holds the posting.
    if (posting.fence !== worker.fence || posting.leaseUntil <= now + callTicks)
      this.violation ??= `I7: sent under fence ${worker.fence}, the ledger says ${posting.fence}`;
    const version = this.setting.protocol === 'versioned-upsert' ? record + 1 : 0;
    const sent = (answer: WorkerState['answer']): WorkerState => ({ ...worker, doing: 'wait', ticks: callTicks, answer });
    add(withWorker(this.commit(state, key, version, this.isMatched(state, key)), at, sent('posted')));
    if (state.faults === 0) return;
    const less = { ...state, faults: state.faults - 1 };
    const matched = this.isMatched(state, key);
    add(withWorker(this.commit(less, key, version, matched), at, sent('none'))); // done, and no answer
    add(withWorker(this.commit(less, key, version, matched), at, sent('unknown'))); // done, and an error
    add(withWorker(less, at, sent('none'))); // lost on the way
    add(withWorker(less, at, sent('rejected'))); // period closed
    const within = callTicks + settleTicks - 1;
    const { late } = less.keys[key] as KeyState;
    add(withWorker(withKey(less, key, { late: [...late, { version, within, matched }] }), at, sent('none'))); // done later
  }

  private isMatched(state: State, key: number): boolean {
    return this.setting.protocol === 'versioned-upsert' && (state.keys[key]?.documents.length ?? 0) > 0;
  }

  private answer(state: State, at: number, worker: WorkerState, answer: Exclude<WorkerState['answer'], 'none'>): State | undefined {
    const { fence } = worker;
    if (answer === 'posted')
      return this.step(state, at, worker, { kind: 'answered', fence, answer: { kind: 'posted', reference: { id: '1' } } });
    if (answer === 'rejected')
      return this.step(state, at, worker, { kind: 'answered', fence, answer: { kind: 'rejected', code: 'closed', text: '' } });
    return this.step(this.gaveUp(state, worker), at, worker, { kind: 'answered', fence, answer: { kind: 'unknown', text: '' } });
  }

  /** The caller closed its connection: the target goes on for its settle time at most. */
  private gaveUp(state: State, { key }: WorkerState): State {
    const { late } = state.keys[key] as KeyState;
    if (late.length === 0) return state;
    return withKey(state, key, { late: late.map((one) => ({ ...one, within: Math.min(one.within, settleTicks - 1) })) });
  }

  private abandon(state: State, at: number, worker: WorkerState): State | undefined {
    const { fence } = worker;
    const after = this.step(worker.doing === 'wait' ? this.gaveUp(state, worker) : state, at, worker, { kind: 'abandoned', fence });
    return after && withWorker(after, at, idle);
  }

  private commitLate(state: State, key: number, index: number): State {
    const { late } = state.keys[key] as KeyState;
    const { version, matched } = late[index] as { version: number; matched: boolean };
    return this.commit(withKey(state, key, { late: late.filter((_, other) => other !== index) }), key, version, matched);
  }

  private commit(state: State, key: number, version: number, matched: boolean): State {
    const { documents } = state.keys[key] as KeyState;
    // I4: an older state never overwrites a newer one. I3: never a second document.
    if (matched && version < (documents[0] ?? 0)) this.violation ??= `I4: version ${version} overwrites ${documents[0]}`;
    if (!matched && documents.length > 0) this.violation ??= `I3: key ${key} gets a second document`;
    if (this.missing(state, key).length > 0) this.violation ??= `I4: key ${key} is there before the one it needs`;
    return withKey(state, key, { documents: matched ? [version] : [...documents, version] });
  }

  private step(state: State, at: number, worker: WorkerState, input: Input): State | undefined {
    const { key } = worker;
    const before = state.keys[key] as KeyState;
    const { posting, effects } = this.apply(before.posting, input, now, modelPolicy);
    // I7: what is said under an old fence changes nothing.
    if ('fence' in input && input.fence !== before.posting.fence && posting !== before.posting)
      this.violation ??= 'I7: a word under an old fence was written';
    let after = withKey(state, key, { posting });
    for (const effect of effects) after = this.conclude(after, key, effect);
    const next = effects.at(-1);
    const ended = next?.kind !== 'lookup' && next?.kind !== 'post';
    if (ended && (input.kind === 'requested' || !worker.resumed)) {
      const isOver =
        next?.kind !== 'busy' &&
        next?.kind !== 'fenced' &&
        !(next?.kind === 'fail' && next.disposition !== 'reject') &&
        input.kind !== 'abandoned';
      if (isOver) after = withRecord(after, key, worker.record, { todo: false });
    }
    if (ended) return input.kind === 'requested' || input.kind === 'resumed' ? same(state, after) : withWorker(after, at, idle);
    const ticks = next.kind === 'lookup' ? next.afterMs : 0;
    const record = recordOf(posting);
    return withWorker(after, at, {
      ...worker,
      record,
      fence: posting.fence,
      doing: next.kind,
      ticks,
      answer: 'none',
      lease: posting.leaseUntil - now,
    });
  }

  private conclude(state: State, key: number, effect: Effect): State {
    return effect.kind === 'conclude' ? withRecord(state, key, Number(effect.requestId.split('/')[1]), { word: effect.result }) : state;
  }

  private missing(state: State, key: number): string[] {
    return this.setting.chained && key > 0 && state.keys[key - 1]?.posting.reference === undefined ? [`k${key - 1}`] : [];
  }

  /** create-once: the records are one request that was delivered several times. */
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

function recordOf({ request }: Posting): number {
  return Number(request?.requestId.split('/')[1] ?? 0);
}

function same(before: State, after: State): State | undefined {
  return JSON.stringify(before.keys.map(plain)) === JSON.stringify(after.keys.map(plain)) ? undefined : after;
}

function withKey(state: State, key: number, change: Partial<KeyState>): State {
  return { ...state, keys: state.keys.map((one, index) => (index === key ? { ...one, ...change } : one)) };
}

function withWorker(state: State, at: number, worker: WorkerState): State {
  return { ...state, workers: state.workers.map((one, index) => (index === at ? worker : one)) };
}

function withRecord(state: State, key: number, record: number, change: Partial<KeyState['records'][number]>): State {
  const { records } = state.keys[key] as KeyState;
  return withKey(state, key, { records: records.map((one, index) => (index === record ? { ...one, ...change } : one)) });
}

/** A tick later: what is long past is all the same. */
function aged(posting: Posting): Posting {
  const { leaseUntil, sentAt, notBefore, resentAt, recheckAt } = posting;
  return {
    ...posting,
    leaseUntil: leaseUntil === 0 ? 0 : Math.max(now - 1, leaseUntil - 1),
    sentAt: sentAt === undefined ? undefined : Math.max(now - modelPolicy.heldAfterMs - 1, sentAt - 1),
    notBefore: notBefore <= now ? 0 : notBefore - 1,
    resentAt: resentAt === undefined ? undefined : Math.max(now - modelPolicy.heldAfterMs - 1, resentAt - 1),
    recheckAt: recheckAt === undefined ? undefined : Math.max(now, recheckAt - 1),
  };
}

/** A key without what grows for ever: fences count from the newest. */
export function plain({ posting, documents, late, records }: KeyState): unknown[] {
  const {
    state,
    leaseUntil,
    attempts,
    lookups,
    sentAt,
    storedInLedger,
    notBefore,
    request,
    version,
    appliedDigest,
    reference,
    waitingOn,
    resentAt,
  } = posting;
  return [
    [
      state,
      leaseUntil,
      attempts,
      lookups,
      sentAt ?? 0,
      storedInLedger,
      notBefore,
      request?.requestId ?? '',
      Number(version),
      appliedDigest ?? '',
    ],
    [reference !== undefined, waitingOn.length, resentAt ?? 0, posting.recheckAt ?? 0, posting.rechecks, posting.hasDuplicate],
    documents,
    late.map((one) => [one.version, one.within, one.matched]),
    records.map(({ todo, word }) => [todo, word]),
  ];
}

/** The name of a state: workers are alike, and so are keys that don't need each other. */
export function nameOf({ keys, workers, faults }: State, chained: boolean): string {
  const fenceOf = (worker: WorkerState): number => Math.min(9, (keys[worker.key]?.posting.fence ?? 0) - worker.fence);
  const workerName = (worker: WorkerState): string =>
    worker.doing === 'idle'
      ? 'idle'
      : [worker.key, worker.record, fenceOf(worker), worker.doing, worker.ticks, worker.answer, worker.lease, worker.resumed].join();
  if (chained || keys.length === 1) return JSON.stringify([faults, workers.map(workerName).sort(), keys.map(plain)]);
  const withWorkers = keys.map((key, index) =>
    JSON.stringify([
      plain(key),
      workers
        .filter(({ doing, key: of }) => doing !== 'idle' && of === index)
        .map((worker) => workerName({ ...worker, key: 0, fence: worker.fence + (keys[0]?.posting.fence ?? 0) - key.posting.fence }))
        .sort(),
    ]),
  );
  return `${faults}${withWorkers.sort().join('|')}`;
}
