import type { Effect, Input } from '@tributary/posting';
import { now } from './core.js';
import type { Written } from './ledger.js';
import { documentAt, idleWorker, withDocument, withWorkerAt } from './state.js';
import type { BatchState, ChainState, WorkerState } from './state.js';

/** The worker goes on with the call that a step of a posting asks for, or is idle. */
export function afterStep(
  state: ChainState,
  at: number,
  worker: WorkerState,
  { state: after, effects }: Written,
  input: Input,
): ChainState {
  const call = callOf(effects);
  const { posting } = documentAt(after, worker.document);
  if (call)
    return withWorkerAt(after, at, {
      ...worker,
      ...{ doing: 'ready', call: call.kind, fence: posting.fence, answer: undefined },
      missing: call.kind === 'post' ? call.missing : undefined,
      ticks: call.kind === 'lookup' ? call.afterMs : 0,
      lease: posting.leaseUntil - now,
    });
  const last = effects.at(-1) as { kind: string; disposition?: string } | undefined;
  const isOpen = last?.kind === 'busy' || last?.kind === 'fenced' || (last?.kind === 'fail' && last.disposition !== 'reject');
  const isDone = !isOpen && (input.kind === 'requested' || !worker.resumed);
  const done = isDone ? withDocument(after, worker.document, { todo: false }) : after;
  return withWorkerAt(done, at, idleWorker);
}

/** The same for a step of a batch. */
export function afterBatch(at: number, { id }: BatchState, { state, effects }: Written): ChainState {
  const call = effects.find(({ kind }) => kind === 'lookup' || kind === 'release')?.kind;
  if (call === undefined) return withWorkerAt(state, at, idleWorker);
  const { fence = 0, leaseUntil = 0 } = state.batches.find((one) => one.id === id)?.batch ?? {};
  return withWorkerAt(state, at, {
    ...idleWorker,
    ...{ doing: 'ready', call: call === 'lookup' ? 'batch-lookup' : 'release', batch: id, fence, lease: leaseUntil - now },
  });
}

/** The call that effects of a posting end with. */
function callOf(effects: Written['effects']): Extract<Effect, { kind: 'lookup' | 'post' | 'discard' }> | undefined {
  const last = (effects as readonly Effect[]).at(-1);
  return last?.kind === 'lookup' || last?.kind === 'post' || last?.kind === 'discard' ? last : undefined;
}
