import type { Input, Posting, SequenceEffect, SequenceInput, SequenceStep, Step } from '@tributary/posting';
import { shippedCore } from './core.js';
import type { Core, Offsets } from './core.js';

/** A planted bug: the shipped core with one thing changed. */
export interface Mutant {
  readonly name: string;
  /** The bug in words, for the table in docs/proof.md. */
  readonly bug: string;
  readonly core: Core;
}

const { step, stepSequence, glue } = shippedCore;

/** A core whose `step` gets another posting or input. */
export function stepGiven(change: (posting: Posting, input: Input, now: number) => { posting?: Posting; input?: Input }): Core {
  return {
    ...shippedCore,
    step: (posting, input, now, rules) => {
      const changed = change(posting, input, now);
      return step(changed.posting ?? posting, changed.input ?? input, now, rules);
    },
  };
}

/** A core whose `step` decides something else. */
export function stepDeciding(change: (result: Step, posting: Posting, input: Input, now: number) => Step): Core {
  return { ...shippedCore, step: (posting, input, now, rules) => change(step(posting, input, now, rules), posting, input, now) };
}

/** A core whose `stepSequence` gets another input. */
export function sequenceGiven(change: (input: SequenceInput) => SequenceInput): Core {
  return { ...shippedCore, stepSequence: (state, input, now, rules) => stepSequence(state, change(input), now, rules) };
}

/** A core whose `stepSequence` decides something else. */
export function sequenceDeciding(change: (result: SequenceStep, input: SequenceInput, now: number) => SequenceStep): Core {
  return { ...shippedCore, stepSequence: (state, input, now, rules) => change(stepSequence(state, input, now, rules), input, now) };
}

/** A core whose `stepSequence` changes each of its effects. */
export function effectsChanged(change: (effect: SequenceEffect, now: number) => SequenceEffect): Core {
  return sequenceDeciding((result, _input, now) => ({ ...result, effects: result.effects.map((effect) => change(effect, now)) }));
}

/** A core whose simulated services leave out one of their duties. */
export const gluedWith = (change: Partial<Core['glue']>): Core => ({ ...shippedCore, glue: { ...glue, ...change } });

/** Commits the newest finished offset, even when older ones are unfinished. */
export function prematureOffsets(): Offsets {
  const tracker = shippedCore.offsets();
  let newest: bigint | undefined;
  return {
    deliver: (offset) => tracker.deliver(offset),
    finish: (offset) => {
      tracker.finish(offset);
      if (newest === undefined || offset + 1n > newest) newest = offset + 1n;
    },
    get committable() {
      return newest;
    },
  };
}
