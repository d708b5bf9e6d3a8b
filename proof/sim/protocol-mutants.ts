import type { Input } from '@tributary/posting';
import { shippedCore } from './core.js';
import { gluedWith, stepDeciding, stepGiven } from './mutant.js';
import type { Mutant } from './mutant.js';

const { stepBatch, posting: policy } = shippedCore;
const isClaim = (input: Input): boolean => input.kind === 'requested' || input.kind === 'resumed';

/** Planted bugs of the posting protocol and of batches. */
export const protocolMutants: readonly Mutant[] = [
  {
    name: 'no-look-after-unknown',
    bug: 'silence after a call is taken for "not done"',
    core: stepGiven((_posting, input) =>
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
    core: stepGiven((posting, input) => (isClaim(input) ? { posting: { ...posting, sentAt: undefined } } : {})),
  },
  {
    name: 'no-fence-check',
    bug: 'what an earlier holder says is believed',
    core: stepGiven((posting, input) =>
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
    core: stepGiven((posting, input) => (isClaim(input) ? { posting: { ...posting, leaseUntil: 0 } } : {})),
  },
  {
    name: 'silence-counts-as-absent',
    bug: 'a look without an answer is taken for "not there"',
    core: stepGiven((_posting, input) =>
      input.kind === 'lookup-failed' ? { input: { kind: 'lookup-answered', fence: input.fence, reference: undefined } } : {},
    ),
  },
  {
    name: 'stale-upsert-applied',
    bug: 'an older state of a customer is written over a newer one',
    core: stepGiven((posting, input) => (input.kind === 'requested' ? { posting: { ...posting, version: 0n } } : {})),
  },
  {
    name: 'amount-ignored',
    bug: 'a request over another amount under a known posting key passes as a duplicate',
    core: stepGiven((_posting, input) =>
      input.kind === 'requested' ? { input: { ...input, request: { ...input.request, amount: undefined } } } : {},
    ),
  },
  {
    name: 'deletion-forgotten',
    bug: 'a deletion that found nothing to delete is forgotten, and the customer is created as if it were still there',
    core: stepGiven((posting) => ({ posting: { ...posting, setAside: undefined } })),
  },
  {
    name: 'equal-counted-as-older',
    bug: 'the second change within one second is dropped',
    core: stepDeciding((result, posting, input) => {
      if (input.kind !== 'requested' || input.request.protocol !== 'versioned-upsert' || input.earlier) return result;
      const { request } = input;
      if (request.version !== posting.version || posting.appliedDigest === request.digest || posting.leaseUntil > 0) return result;
      return { posting, effects: [{ kind: 'conclude', requestId: request.requestId, result: 'stale', text: 'equal is older' }] };
    }),
  },
  {
    name: 'upsert-found-is-done',
    bug: 'a customer that is found is taken for changed',
    core: stepGiven((posting, input) =>
      input.kind === 'lookup-answered' && posting.request
        ? { posting: { ...posting, request: { ...posting.request, protocol: 'ensure' } } }
        : {},
    ),
  },
  {
    name: 'no-memory-of-what-is-done',
    bug: 'a request that comes again is posted again',
    core: stepGiven((posting, input) =>
      input.kind === 'requested' ? { input: { ...input, earlier: undefined }, posting: { ...posting, reference: undefined } } : {},
    ),
  },
  { name: 'check-then-insert', bug: 'the ledger is read in one transaction and written in another', core: gluedWith({ atomic: false }) },
  {
    name: 'dependencies-ignored',
    bug: 'a refund does not wait for its receipt',
    core: stepGiven((_posting, input) => (isClaim(input) ? { input: { ...input, missing: [] } as Input } : {})),
  },
  { name: 'stored-postings-forgotten', bug: 'nobody goes on with what waits in the ledger', core: gluedWith({ sweeps: false }) },
  {
    name: 'throttled-goes-back-to-new',
    bug: 'a throttled claim of a waiting request goes back to new, which only its message would bring on',
    core: stepDeciding((result, _posting, input) =>
      input.kind === 'answered' && result.posting.state === 'waiting'
        ? { ...result, posting: { ...result.posting, state: 'new', storedInLedger: false, notBefore: 0 } }
        : result,
    ),
  },
  {
    name: 'displaced-without-an-end',
    bug: 'a stored request that another one takes the place of gets no word',
    core: stepDeciding((result, _posting, input) =>
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
    core: stepGiven((_posting, input) =>
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
