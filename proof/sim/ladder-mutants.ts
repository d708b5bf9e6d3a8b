import { shippedCore } from './core.js';
import { effectsChanged, gluedWith, prematureOffsets, sequenceDeciding, sequenceGiven } from './mutant.js';
import type { Mutant } from './mutant.js';

const { stepSequence } = shippedCore;

/** Planted bugs of the retry ladder, the parking lot and offsets. */
export const ladderMutants: readonly Mutant[] = [
  {
    name: 'parked-forgotten-after-restart',
    bug: 'who takes a partition does not ask what is stuck in it',
    core: gluedWith({ lotIsRead: false }),
  },
  {
    name: 'parked-in-memory-only',
    bug: 'a parked message is not stored before its offset moves',
    core: gluedWith({ parkIsStored: false }),
  },
  {
    name: 'newest-released-first',
    bug: 'parked messages are let go newest first',
    core: {
      ...shippedCore,
      stepSequence: (state, input, now, rules) =>
        stepSequence(input.kind === 'release' ? { ...state, parked: [...state.parked].reverse() } : state, input, now, rules),
    },
  },
  {
    name: 'nothing-waits-behind-a-head',
    bug: 'later messages pass a stuck head of their own sequence',
    core: {
      ...shippedCore,
      stepSequence: (state, input, now, rules) =>
        input.kind === 'arrived' && state.head?.offset !== input.offset && !state.parked.includes(input.offset)
          ? { state, effects: [{ kind: 'work', offset: input.offset, from: 'read', attempt: 1 }] }
          : stepSequence(state, input, now, rules),
    },
  },
  {
    name: 'head-is-never-freed',
    bug: 'what waits behind a head that is done goes on waiting',
    core: sequenceDeciding((result, input) =>
      input.kind === 'succeeded' ? { ...result, effects: result.effects.filter(({ kind }) => kind !== 'release') } : result,
    ),
  },
  { name: 'offset-at-take', bug: 'the offset moves when a message is taken', core: gluedWith({ finishAfterWork: false }) },
  { name: 'offset-past-unfinished', bug: 'the newest finished offset is committed', core: { ...shippedCore, offsets: prematureOffsets } },
  {
    name: 'offset-before-publishing',
    bug: 'the offset moves before the outcome is published',
    core: gluedWith({ publishBeforeOffset: false }),
  },
  {
    name: 'dead-letter-without-its-offset',
    bug: 'a dead letter does not say which message it stands for',
    core: effectsChanged((effect) => (effect.kind === 'dead-letter' ? { ...effect, offset: -1n } : effect)),
  },
  {
    name: 'attempts-not-counted',
    bug: 'every failure is the first one',
    core: sequenceGiven((input) => (input.kind === 'failed' ? { ...input, attempts: 1 } : input)),
  },
  {
    name: 'due-in-the-past',
    bug: 'the next attempt is due before now',
    core: effectsChanged((effect, now) => (effect.kind === 'retry-later' ? { ...effect, dueAt: now - 1_000 } : effect)),
  },
  { name: 'rungs-do-not-wait', bug: 'a delay topic is read before its records are due', core: gluedWith({ waitsUntilDue: false }) },
  { name: 'lot-without-fence', bug: 'a member that lost the partition stores what it believes', core: gluedWith({ lotIsFenced: false }) },
  {
    name: 'copy-dropped-by-memory',
    bug: 'a copy is called an old one without asking whether the partition is still ours',
    core: gluedWith({ obsoleteIsChecked: false }),
  },
  {
    name: 'copy-after-the-lane',
    bug: 'a head is stored on a rung, or as dead, before its copy is written',
    core: gluedWith({ recordBeforeStore: false }),
  },
  {
    name: 'poison-climbs',
    bug: 'what is refused as it is is tried again like everything else',
    core: sequenceGiven((input) =>
      input.kind === 'failed' && input.disposition === 'reject' ? { ...input, disposition: 'retry' } : input,
    ),
  },
];
