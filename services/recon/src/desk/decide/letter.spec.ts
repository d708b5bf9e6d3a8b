import { itemId, letterId, letterOfItem, letterStates, moneyAtRisk } from './letter.js';
import type { Closure, LetterOfSource } from './letter.js';

const first: LetterOfSource = { id: letterId('t.g.dlq', 0, 1n), order: 1n, deadAtMs: 1_000 };
const second: LetterOfSource = { id: letterId('t.g.dlq', 0, 2n), order: 2n, deadAtMs: 2_000 };
const closure = (of: LetterOfSource, result: string): Closure => ({ itemId: itemId('ord_1', of.id), result, closedAtMs: 3_000 });
const nobody: ReadonlySet<string> = new Set();

it('names the letter in the id under which it is given back', () => {
  expect(letterOfItem(itemId('ord_9f-1', first.id))).toBe(first.id);
  expect(letterOfItem('made-elsewhere')).toBeUndefined();
});

describe('the letters of one place', () => {
  it('are open until they are ordered or answered', () => {
    expect([...letterStates([first], [], nobody)]).toEqual([[first.id, { state: 'open' }]]);
    expect([...letterStates([first], [], new Set([first.id]))]).toEqual([[first.id, { state: 'ordered' }]]);
    expect([...letterStates([first], [closure(first, 'skipped')], nobody)]).toEqual([
      [first.id, { state: 'closed', result: 'skipped', closedAtMs: 3_000 }],
    ]);
  });

  it('of which the newest stands, whether its answer or the new letter is read first', () => {
    for (const letters of [
      [first, second],
      [second, first],
    ])
      expect(letterStates(letters, [closure(first, 'dead-again')], nobody)).toEqual(
        new Map([
          [first.id, { state: 'closed', result: 'dead-again', closedAtMs: 3_000 }],
          [second.id, { state: 'open' }],
        ]),
      );
    expect(letterStates([first], [closure(first, 'dead-again')], nobody).get(first.id)).toEqual({
      state: 'closed',
      result: 'dead-again',
      closedAtMs: 3_000,
    });
  });

  it('end together when the message does, also when one of them was written twice', () => {
    const states = letterStates([first, second], [closure(first, 'replayed')], nobody);
    expect([...states.values()]).toEqual([
      { state: 'closed', result: 'replayed', closedAtMs: 3_000 },
      { state: 'closed', result: 'replayed', closedAtMs: 3_000 },
    ]);
    // The topic was read again from an earlier offset, and the message was dead-lettered again after that.
    const later: LetterOfSource = { id: letterId('t.g.dlq', 0, 3n), order: 3n, deadAtMs: 9_000 };
    expect(letterStates([first, later], [closure(first, 'replayed')], nobody).get(later.id)).toEqual({ state: 'open' });
  });

  it('can be answered to another tool, but not by what made them', () => {
    const foreign = (result: string): Closure => ({ itemId: 'by-hand', result, closedAtMs: 3_000 });
    expect(letterStates([second], [foreign('replayed')], nobody).get(second.id)).toEqual({
      state: 'closed',
      result: 'replayed',
      closedAtMs: 3_000,
    });
    expect(letterStates([second], [foreign('dead-again')], nobody).get(second.id)).toEqual({ state: 'open' });
  });
});

it.each([
  ['a posting request', { amount: { minor: 29429n, currency: 'USD' } }, { minor: 29429n, currency: 'USD' }],
  ['a refund fact', { refund: { amount: { minor: 5n, currency: 'KWD' } } }, { minor: 5n, currency: 'KWD' }],
  ['a raw charge', { data: { object: { amount: 1050, currency: 'jpy' } } }, { minor: 1050n, currency: 'JPY' }],
  ['a customer', { data: { object: { id: 'cus_1' } } }, undefined],
  ['bytes that cannot be read', undefined, undefined],
])('knows the money at risk of %s', (_name, value, money) => {
  expect(moneyAtRisk(value)).toEqual(money);
});
