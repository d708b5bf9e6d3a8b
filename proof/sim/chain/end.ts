import { documentAt } from './state.js';
import type { ChainSetting, ChainState } from './state.js';

/** Whether a state is one in which work may end: every document is in the books, was refused, is held for a person, or waits for such a one. */
export function isGoodEnd(setting: ChainSetting, state: ChainState): boolean {
  const { workers, late, faults, documents } = state;
  if (late.length > 0 || workers.some(({ doing }) => doing !== 'idle')) return false;
  const isUntouched = faults === setting.faults && setting.documents.every(({ refused }) => refused === undefined);
  return documents.every((_, at) => isInBooks(state, at) || (!isUntouched && hasEnded(setting, state, at)));
}

function isInBooks(state: ChainState, at: number): boolean {
  const { posting, released, rows } = documentAt(state, at);
  return posting.state === 'posted' && released && rows.length === 1 && rows[0]?.released === true;
}

function hasEnded(setting: ChainSetting, state: ChainState, at: number): boolean {
  const { posting, todo, batch, rows } = documentAt(state, at);
  if (todo) return false;
  const { settles = [], refersTo = [] } = setting.documents[at] ?? {};
  switch (posting.state) {
    case 'rejected':
      return rows.length === 0;
    case 'held':
      return true;
    case 'posted':
      // A person has to see to its batch: the ERP refused it, or it holds half of another document.
      return state.batches.some(({ id, batch: one }) => id === batch && one.state !== 'open' && one.state !== 'released');
    case 'waiting':
      return [...settles, ...refersTo].some((needed) => !isInBooks(state, needed) && hasEnded(setting, state, needed));
    default:
      return false;
  }
}
