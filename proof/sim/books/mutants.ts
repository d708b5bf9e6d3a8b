import type { Step } from '@tributary/posting';
import type { BooksCore, Duties, Flows } from './core.js';

/** A planted bug: the shipped core with one thing changed. */
export interface BooksMutant {
  readonly name: string;
  /** The bug in words. */
  readonly bug: string;
  apply(core: BooksCore): BooksCore;
}

const duty =
  (change: Partial<Duties>) =>
  (core: BooksCore): BooksCore => ({ ...core, duties: { ...core.duties, ...change } });
const flow =
  (change: Partial<Flows>) =>
  (core: BooksCore): BooksCore => ({ ...core, flows: { ...core.flows, ...change } });
const deciding =
  (change: (result: Step, ...of: Parameters<BooksCore['step']>) => Step) =>
  (core: BooksCore): BooksCore => ({ ...core, step: (...of) => change(core.step(...of), ...of) });

/** Bugs of the protocol, of the sink around it and of flows that make requests. Each has to be caught. */
export const booksMutants: readonly BooksMutant[] = [
  {
    name: 'released-need-ignored',
    bug: 'a need `released` counts as met when the document is saved',
    apply: duty({ readsReleased: false }),
  },
  {
    name: 'half-adopted',
    bug: 'a document that is found without some of its lines counts as whole',
    apply: duty({ comparesLines: false }),
  },
  {
    name: 'finish-appends',
    bug: 'the whole document is sent again where only lines are missing',
    apply: duty({ finishSendsMissing: false }),
  },
  {
    name: 'finish-too-soon',
    bug: 'missing lines are sent before the settle delay is over, though the first call may still be writing them',
    apply: (core) => ({ ...core, posting: { ...core.posting, settleMs: 1 } }),
  },
  {
    name: 'batch-with-half',
    bug: 'a batch is released while a document of it is unfinished',
    apply: duty({ releaseWaitsForUnfinished: false }),
  },
  {
    name: 'refused-line-kept',
    bug: 'a request with a refused line ends as rejected, and the part that was stored stays',
    apply: deciding((result, posting, input, now) => (input.kind === 'discard-answered' ? result : dropDiscard(result, now))),
  },
  {
    name: 'discard-forgotten',
    bug: 'the lost answer of a discard counts as done',
    apply: (core) => ({
      ...core,
      step: (posting, input, now, policy) =>
        core.step(
          posting,
          input.kind === 'discard-answered' && input.answer.kind === 'unknown'
            ? { ...input, answer: { kind: 'skipped', text: '' } }
            : input,
          now,
          policy,
        ),
    }),
  },
  {
    name: 'partial-is-posted',
    bug: 'an answer that says that lines were refused counts as posted',
    apply: (core) => ({
      ...core,
      step: (posting, input, now, policy) =>
        core.step(
          posting,
          input.kind === 'answered' && input.answer.kind === 'partial'
            ? { ...input, answer: { kind: 'posted', reference: input.answer.reference } }
            : input,
          now,
          policy,
        ),
    }),
  },
  {
    name: 'waiters-forgotten',
    bug: 'who waits for a document is not resumed when it is there',
    apply: duty({ resumesWaiters: false }),
  },
  {
    name: 'needs-ignored',
    bug: 'a request is sent whatever it needs',
    apply: (core) => ({ ...core, prerequisitesOf: () => ({ missing: [], neverAsked: [] }) }),
  },
  {
    name: 'hold-is-without',
    bug: 'a need that nobody asked for is done without, though its policy is to hold',
    apply: (core) => ({
      ...core,
      prerequisitesOf: (request, standings, since, now) =>
        core.prerequisitesOf(
          { ...request, needs: request.needs.map((need) => ({ ...need, ifNeverAsked: 'without' })) },
          standings,
          since,
          now,
        ),
    }),
  },
  {
    name: 'needed-only-asked',
    bug: 'a need counts as met as soon as somebody asked for it',
    apply: (core) => ({
      ...core,
      prerequisitesOf: (request, standings, since, now) =>
        core.prerequisitesOf(
          request,
          new Map([...standings].map(([key, one]) => [key, { ...one, saved: true, released: true }])),
          since,
          now,
        ),
    }),
  },
  {
    name: 'effect-unchecked',
    bug: 'an unbalanced effect is posted',
    apply: (core) => flow({ entriesBalance: false })(duty({ checksEffect: false })(core)),
  },
  {
    name: 'stuck-batch-resent',
    bug: 'a batch that the ERP is still posting is released again',
    apply: (core) => ({
      ...core,
      stepBatch: (batch, input, now, policy) =>
        core.stepBatch(
          batch,
          input.kind === 'lookup-answered' && input.state === 'posting' ? { ...input, state: 'open' } : input,
          now,
          policy,
        ),
    }),
  },
  {
    name: 'release-not-looked-up',
    bug: 'a release whose answer is lost counts as done',
    apply: (core) => ({
      ...core,
      stepBatch: (batch, input, now, policy) =>
        core.stepBatch(
          batch,
          input.kind === 'answered' && input.answer === 'unknown' ? { ...input, answer: 'posted' } : input,
          now,
          policy,
        ),
    }),
  },
  {
    name: 'assigned-without-claim',
    bug: 'a batch whose id came with the save is released again without looking',
    apply: duty({ claimsAssigned: false }),
  },
  { name: 'lease-not-checked', bug: 'a worker that was suspended sends though its lease is over', apply: duty({ leaseBeforeCall: false }) },
  { name: 'fee-owned-twice', bug: 'the fee of a payment is booked by itself and with its payout', apply: flow({ feeHasOneOwner: false }) },
  {
    name: 'memo-without-payment',
    bug: 'a refund lowers what the customer owes, and nobody books the money that leaves',
    apply: flow({ memoHasPayment: false }),
  },
  {
    name: 'settled-before-release',
    bug: 'documents are applied to each other before they are released',
    apply: flow({ applicationNeedsReleased: false }),
  },
  {
    name: 'number-trusted',
    bug: 'a document is finished or deleted by its number alone, which another document may have by now',
    apply: duty({ comparesKeyOfNumber: false }),
  },
  {
    name: 'short-key-trusted',
    bug: 'a document is found by its short key alone, which another document may have, too',
    apply: duty({ comparesSecondField: false }),
  },
  {
    name: 'ledger-keeps-short-keys',
    bug: 'the ledger of postings keeps the short key, so that two postings are one',
    apply: duty({ keepsWholeKey: false }),
  },
  {
    name: 'lease-of-another-target',
    bug: 'the lease of a target with calls of 30 s is used for one with calls of 300 s',
    apply: duty({ leasePerTarget: false }),
  },
  {
    name: 'never-held',
    bug: 'a posting whose outcome nobody can tell is looked up for ever, and no person is told',
    apply: (core) => ({ ...core, posting: { ...core.posting, heldAfterMs: Infinity } }),
  },
  {
    name: 'stuck-batch-not-told',
    bug: 'a batch that stays in posting is looked at for ever, and no person is told',
    apply: (core) => ({ ...core, batch: { ...core.batch, stuckAfterMs: Infinity } }),
  },
  {
    name: 'assigned-batch-forgotten',
    bug: 'the batch that came with a save is not recorded when the save was not answered and the document was found',
    apply: duty({ recordsBatchOfFound: false }),
  },
  {
    name: 'answer-to-another-question',
    bug: 'an answer counts for whatever question is open',
    apply: duty({ answersByQuestion: false }),
  },
  {
    name: 'second-answer-taken',
    bug: 'a second answer is given back though the dead letter is closed',
    apply: duty({ refusesClosedLetters: false }),
  },
  {
    name: 'earlier-answers-forgotten',
    bug: 'what is given back has only the newest answer, so that the first question is asked again',
    apply: duty({ keepsEarlierAnswers: false }),
  },
  {
    name: 'silence-is-nothing',
    bug: 'a payout is booked without its fees while Stripe does not tell its movements',
    apply: duty({ silenceIsRetried: false }),
  },
  {
    name: 'given-up-in-silence',
    bug: 'a fact is dropped when Stripe is silent for longer than the quick retries',
    apply: duty({ climbsLadder: false }),
  },
  {
    name: 'take-over-forgets-the-call',
    bug: 'the next worker sends without looking for what the dead one sent',
    apply: (core) => ({
      ...core,
      step: (posting, input, now, policy) =>
        core.step(
          input.kind === 'resumed' || input.kind === 'requested' ? { ...posting, sentAt: undefined, half: undefined } : posting,
          input,
          now,
          policy,
        ),
    }),
  },
];

/** Instead of a discard the request is refused at once. */
function dropDiscard(result: Step, now: number): Step {
  const discard = result.effects.find(({ kind }) => kind === 'discard');
  if (!discard) return result;
  const posting = {
    ...result.posting,
    state: 'rejected' as const,
    leaseUntil: 0,
    sentAt: undefined,
    half: undefined,
    discarding: undefined,
    storedInLedger: false,
    notBefore: now,
  };
  return { posting, effects: [{ kind: 'fail', disposition: 'reject', code: 'sim.line-refused', text: '' }] };
}
