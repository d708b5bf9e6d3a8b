import fc from 'fast-check';
import { fixture, translateBody, withObject, withPrevious } from '../../../testing/fixtures.js';
import type { Json } from '../../stripe-model/stripe-event.js';

// docs/reference/stripe.md section 11: created -> funds_withdrawn -> updated ... -> closed -> funds_reinstated; it can be appealed.

const read = (name: string): Json => fixture(`events/charge.dispute.${name}.json`);
const rows = (body: Json): Json[] => (body.data as { object: { balance_transactions: Json[] } }).object.balance_transactions;
const [withdrawal, reversal] = rows(read('funds_reinstated')) as [Json, Json];
const secondWithdrawal = { ...withdrawal, id: 'txn_second' };
const event = (id: string, type: string, status: string, balance_transactions: Json[], before?: Json[]): Json => {
  const body = withObject({ ...read('created'), id, type: `charge.dispute.${type}` }, { status, balance_transactions });
  return withPrevious(body, before && { balance_transactions: before });
};

/** One dispute from its opening through an appeal that is lost, as Stripe would send it in order. */
const life: readonly Json[] = [
  event('evt_1', 'created', 'needs_response', []),
  event('evt_2', 'funds_withdrawn', 'needs_response', [withdrawal], []),
  event('evt_3', 'updated', 'under_review', [withdrawal]),
  event('evt_4', 'closed', 'won', [withdrawal]),
  event('evt_5', 'funds_reinstated', 'won', [withdrawal, reversal], [withdrawal]),
  event('evt_6', 'updated', 'appeal_under_review', [withdrawal, reversal]),
  event('evt_7', 'funds_withdrawn', 'appeal_under_review', [withdrawal, reversal, secondWithdrawal], [withdrawal, reversal]),
  event('evt_8', 'closed', 'lost', [withdrawal, reversal, secondWithdrawal]),
];

const factsOf = (bodies: readonly Json[]) =>
  new Map(bodies.flatMap((body) => translateBody(body).facts.map((fact) => [fact.eventId, fact] as const)));

it('any order and any repetition of the events of a dispute lead to the same set of facts', () => {
  const expected = factsOf(life);
  expect(expected.size).toBe(life.length);
  const inAnyOrder = fc
    .shuffledSubarray([...life], { minLength: life.length })
    .chain((once) => fc.tuple(fc.constant(once), fc.array(fc.constantFrom(...life), { maxLength: 8 })));
  fc.assert(
    fc.property(inAnyOrder, ([once, again]) => {
      expect(factsOf([...again, ...once])).toEqual(expected);
    }),
    { numRuns: 200 },
  );
});

it('each movement is told by one event, also the second withdrawal of an appeal', () => {
  const moved = [...factsOf(life).values()].flatMap(({ value }) => {
    const { settlement } = value as { settlement?: { balanceTransactionId: string; gross: { minor: bigint } } | null };
    return settlement ? [[settlement.balanceTransactionId, settlement.gross.minor]] : [];
  });
  expect(moved).toEqual([
    [withdrawal.id, -32_000n],
    [reversal.id, 32_000n],
    ['txn_second', -32_000n],
  ]);
});

// All statuses of Stripe's list, and the one of before 2022-11-15.
it.each([
  ['needs_response', false],
  ['under_review', false],
  ['won', false],
  ['lost', false],
  ['prevented', false],
  ['warning_needs_response', true],
  ['warning_under_review', true],
  ['warning_closed', true],
  ['appeal_needs_response', false],
  ['appeal_under_review', false],
  ['charge_refunded', false],
])('a dispute in %s is an inquiry: %s', (status, inquiry) => {
  for (const type of ['created', 'updated', 'closed', 'funds_withdrawn', 'funds_reinstated'])
    expect(translateBody(event('evt_1', type, status, [])).facts).toMatchObject([{ value: { dispute: { status, inquiry } } }]);
});

it('an inquiry moves no money in its whole life', () => {
  for (const [type, status] of [
    ['created', 'warning_needs_response'],
    ['updated', 'warning_under_review'],
    ['closed', 'warning_closed'],
  ] as const) {
    const [fact] = translateBody(event('evt_1', type, status, [])).facts;
    expect(fact?.value).toMatchObject({ dispute: { settlements: [] } });
    expect(fact?.value).not.toHaveProperty('settlement');
  }
});
