import type { Input } from '@tributary/posting';
import { shippedCore } from './core.js';
import type { Core } from './core.js';
import { halfMutants } from './half-mutants.js';
import { gluedWith } from './mutant.js';
import type { Mutant } from './mutant.js';
import { line, effectOf } from './sale-documents.js';
import type { SimRequest } from './sim-request.js';

const { prerequisitesOf, stepBatch } = shippedCore;

/** A core whose flows ask for something else. */
function flowsChanged(change: (request: SimRequest) => readonly SimRequest[]): Core {
  return { ...shippedCore, mapped: (requests) => requests.flatMap(change) };
}

/** A core that takes the needs of a request for others. */
function needsChanged(change: (need: SimRequest['needs'][number]) => SimRequest['needs']): Core {
  return {
    ...shippedCore,
    prerequisitesOf: (request, ...rest) => prerequisitesOf({ ...request, needs: request.needs.flatMap(change) }, ...rest),
  };
}

const needMutants: Mutant[] = [
  {
    name: 'released-need-ignored',
    bug: 'a document does not wait for what has to be in the books before it',
    core: needsChanged((need) => (need.until === 'released' ? [] : [need])),
  },
  {
    name: 'need-met-when-only-saved',
    bug: 'a need for a released document counts as met when that document is saved',
    core: needsChanged((need) => [{ ...need, until: 'saved' }]),
  },
  {
    name: 'never-asked-hold-posted-without',
    bug: 'what should be held because nobody asked for its need is posted without it',
    core: needsChanged((need) => [{ ...need, ifNeverAsked: need.ifNeverAsked === 'hold' ? 'without' : need.ifNeverAsked }]),
  },
  {
    name: 'waiter-not-resumed-on-release',
    bug: 'nobody goes on with what waits for a release',
    core: gluedWith({ resumesOnRelease: false }),
  },
  {
    name: 'settlement-before-release',
    bug: 'the flow lets a credit memo settle a payment that is not in the books yet',
    core: flowsChanged((request) => [request.kind === 'application' ? { ...request, needs: [] } : request]),
  },
  {
    name: 'undo-before-what-it-undoes',
    bug: 'the flow takes back what is not in the books yet',
    core: flowsChanged((request) => [request.undoes === undefined ? request : { ...request, needs: [] }]),
  },
];

const isPosting = (input: Input | { kind: string; state?: string }): boolean => 'state' in input && input.state === 'posting';

const booksMutants: Mutant[] = [
  {
    name: 'unbalanced-effect-posted',
    bug: 'a document whose debits are not its credits is sent',
    core: { ...shippedCore, effectProblem: () => undefined },
  },
  {
    name: 'fee-owned-twice',
    bug: 'the receipt books a fee that the journal of the payout books, too',
    core: flowsChanged((request) => [request.kind === 'cash-receipt' && request.amountMinor > 1n ? withFee(request) : request]),
  },
  {
    name: 'memo-without-money-out',
    bug: 'a refund lowers what the customer owes, and nobody books the money that leaves',
    core: flowsChanged((request) => (request.kind === 'refund-payment' || isSettlement(request) ? [] : [request])),
  },
  {
    name: 'failed-refund-forgotten',
    bug: 'the money of a refund that failed is not booked when it comes back',
    core: flowsChanged((request) => (request.postingKey.endsWith('/failed') ? [] : [request])),
  },
  {
    name: 'applied-as-a-whole-each-time',
    bug: 'every part of a settlement applies the whole amount',
    core: flowsChanged((request) => [
      request.applies ? { ...request, applies: { ...request.applies, minor: request.applies.minor * 2n } } : request,
    ]),
  },
  {
    name: 'stuck-batch-released-again',
    bug: 'a batch that the target works on for ever is released once more',
    core: {
      ...shippedCore,
      stepBatch: (batch, input, now, rules) =>
        stepBatch(batch, isPosting(input) && input.kind === 'lookup-answered' ? { ...input, state: 'open' } : input, now, rules),
    },
  },
  {
    name: 'release-without-a-claim',
    bug: 'two workers release a batch at the same time',
    core: {
      ...shippedCore,
      stepBatch: (batch, input, now, rules) =>
        stepBatch(input.kind === 'ticked' ? { ...batch, leaseUntil: 0, sentAt: undefined } : batch, input, now, rules),
    },
  },
  {
    name: 'refused-release-counts-as-done',
    bug: 'a batch whose release was refused counts as released',
    core: {
      ...shippedCore,
      stepBatch: (batch, input, now, rules) =>
        stepBatch(batch, input.kind === 'answered' && input.answer === 'rejected' ? { ...input, answer: 'posted' } : input, now, rules),
    },
  },
];

/** Planted bugs of needs, half documents, batches and the books. */
export const bookMutants: readonly Mutant[] = [...needMutants, ...halfMutants, ...booksMutants];

/** The settlement of a credit memo, which needs the payment of the refund. */
function isSettlement({ applies }: SimRequest): boolean {
  return applies?.to.startsWith('t/refund-payment/') === true;
}

function withFee(request: SimRequest): SimRequest {
  const { amountMinor, currency } = request;
  const header = [line('h1', 'CLR', amountMinor - 1n), line('h2', 'FEE', 1n), line('h3', 'AR', -amountMinor)];
  return { ...request, header, effect: effectOf(header, currency) };
}
