import type { Input, SequenceEffect, SequenceInput, SequenceStep, Posting, Step } from '@tributary/posting';
import { shippedCore } from './core.js';
import type { Core, Offsets } from './core.js';

/** A planted bug: the shipped core with one thing changed. */
export interface Mutant {
  readonly name: string;
  /** What a reader of the table should know. */
  readonly bug: string;
  readonly core: Core;
}

const { step, stepSequence, stepBatch, posting: policy, glue } = shippedCore;

/** A core whose `step` gets something else to work on. */
function given(change: (posting: Posting, input: Input, now: number) => { posting?: Posting; input?: Input }): Core {
  return {
    ...shippedCore,
    step: (posting, input, now, rules) => {
      const changed = change(posting, input, now);
      return step(changed.posting ?? posting, changed.input ?? input, now, rules);
    },
  };
}

/** A core whose `step` decides something else. */
function deciding(change: (result: Step, posting: Posting, input: Input, now: number) => Step): Core {
  return { ...shippedCore, step: (posting, input, now, rules) => change(step(posting, input, now, rules), posting, input, now) };
}

function sequenceGiven(change: (input: SequenceInput) => SequenceInput): Core {
  return { ...shippedCore, stepSequence: (state, input, now, rules) => stepSequence(state, change(input), now, rules) };
}

function sequenceDeciding(change: (result: SequenceStep, input: SequenceInput, now: number) => SequenceStep): Core {
  return { ...shippedCore, stepSequence: (state, input, now, rules) => change(stepSequence(state, input, now, rules), input, now) };
}

function effectsChanged(change: (effect: SequenceEffect, now: number) => SequenceEffect): Core {
  return sequenceDeciding((result, _input, now) => ({ ...result, effects: result.effects.map((effect) => change(effect, now)) }));
}

const gluedWith = (change: Partial<Core['glue']>): Core => ({ ...shippedCore, glue: { ...glue, ...change } });
const isClaim = (input: Input): boolean => input.kind === 'requested' || input.kind === 'resumed';

/** Commits the newest finished offset, whatever is open before it. */
function boldOffsets(): Offsets {
  const honest = shippedCore.offsets();
  let newest: bigint | undefined;
  return {
    deliver: (offset) => honest.deliver(offset),
    finish: (offset) => {
      honest.finish(offset);
      if (newest === undefined || offset + 1n > newest) newest = offset + 1n;
    },
    get committable() {
      return newest;
    },
  };
}

