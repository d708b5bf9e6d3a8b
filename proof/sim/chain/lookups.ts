import type { BatchInput, Input } from '@tributary/posting';
import type { ChainDuties } from './core.js';
import { documentAt } from './state.js';
import type { ChainState, Kind, WorkerState } from './state.js';

/** One way in which a call may go. */
export interface Outcome {
  readonly state: ChainState;
  /** In words, for the trace of a counterexample. */
  readonly says: string;
  /** What the worker is told. */
  readonly answer: Input | BatchInput;
}

/** Looks a document up, and which of its lines are not there. */
export function lookup(
  state: ChainState,
  { document, fence }: WorkerState,
  { name, lines }: Kind,
  { comparesLines }: ChainDuties,
): Outcome[] {
  const { rows } = documentAt(state, document);
  const failed: Outcome = { state, says: `looking for ${name}: no answer`, answer: { kind: 'lookup-failed', fence, text: 'silent' } };
  if (rows.length > 1)
    return [{ state, says: `${name} is found twice`, answer: { kind: 'lookup-ambiguous', fence, code: 'twice', text: 'twice' } }, failed];
  const [row] = rows;
  if (!row) return [{ state, says: `${name} is not found`, answer: { kind: 'lookup-answered', fence, reference: undefined } }, failed];
  const missing = comparesLines ? lines.filter((line) => !row.lines.includes(line)) : [];
  const says = `${name} is found${missing.length > 0 ? ` without ${missing.join(', ')}` : ''}`;
  return [{ state, says, answer: { kind: 'lookup-answered', fence, reference: { Number: '1' }, missing } }, failed];
}

/** Looks at the state of a batch. One that was never opened and has no document needs no release. */
export function batchLookup(state: ChainState, { batch: id, fence }: WorkerState): Outcome[] {
  const erp = state.batches.find((one) => one.id === id)?.erp ?? 'absent';
  const answer: BatchInput =
    erp === 'absent' && isEmptyBatch(state, id)
      ? { kind: 'answered', fence, answer: 'skipped', text: '' }
      : { kind: 'lookup-answered', fence, state: erp, text: '' };
  const failed: Outcome = { state, says: `looking at batch ${id}: no answer`, answer: { kind: 'lookup-failed', fence, text: 'silent' } };
  return [{ state, says: `batch ${id} is ${erp}`, answer }, failed];
}

/** Whether no document of the batch waits for its release. */
export function isEmptyBatch({ documents }: ChainState, id: string): boolean {
  return !documents.some(({ batch, posting, released }) => batch === id && posting.state === 'posted' && !released);
}
