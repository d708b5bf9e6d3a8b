import type { LedgerEffectState } from '@tributary/contracts';
import { nextCheckMs } from './compare.js';

const dailyMs = 24 * 3_600_000;

/** Delay until the entries of a document are read again, ms: as for amounts; once a day where the target does not tell them. */
export function nextEffectCheckMs(state: LedgerEffectState, checks: number): number {
  return state === 'notCompared' ? dailyMs : nextCheckMs(state, checks);
}
