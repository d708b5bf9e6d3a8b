import type { Labels } from '../../components/chip.js';
import type { Unit } from '../../components/figure.js';

/** States of a target. */
export const targetLabels: Labels = {
  working: 'Working',
  paused: 'Paused',
  'sign-in-refused': 'Login refused',
  away: 'Does not answer',
  waiting: 'Waits',
};
/** What each state means for whoever looks, in one sentence. */
export const targetMeanings: Labels = {
  working: 'Documents are sent as they come.',
  paused: 'Nothing new is begun until somebody resumes it; what is asked for waits.',
  'sign-in-refused': 'The target refuses the login: nothing is written until somebody corrects it. Nothing is lost.',
  away: 'The target does not answer. It is asked again by itself; what is asked for waits, and nothing is lost.',
  waiting: 'Something of this installation that postings need is not there. Work goes on by itself.',
};
/** States of a batch. */
export const batchLabels: Labels = {
  open: 'Collects documents',
  closing: 'Is being released',
  releasing: 'Is being released',
  failed: 'Release failed',
};
/** Levels of findings. */
export const findingLabels: Labels = { missing: 'Missing', warning: 'Look at it', unknown: 'Cannot be known', ok: 'As it should be' };
/** Findings that need somebody first. */
export const findingOrder: readonly string[] = ['missing', 'warning', 'unknown', 'ok'];
/** What figures of a target count. */
export const targetUnits = {
  open: { one: 'posting is open', many: 'postings are open' },
  unknown: { one: 'outcome is not known', many: 'outcomes are not known' },
  held: { one: 'is held for a person', many: 'are held for a person' },
} as const satisfies Readonly<Record<string, Unit>>;
