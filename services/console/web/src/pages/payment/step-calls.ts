import type { Step } from '../../recon/shapes.js';
import { placeOf } from './jump.js';

/** Steps about a posting that are no outcome: what it was asked for by, and what people decided about it. */
const noOutcomes: readonly string[] = ['requested', 'decision'];

/** The calls of a posting at one step. */
export interface CallsOfStep {
  readonly postingKey: string;
  readonly target: string | null;
  /** Id of what opens. */
  readonly place: string;
}

/** The steps that say what a ledger made of a posting, with where its calls open: one posting may have several outcomes. */
export function callsOf(steps: readonly Step[]): ReadonlyMap<Step, CallsOfStep> {
  const times = new Map<string, number>();
  const found = new Map<Step, CallsOfStep>();
  for (const step of steps) {
    const postingKey = step.ids.find(({ name }) => name === 'posting key')?.value;
    if (postingKey === undefined || noOutcomes.includes(step.stage)) continue;
    const count = (times.get(postingKey) ?? 0) + 1;
    times.set(postingKey, count);
    const place = placeOf('step-calls', `${postingKey}${count === 1 ? '' : `-${count}`}`);
    found.set(step, { postingKey, target: postingKey.split('/')[0] ?? null, place });
  }
  return found;
}
