import type { Input, Posting, Step } from '@tributary/posting';
import { now, shippedChain } from './core.js';
import type { ChainCore, ChainDuties } from './core.js';

/** A planted bug: the shipped core with one thing changed. */
export interface ChainMutant {
  readonly name: string;
  /** The bug in words. */
  readonly bug: string;
  /** Name of the setting in which it shows. */
  readonly setting: string;
  readonly core: ChainCore;
}

const duty = (change: Partial<ChainDuties>): ChainCore => ({ ...shippedChain, duties: { ...shippedChain.duties, ...change } });
const given = (change: (posting: Posting, input: Input) => { posting?: Posting; input?: Input }): ChainCore => ({
  ...shippedChain,
  step: (posting, input, at, policy) => {
    const changed = change(posting, input);
    return shippedChain.step(changed.posting ?? posting, changed.input ?? input, at, policy);
  },
});
const deciding = (change: (result: Step, posting: Posting, input: Input) => Step): ChainCore => ({
  ...shippedChain,
  step: (posting, input, at, policy) => change(shippedChain.step(posting, input, at, policy), posting, input),
});

/** Bugs of the protocol, of the sink and of the flows around it. The model check has to find each. */
export const chainMutants: readonly ChainMutant[] = [
  {
    name: 'released-need-ignored',
    setting: 'chain of three: invoice, receipt, application',
    bug: 'a need `released` counts as met when the document is saved',
    core: {
      ...shippedChain,
      prerequisitesOf: (request, standings, since, at) =>
        shippedChain.prerequisitesOf(
          request,
          new Map([...standings].map(([key, one]) => [key, { ...one, released: one.saved }])),
          since,
          at,
        ),
    },
  },
  {
    name: 'settled-before-release',
    setting: 'chain of three: invoice, receipt, application',
    bug: 'a flow asks for an application as soon as what it settles is saved',
    core: duty({ asksForReleased: false }),
  },
  {
    name: 'needs-ignored',
    setting: 'chain of three: invoice, receipt, application',
    bug: 'a request is sent whatever it needs',
    core: { ...shippedChain, prerequisitesOf: () => ({ missing: [], unreleased: [], neverAsked: [], decideAt: undefined }) },
  },
  {
    name: 'waiters-forgotten',
    setting: 'chain without batch: saving is releasing',
    bug: 'a request that waits is not resumed when what it needs is there',
    core: deciding((result, posting, input) =>
      input.kind === 'resumed' && posting.state === 'waiting' && posting.waitingOn.length > 0 ? { posting, effects: [] } : result,
    ),
  },
  {
    name: 'half-adopted',
    setting: 'one invoice of two lines',
    bug: 'a document that is found without some of its lines counts as whole',
    core: duty({ comparesLines: false }),
  },
  {
    name: 'finish-appends',
    setting: 'one invoice of two lines',
    bug: 'all lines are sent again where only some are missing',
    core: duty({ finishSendsMissing: false }),
  },
  {
    name: 'finish-too-soon',
    setting: 'one invoice of two lines',
    bug: 'missing lines are sent after one lookup, though the first call may still be writing them',
    core: { ...shippedChain, posting: { ...shippedChain.posting, lookupsBeforePost: 1, settleMs: 0 } },
  },
  {
    name: 'batch-with-half',
    setting: 'two documents in one batch',
    bug: 'a batch is released while a document in it is unfinished',
    core: duty({ countsUnfinished: false }),
  },
  {
    name: 'released-discarded',
    setting: 'invoice with a refused line',
    bug: 'what is deleted is not looked at first: a person may have completed and released it',
    core: duty({ discardsOnlySaved: false }),
  },
  {
    name: 'discard-answer-assumed',
    setting: 'invoice with a refused line',
    bug: 'an unanswered deletion counts as done',
    core: given((_, input) =>
      input.kind === 'discard-answered' && input.answer.kind === 'unknown'
        ? { input: { ...input, answer: { kind: 'skipped', text: '' } } }
        : {},
    ),
  },
  {
    name: 'worker-without-fence',
    setting: 'one invoice of two lines',
    bug: 'what a worker reports is written although another one has taken over',
    core: given((posting, input) =>
      'fence' in input && posting.request
        ? { input: { ...input, fence: posting.fence }, posting: { ...posting, leaseUntil: posting.leaseUntil || now + 1 } }
        : {},
    ),
  },
  {
    name: 'lease-not-checked',
    setting: 'one invoice of two lines',
    bug: 'a worker that was suspended sends although its lease is over',
    core: duty({ checksLease: false }),
  },
  {
    name: 'take-over-forgets-the-call',
    setting: 'one invoice of two lines',
    bug: 'the next worker sends without looking for what the dead one sent',
    core: given((posting, input) =>
      input.kind === 'resumed' || input.kind === 'requested' ? { posting: { ...posting, sentAt: undefined, half: undefined } } : {},
    ),
  },
  {
    name: 'stuck-batch-resent',
    setting: 'batch that comes with the save',
    bug: 'a batch that the ERP is still posting is released again',
    core: {
      ...shippedChain,
      stepBatch: (batch, input, at, policy) =>
        shippedChain.stepBatch(
          batch,
          input.kind === 'lookup-answered' && input.state === 'posting' ? { ...input, state: 'open' } : input,
          at,
          policy,
        ),
    },
  },
  {
    name: 'release-answer-assumed',
    setting: 'chain of three: invoice, receipt, application',
    bug: 'an unanswered release counts as done',
    core: {
      ...shippedChain,
      stepBatch: (batch, input, at, policy) =>
        shippedChain.stepBatch(
          batch,
          input.kind === 'answered' && input.answer === 'unknown' ? { ...input, answer: 'posted' } : input,
          at,
          policy,
        ),
    },
  },
];
