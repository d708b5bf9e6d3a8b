import { eventState } from './event-state.js';
import type { DeadLetter, EventStanding, FactStanding, PostingStanding } from './event-state.js';

function aPosting(result: string | undefined, requestId = 'req_1', code?: string): PostingStanding {
  return { requestId, result, code };
}
/** One routed fact with the postings that it requested. */
function aFact(...postings: PostingStanding[]): { fact: FactStanding; postings: PostingStanding[] } {
  return { fact: { id: 'fact_1', routed: true, ignoredReason: postings.length === 0 ? 'no-flow' : undefined }, postings };
}
const unrouted = { fact: { id: 'fact_1', routed: false, ignoredReason: undefined }, postings: [] };
function standing(
  facts: readonly { fact: FactStanding; postings: readonly PostingStanding[] }[],
  deadLetters: readonly DeadLetter[] = [],
  canonicalCount = facts.length,
): EventStanding {
  return {
    eventId: 'evt_1',
    translated: { ignoredReason: canonicalCount === 0 ? 'unhandled-type' : undefined, canonicalCount },
    facts: facts.map(({ fact }) => fact),
    postings: facts.flatMap(({ postings }) => postings),
    deadLetters,
    parked: [],
  };
}
const nothing: EventStanding = { eventId: 'evt_1', translated: undefined, facts: [], postings: [], deadLetters: [], parked: [] };
const dead = (messageId: string, code: string, closed?: string): DeadLetter => ({ messageId, code, held: false, closed });

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
  ['dead-lettered before translation', { ...nothing, deadLetters: [dead('evt_1', 'stripe.invalid')] }, 'deadLettered', 'stripe.invalid'],
  ['dead-lettered outweighs held', standing([aFact(aPosting('held'))], [dead('fact_1', 'mapping.x')]), 'deadLettered', 'mapping.x'],
  [
    'a dead-lettered request that was posted after all',
    standing([aFact(aPosting('posted', 'req_9'))], [dead('req_9', 'erp.rejected')]),
    'posted',
    undefined,
  ],
  ['a held dead letter', standing([unrouted], [{ ...dead('fact_1', 'erp.unknown'), held: true }]), 'held', 'erp.unknown'],
  ['parked before translation', { ...nothing, parked: ['evt_1'] }, 'held', 'parked'],
  ['a fact parked before route', { ...standing([unrouted]), parked: ['fact_1'] }, 'held', 'parked'],
  ['a request parked before the ERP', { ...standing([aFact(aPosting(undefined))]), parked: ['req_1'] }, 'held', 'parked'],
  ['parked once, posted since', { ...standing([aFact(aPosting('posted'))]), parked: ['evt_1', 'fact_1', 'req_1'] }, 'posted', undefined],
  ['a raw fact skipped by a person', { ...nothing, deadLetters: [dead('evt_1', 'stripe.invalid', 'skipped')] }, 'ignored', 'skipped'],
  ['a raw fact given back', { ...nothing, deadLetters: [dead('evt_1', 'stripe.invalid', 'replayed')] }, 'inFlight', undefined],
  ['a fact skipped by a person', standing([unrouted], [dead('fact_1', 'mapping.x', 'skipped')]), 'ignored', 'skipped'],
  [
    'a refused request skipped by a person',
    standing([aFact(aPosting('rejected'))], [dead('req_1', 'erp.rejected', 'skipped')]),
    'ignored',
    'skipped',
  ],
  [
    'a refused request that a person booked by hand',
    standing([aFact(aPosting('rejected'))], [dead('req_1', 'erp.rejected', 'resolved')]),
    'posted',
    undefined,
  ],
  [
    'a request that was dead-lettered again',
    standing([aFact(aPosting('rejected'))], [dead('req_1', 'erp.old', 'dead-again'), dead('req_1', 'erp.new')]),
    'deadLettered',
    'erp.new',
  ],
] as const)('%s', (_name, input, state, reason) => {
  expect(eventState(input)).toEqual({ state, reason });
});
