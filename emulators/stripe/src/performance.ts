import { dayScript } from './day-script.js';
import type { ExpectedPayment } from './day-options.js';
import { inOrder } from './script.js';
import type { Step } from './script.js';
import { scenarioNamed } from './scenarios/index.js';
import type { Memory } from './stage.js';
import type { Store } from './store.js';

/** The name of the scripted day among the scripts. */
export const dayName = 'day';

/** One script that is played, was played or is to be played: kept, so that it goes on after a restart. */
export interface Performance extends Memory {
  readonly script: string;
  readonly seed: number;
  /** Of the day only. */
  readonly payments: number;
  readonly pauseMs: number;
  /** It belongs to the day: asked for together with it. */
  readonly ofDay: boolean;
  /** When the script's time begins, ms since the epoch. */
  readonly startsAt: number;
  /** Steps that are done. */
  readonly step: number;
  readonly problem?: string;
}

const scripts = new Map<string, readonly Step[]>();

/** The steps of a performance; the same ones for the same script and seed. */
export function stepsOf({ script, seed, payments }: Performance): readonly Step[] {
  const key = `${script} ${seed} ${payments}`;
  const steps = scripts.get(key) ?? (script === dayName ? dayScript({ seed, payments }) : inOrder(scenarioNamed(script).steps(seed)));
  scripts.set(key, steps);
  return steps;
}

const noteOf = (index: number): string => `play ${index}`;

/** Stores how far a performance is. */
export function keep(store: Store, index: number, performance: Performance): void {
  store.note(noteOf(index), performance);
}

/** All performances that are kept, in their order. */
export function kept(store: Store): Performance[] {
  const found: Performance[] = [];
  for (let index = 0; ; index += 1) {
    const performance = store.noted(noteOf(index)) as Performance | undefined;
    if (!performance) break;
    found.push(performance);
  }
  return found.length === 0 ? keptByOlder(store) : found;
}

/** The day as emulators before the scenarios kept it: it must not be played a second time on the same data. */
function keptByOlder(store: Store): Performance[] {
  const day = store.noted(dayName) as
    | {
        options: { seed: number; payments: number; pauseMs: number };
        step: number;
        customers: string[];
        charges: string[];
        paid: ExpectedPayment[];
        problem?: string;
      }
    | undefined;
  if (!day) return [];
  const labelled = (word: string, ids: readonly string[]): [string, string][] => ids.map((id, index) => [`${word} ${index}`, id]);
  return [
    {
      script: dayName,
      ...day.options,
      ofDay: true,
      startsAt: 0,
      step: day.step,
      ids: Object.fromEntries([...labelled('customer', day.customers), ...labelled('charge', day.charges)]),
      paid: day.paid,
      ...(day.problem === undefined ? {} : { problem: day.problem }),
    },
  ];
}
