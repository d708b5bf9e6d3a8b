import { eventState } from './event-state.js';
import type { DeadLetter, EventStanding, FactStanding, PostingStanding } from './event-state.js';

function aPosting(result: string | undefined, requestId = 'req_1', code?: string): PostingStanding {
  return { requestId, result, code };
}
/** One routed fact with the postings it asked for. */
function aFact(...postings: PostingStanding[]): { fact: FactStanding; postings: PostingStanding[] } {
  return { fact: { routed: true, ignoredReason: postings.length === 0 ? 'no-flow' : undefined }, postings };
}
const unrouted = { fact: { routed: false, ignoredReason: undefined }, postings: [] };
function standing(
  facts: readonly { fact: FactStanding; postings: readonly PostingStanding[] }[],
  deadLetters: readonly DeadLetter[] = [],
  canonicalCount = facts.length,
): EventStanding {
  return {
    translated: { ignoredReason: canonicalCount === 0 ? 'unhandled-type' : undefined, canonicalCount },
    facts: facts.map(({ fact }) => fact),
    postings: facts.flatMap(({ postings }) => postings),
    deadLetters,
  };
}
const nothing: EventStanding = { translated: undefined, facts: [], postings: [], deadLetters: [] };

it.each([
  ['nothing but the delivery', nothing, 'inFlight', undefined],
  ['a kind nobody translates', standing([]), 'ignored', 'unhandled-type'],
  ['translated, the fact not seen yet', standing([], [], 1), 'inFlight', undefined],
  ['a fact that route has not seen', standing([unrouted]), 'inFlight', undefined],
  ['a fact that no flow wants', standing([aFact()]), 'ignored', 'no-flow'],
  ['one posting of two concluded', standing([aFact(aPosting('posted'), aPosting(undefined, 'req_2'))]), 'inFlight', undefined],
  ['both postings concluded', standing([aFact(aPosting('duplicate'), aPosting('posted', 'req_2'))]), 'posted', undefined],
  ['adopted after a lost answer', standing([aFact(aPosting('adopted'))]), 'posted', undefined],
  ['released into the ledger', standing([aFact(aPosting('released'))]), 'posted', undefined],
  ['only duplicates', standing([aFact(aPosting('duplicate'))]), 'ignored', 'duplicate'],
  ['an older fact', standing([aFact(aPosting('stale'))]), 'ignored', 'stale'],
  ['waiting for its customer', standing([aFact(aPosting('posted'), aPosting('waiting', 'req_2'))]), 'held', 'waiting'],
  ['held, told before route told of the request', { ...nothing, postings: [aPosting('waiting')] }, 'held', 'waiting'],
  ['held with a code', standing([aFact(aPosting('held', 'req_1', 'customer.ambiguous'))]), 'held', 'customer.ambiguous'],
  ['rejected by the target', standing([aFact(aPosting('rejected', 'req_1', 'erp.rejected'))]), 'deadLettered', 'erp.rejected'],
  [
    'dead-lettered before translation',
    { ...nothing, deadLetters: [{ messageId: 'evt_1', code: 'stripe.invalid' }] },
    'deadLettered',
    'stripe.invalid',
  ],
  [
    'dead-lettered outweighs held',
    standing([aFact(aPosting('held'))], [{ messageId: 'fact_1', code: 'mapping.x' }]),
    'deadLettered',
    'mapping.x',
  ],
  [
    'a dead-lettered request that was posted after all',
    standing([aFact(aPosting('posted', 'req_9'))], [{ messageId: 'req_9', code: 'erp.rejected' }]),
    'posted',
    undefined,
  ],
] as const)('%s', (_name, input, state, reason) => {
  expect(eventState(input)).toEqual({ state, reason });
});
