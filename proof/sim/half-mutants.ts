import { gluedWith, stepDeciding, stepGiven } from './mutant.js';
import type { Mutant } from './mutant.js';

/** Planted bugs of half documents: how they are found, finished and deleted. */
export const halfMutants: readonly Mutant[] = [
  {
    name: 'half-document-adopted-as-whole',
    bug: 'a document that is found without some of its lines is taken for whole',
    core: stepGiven((_posting, input) => (input.kind === 'lookup-answered' ? { input: { ...input, missing: [] } } : {})),
  },
  {
    name: 'partial-taken-for-posted',
    bug: 'an answer that lines are missing is taken for success',
    core: stepGiven((_posting, input) =>
      input.kind === 'answered' && input.answer.kind === 'partial'
        ? { input: { ...input, answer: { kind: 'posted', reference: input.answer.reference } } }
        : {},
    ),
  },
  {
    name: 'finish-writes-the-whole-document-again',
    bug: 'a half document is finished by a second one',
    core: stepDeciding((result) => ({
      ...result,
      effects: result.effects.map((effect) => (effect.kind === 'post' ? { kind: 'post' } : effect)),
    })),
  },
  {
    name: 'finish-sends-every-line',
    bug: 'the lines that are there are added once more',
    core: gluedWith({ finishesByHandle: false }),
  },
  {
    name: 'finish-without-looking-twice',
    bug: 'what one look does not find is sent, though it may still come',
    core: stepGiven((posting, input) =>
      input.kind === 'lookup-answered' && input.missing?.length ? { posting: { ...posting, lookups: posting.lookups + 1 } } : {},
    ),
  },
  {
    name: 'lines-of-another-content-added',
    bug: 'the lines of a later mapping are added to the header of an earlier one',
    core: stepGiven((posting) =>
      posting.half && posting.request ? { posting: { ...posting, half: { ...posting.half, digest: posting.request.digest } } } : {},
    ),
  },
  {
    name: 'silent-discard-taken-for-done',
    bug: 'a deletion without an answer is taken for done',
    core: stepGiven((_posting, input) =>
      input.kind === 'discard-answered' && input.answer.kind === 'unknown'
        ? { input: { ...input, answer: { kind: 'posted', reference: {} } } }
        : {},
    ),
  },
  {
    name: 'released-document-discarded',
    bug: 'a document in the books is deleted when its request comes again',
    core: stepDeciding((result, posting, input) =>
      input.kind === 'requested' && posting.state === 'posted' && posting.reference && posting.leaseUntil === 0
        ? {
            posting: {
              ...posting,
              state: 'claimed',
              fence: posting.fence + 1,
              sentAt: 1,
              leaseUntil: Number.MAX_SAFE_INTEGER,
              discarding: { code: 'erp.line', text: '' },
            },
            effects: [{ kind: 'discard', reference: posting.reference }],
          }
        : result,
    ),
  },
  {
    name: 'half-document-released',
    bug: 'a batch is released with half a document in it',
    core: gluedWith({ releaseWaitsForHalf: false }),
  },
  { name: 'written-and-not-read-back', bug: 'success is believed although a line was dropped', core: gluedWith({ readsBack: false }) },
];
