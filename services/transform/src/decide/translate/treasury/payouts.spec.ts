import fc from 'fast-check';
import type { PayoutItemised } from '@tributary/contracts';
import { eventOf, fixture, objectOf, translateBody, withObject } from '../../../testing/fixtures.js';
import { enrichmentNeeded } from '../translate.js';
import { payoutGroups } from './payout-groups.js';

// Expected values by hand from proof/fixtures/stripe/lists/balance_transactions_payout_usd.json: 16 members beside the payout's own movement.

const completed = fixture('events/payout.reconciliation_completed.json');
const members = fixture('lists/balance_transactions_payout_usd.json');
const itemised = (list: unknown): PayoutItemised =>
  translateBody(completed, { payout_movements: objectOf(list) }).facts[0]?.value as PayoutItemised;

describe('a reconciled payout', () => {
  it('asks for its list, and will not be translated without an answer', () => {
    expect(enrichmentNeeded(eventOf(completed))).toEqual([
      { kind: 'payout_movements', id: 'po_1Tu9UwUFxA9Kd7NwT90C4N1er', fresh: true, required: true },
    ]);
  });

  it('is told in groups by type, category and currency that explain it to the cent', () => {
    const { groups, movementCount, difference, payout } = itemised(members);
    expect(payout).toMatchObject({
      payoutId: 'po_1Tu9UwUFxA9Kd7NwT90C4N1er',
      amount: { minor: 284_301n, currency: 'USD' },
      automatic: true,
    });
    expect(groups.map(({ type, category, count, gross, fee, net }) => [type, category, count, gross.minor, fee.minor, net.minor])).toEqual([
      ['adjustment', 'dispute', 1, -32_000n, 1_500n, -33_500n],
      ['adjustment', 'dispute_reversal', 1, 15_000n, 0n, 15_000n],
      ['charge', 'charge', 5, 128_581n, 3_987n, 124_594n],
      ['payment', 'charge', 1, 250_000n, 500n, 249_500n],
      ['refund', 'refund', 3, -56_400n, 0n, -56_400n],
      ['refund_failure', 'refund_failure', 1, 6_400n, 0n, 6_400n],
      ['reserved_funds', 'risk_reserved_funds', 1, -20_000n, 0n, -20_000n],
      ['stripe_fee', 'fee', 1, -1_200n, 0n, -1_200n],
      ['tax_fee', 'tax', 1, -93n, 0n, -93n],
    ]);
    expect([movementCount, difference]).toEqual([15, { minor: 0n, currency: 'USD' }]);
  });

  it('tells the fees of a group by their type', () => {
    const charges = itemised(members).groups.find(({ type }) => type === 'charge');
    expect(charges?.fees).toEqual([
      { type: 'stripe_fee', amount: { minor: 3_987n, currency: 'USD' }, description: null, application: null },
    ]);
  });

  it('says by how much its members do not explain it', () => {
    const data = (members.data as { type: string }[]).filter(({ type }) => type !== 'tax_fee');
    expect(itemised({ ...members, data }).difference).toEqual({ minor: -93n, currency: 'USD' });
  });

  it('is refused without a list, and with movements in another currency', () => {
    expect(() => translateBody(completed)).toThrow('STRIPE_API_KEY');
    const data = (members.data as Record<string, unknown>[]).map((row, index) => (index === 3 ? { ...row, currency: 'eur' } : row));
    expect(() => itemised({ ...members, data })).toThrow('movements in EUR');
  });

  it('is refused when a movement contradicts itself, since its sums would be wrong', () => {
    const change = (fields: object) => ({
      data: (members.data as object[]).map((row, index) => (index === 3 ? { ...row, ...fields } : row)),
    });
    expect(() => itemised(change({ net: 1 }))).toThrow('net is not amount less fee');
    expect(() => itemised(change({ fee_details: [{ amount: 5, currency: 'usd', type: 'tax' }] }))).toThrow('do not add up');
  });

  it('of any list: the groups hold every movement once, and their sums are those of the list', () => {
    const movement = fc.record({
      id: fc.uuid(),
      type: fc.constantFrom('charge', 'refund', 'adjustment', 'some_new_type'),
      reporting_category: fc.constantFrom('charge', 'refund', 'dispute', null),
      currency: fc.constantFrom('usd', 'eur'),
      amount: fc.integer({ min: -1e9, max: 1e9 }),
      fee: fc.integer({ min: -1e6, max: 1e6 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(movement, { selector: ({ id }) => id }), (rows) => {
        const list = rows.map((row) =>
          objectOf({ ...row, net: row.amount - row.fee, fee_details: row.fee === 0 ? [] : [{ type: 'stripe_fee', amount: row.fee }] }),
        );
        const groups = payoutGroups(list);
        expect(groups.flatMap(({ movementIds }) => movementIds).sort()).toEqual(rows.map(({ id }) => id).sort());
        const sum = (of: 'gross' | 'fee' | 'net'): bigint => groups.reduce((total, group) => total + group[of].minor, 0n);
        expect(sum('gross')).toBe(rows.reduce((total, { amount }) => total + BigInt(amount), 0n));
        expect(sum('net')).toBe(sum('gross') - sum('fee'));
        for (const { fee, fees } of groups) expect(fees.reduce((total, { amount }) => total + amount.minor, 0n)).toBe(fee.minor);
      }),
    );
  });
});

describe('the movements of a reconciled payout', () => {
  const factsOf = (data: unknown) => translateBody(completed, { payout_movements: objectOf({ object: 'list', data }) }).facts;
  const movements = (data: unknown): unknown[] =>
    factsOf(data).flatMap(({ event, value }) =>
      event.type === 'treasury.balance-movement-recorded' ? [(value as { movement: unknown }).movement] : [],
    );
  const rows = members.data as Record<string, unknown>[];

  it('are told one by one, without that of the payout itself', () => {
    const told = movements(rows);
    expect(told).toHaveLength(15);
    expect(told).toContainEqual({
      movementId: 'txn_1T2kNJEFxA9Kd7NwTKAhPBkeg',
      payoutId: 'po_1Tu9UwUFxA9Kd7NwT90C4N1er',
      type: 'adjustment',
      reportingCategory: 'dispute',
      balanceType: 'payments',
      status: 'available',
      gross: { minor: -32_000n, currency: 'USD' },
      fee: { minor: 1_500n, currency: 'USD' },
      net: { minor: -33_500n, currency: 'USD' },
      fees: [{ type: 'stripe_fee', amount: { minor: 1_500n, currency: 'USD' }, description: 'Dispute fee', application: null }],
      presented: null,
      exchangeRateText: null,
      sourceId: 'du_1TQVMTqFxA9Kd7NwTBm7WYJJG',
      sourceType: null,
      paymentId: null,
      customerId: null,
      description: 'Chargeback withdrawal for ch_3TQVMTqFxA9Kd7NwT0mH1o0X6',
      createdAt: 1_788_638_400_000,
      availableAt: 1_788_638_400_000,
    });
    // The charge that was presented in GBP.
    expect(told).toContainEqual(expect.objectContaining({ movementId: 'txn_1TVsJtkFxA9Kd7NwTe5R1CSb8', exchangeRateText: '1.344' }));
  });

  it('of a type that nobody knows are passed on as they are', () => {
    const strange = rows.map((row) => (row.type === 'tax_fee' ? { ...row, type: 'type_53', reporting_category: 'category_53' } : row));
    expect(movements(strange)).toContainEqual(expect.objectContaining({ type: 'type_53', reportingCategory: 'category_53' }));
    expect((factsOf(strange)[0]?.value as PayoutItemised).groups).toContainEqual(
      expect.objectContaining({ type: 'type_53', category: 'category_53', net: { minor: -93n, currency: 'USD' } }),
    );
  });

  it('are told by their groups only, where they are too many for one record', () => {
    const one = rows.find(({ type }) => type === 'stripe_fee');
    const many = (count: number) => Array.from({ length: count }, (_, index) => ({ ...one, id: `txn_${index}` }));
    expect(movements(many(10_000))).toHaveLength(10_000);
    const { groups, movementCount } = factsOf(many(10_001))[0]?.value as PayoutItemised;
    expect(movements(many(10_001))).toEqual([]);
    expect([movementCount, groups.map(({ count, net, movementIds }) => [count, net.minor, movementIds])]).toEqual([
      10_001,
      [[10_001, -12_001_200n, []]],
    ]);
  });
});

describe('a payout', () => {
  it.each([
    ['created', 'treasury.payout-created', 'pending'],
    ['paid', 'treasury.payout-paid', 'paid'],
    ['paid.manual', 'treasury.payout-paid', 'paid'],
    ['paid.debit', 'treasury.payout-paid', 'paid'],
  ])('%s is told as %s', (name, type, status) => {
    const [fact] = translateBody(fixture(`events/payout.${name}.json`)).facts;
    expect(fact).toMatchObject({ event: { type }, value: { payout: { status } } });
    expect(fact?.sequence).toBe((fact?.value as { payout: { payoutId: string } }).payout.payoutId);
  });

  it('that failed says why and which movement brought the money back', () => {
    expect(translateBody(fixture('events/payout.failed.json')).facts[0]).toMatchObject({
      event: { type: 'treasury.payout-failed' },
      value: {
        payout: {
          amount: { minor: 12_768n, currency: 'EUR' },
          failureCode: 'account_closed',
          failureBalanceTransactionId: 'txn_1TtySkmFxA9Kd7NwTxiu0AXux',
          arrivalDate: '2026-09-16',
        },
      },
    });
  });

  it('that was stopped, or changed, is told as such', () => {
    const body = withObject(fixture('events/payout.created.json'), { status: 'canceled' });
    expect(translateBody({ ...body, type: 'payout.canceled' }).facts[0]?.event.type).toBe('treasury.payout-cancelled');
    expect(translateBody({ ...body, type: 'payout.updated' }).facts[0]?.event.type).toBe('treasury.payout-updated');
  });

  it('that reverses another one belongs to the sequence of that one', () => {
    const body = withObject(fixture('events/payout.created.json'), { id: 'po_back', original_payout: 'po_first', amount: -284_301 });
    expect(translateBody(body).facts[0]).toMatchObject({
      key: 'po_first',
      sequence: 'po_first',
      value: { payout: { amount: { minor: -284_301n } } },
    });
  });

  it('in a state that is not known is refused', () => {
    expect(() => translateBody(withObject(fixture('events/payout.created.json'), { status: 'vanished' }))).toThrow('"vanished"');
  });
});
