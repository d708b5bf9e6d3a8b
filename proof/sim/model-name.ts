import type { Posting } from '@tributary/posting';
import { modelPolicy, now } from './model-state.js';
import type { KeyState, State, WorkerState } from './model-state.js';

/** The posting one tick later. Times far in the past become one value: the protocol treats them alike. */
export function aged(posting: Posting): Posting {
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

/** What distinguishes two states of a key. Fence tokens grow without end and are left out. */
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
    records.map(({ todo, outcome }) => [todo, outcome]),
  ];
}

/** Name of a state, the same for states that differ only in the order of workers or of independent keys. */
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