const protocolMutants: Mutant[] = [
  {
    name: 'no-look-after-unknown',
    bug: 'silence after a call is taken for "not done"',
    core: given((_posting, input) =>
      input.kind === 'answered' && input.answer.kind === 'unknown'
        ? { input: { ...input, answer: { kind: 'unavailable', code: 'erp.unavailable', text: 'timeout' } } }
        : {},
    ),
  },
  {
    name: 'one-look',
    bug: 'one empty look is enough to send again',
    core: { ...shippedCore, posting: { ...policy, lookupsBeforePost: 1 } },
  },
  { name: 'no-settle', bug: 'the two looks follow each other at once', core: { ...shippedCore, posting: { ...policy, settleMs: 1 } } },
  {
    name: 'take-over-forgets-the-call',
    bug: 'who takes over sends without a look',
    core: given((posting, input) => (isClaim(input) ? { posting: { ...posting, sentAt: undefined } } : {})),
  },
  {
    name: 'no-fence-check',
    bug: 'what an earlier holder says is believed',
    core: given((posting, input) =>
      'fence' in input
        ? { input: { ...input, fence: posting.fence }, posting: posting.leaseUntil === 0 ? { ...posting, leaseUntil: 1 } : posting }
        : {},
    ),
  },
  {
    name: 'lease-shorter-than-the-call',
    bug: 'a lease of 10 s for calls of 30 s',
    core: { ...gluedWith({ leaseBeforeCall: false }), posting: { ...policy, leaseMs: 10_000 } },
  },
  {
    name: 'no-lease-check',
    bug: 'a worker that was suspended sends without asking whether it still may',
    core: gluedWith({ leaseBeforeCall: false }),
  },
  {
    name: 'claim-ignores-the-lease',
    bug: 'a posting is taken from a worker that is at it',
    core: given((posting, input) => (isClaim(input) ? { posting: { ...posting, leaseUntil: 0 } } : {})),
  },
  {
    name: 'silence-counts-as-absent',
    bug: 'a look without an answer is taken for "not there"',
    core: given((_posting, input) =>
      input.kind === 'lookup-failed' ? { input: { kind: 'lookup-answered', fence: input.fence, reference: undefined } } : {},
    ),
  },
  {
    name: 'stale-upsert-applied',
    bug: 'an older state of a customer is written over a newer one',
    core: given((posting, input) => (input.kind === 'requested' ? { posting: { ...posting, version: 0n } } : {})),
  },
  {
    name: 'amount-ignored',
    bug: 'a request over another amount under a known posting key passes as a duplicate',
    core: given((_posting, input) =>
      input.kind === 'requested' ? { input: { ...input, request: { ...input.request, amount: undefined } } } : {},
    ),
  },
  {
    name: 'deletion-forgotten',
    bug: 'a deletion that found nothing to delete is forgotten, and the customer is created as if it were still there',
    core: given((posting) => ({ posting: { ...posting, setAside: undefined } })),
  },
  {
    name: 'equal-counted-as-older',
    bug: 'the second change within one second is dropped',
    core: deciding((result, posting, input) => {
      if (input.kind !== 'requested' || input.request.protocol !== 'versioned-upsert' || input.earlier) return result;
      const { request } = input;
      if (request.version !== posting.version || posting.appliedDigest === request.digest || posting.leaseUntil > 0) return result;
      return { posting, effects: [{ kind: 'conclude', requestId: request.requestId, result: 'stale', text: 'equal is older' }] };
    }),
  },
  {
    name: 'upsert-found-is-done',
    bug: 'a customer that is found is taken for changed',
    core: given((posting, input) =>
      input.kind === 'lookup-answered' && posting.request
        ? { posting: { ...posting, request: { ...posting.request, protocol: 'ensure' } } }
        : {},
    ),
  },
  {
    name: 'no-memory-of-what-is-done',
    bug: 'a request that comes again is posted again',
    core: given((posting, input) =>
      input.kind === 'requested' ? { input: { ...input, earlier: undefined }, posting: { ...posting, reference: undefined } } : {},
    ),
  },
  { name: 'check-then-insert', bug: 'the ledger is read in one transaction and written in another', core: gluedWith({ atomic: false }) },
  {
    name: 'dependencies-ignored',
    bug: 'a refund does not wait for its receipt',
    core: given((_posting, input) => (isClaim(input) ? { input: { ...input, missing: [] } as Input } : {})),
  },
  { name: 'stored-postings-forgotten', bug: 'nobody goes on with what waits in the ledger', core: gluedWith({ sweeps: false }) },
  {
    name: 'throttled-goes-back-to-new',
    bug: 'a throttled claim of a waiting request goes back to new, which only its message would bring on',
    core: deciding((result, _posting, input) =>
      input.kind === 'answered' && result.posting.state === 'waiting'
        ? { ...result, posting: { ...result.posting, state: 'new', parked: false, notBefore: 0 } }
        : result,
    ),
  },
  {
    name: 'displaced-without-an-end',
    bug: 'a stored request that another one takes the place of gets no word',
    core: deciding((result, _posting, input) =>
      input.kind === 'requested'
        ? {
            ...result,
            effects: result.effects.filter((effect) => effect.kind !== 'conclude' || effect.requestId === input.request.requestId),
          }
        : result,
    ),
  },
  {
    name: 'no-rechecks',
    bug: 'what was sent twice is never looked at again',
    core: { ...shippedCore, posting: { ...policy, recheckMs: [] } },
  },
  {
    name: 'two-found-is-silence',
    bug: 'a look that finds two documents is taken for one without an answer: it is looked again, and nobody is told',
    core: given((_posting, input) =>
      input.kind === 'lookup-ambiguous' ? { input: { kind: 'lookup-failed', fence: input.fence, text: 'no answer' } } : {},
    ),
  },
  {
    name: 'batch-released-without-a-look',
    bug: 'a release without an answer is sent again at once',
    core: {
      ...shippedCore,
      stepBatch: (batch, input, now, rules) =>
        stepBatch(input.kind === 'ticked' ? { ...batch, sentAt: undefined } : batch, input, now, rules),
    },
  },
  {
    name: 'batch-does-not-wait',
    bug: 'a batch is released while a document may still be entered in it',
    core: gluedWith({ releaseWaitsForUnfinished: false }),
  },
];

const ladderMutants: Mutant[] = [
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
  { name: 'offset-past-unfinished', bug: 'the newest finished offset is committed', core: { ...shippedCore, offsets: boldOffsets } },
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
    core: gluedWith({ copiesAskTheLot: false }),
  },
  {
    name: 'copy-after-the-lane',
    bug: 'a head is stored on a rung, or as dead, before its copy is written',
    core: gluedWith({ copyBeforeStore: false }),
  },
  {
    name: 'poison-climbs',
    bug: 'what is refused as it is is tried again like everything else',
    core: sequenceGiven((input) =>
      input.kind === 'failed' && input.disposition === 'reject' ? { ...input, disposition: 'retry' } : input,
    ),
  },
];

export const mutants: readonly Mutant[] = [...protocolMutants, ...ladderMutants];
