import { hostileRows } from '@tributary/console/testing';
import { sent } from '../../api/sent.js';
import { closingOf } from './closing.js';
import { readToday } from './read-today.js';

const amount = (minor: string) => ({ minor, currency: 'EUR', text: minor, exact: true });
const figure = (count: number | null) => ({ count, amount: amount('0'), list: null });
const settled = {
  ...{ toDo: [], day: { date: '2026-11-28', timeZone: 'America/New_York' }, problems: [] },
  money: [{ currency: 'EUR', onItsWay: figure(0), needsPerson: figure(0) }],
  clearing: [{ target: 'a', clearing: [{ currency: 'EUR', difference: amount('0') }] }],
};
const noonAfter = new Date('2026-11-29T12:00:00Z');
const closing = (change: object, now = noonAfter) => closingOf(readToday(sent({ ...settled, ...change })), now);

it('is safe when nothing of the day is open and every clearing account equals Stripe', () => {
  expect(closing({})).toEqual({ onItsWay: 0, needsPerson: 0, toDo: 0, differing: [], accounts: 1, isOver: true, isSafe: true });
  expect(closing({ money: [] }).isSafe).toBe(true); // a day without payments
});

it.each([
  ['a payment on its way', { money: [{ currency: 'EUR', onItsWay: figure(1), needsPerson: figure(0) }] }],
  ['a payment that needs a person', { money: [...settled.money, { currency: 'USD', onItsWay: figure(0), needsPerson: figure(2) }] }],
  ['a figure that is missing', { money: [{ currency: 'EUR', onItsWay: figure(0) }] }],
  ['something to do of another day', { toDo: [{ what: 'deadLetters', count: 3, amounts: [] }] }],
  ['something to do without a count', { toDo: [{ what: 'new', count: null, amounts: [] }] }],
  ['a difference', { clearing: [{ target: 'a', clearing: [{ currency: 'EUR', difference: amount('-1') }] }] }],
  ['a difference that is not known', { clearing: [{ target: 'a', clearing: [{ currency: 'EUR', difference: null }] }] }],
  ['no clearing account that was read', { clearing: [] }],
  ['a part that could not be read', { problems: ['Stripe does not answer'] }],
])('is not safe with %s', (_name, change) => {
  expect(closing(change).isSafe).toBe(false);
});

it.each([
  ['2026-11-29T04:59:59Z', false],
  ['2026-11-29T05:00:00Z', true],
])('a day is over at midnight where the books are kept: %s', (now, expected) => {
  expect(closing({}, new Date(now)).isOver).toBe(expected);
});

it('is never safe, and nothing throws, of what is no answer', () => {
  for (const { row } of hostileRows) {
    expect(closingOf(readToday(sent(row)), noonAfter).isSafe).toBe(false);
    expect(closing({ day: { date: '2026-11-28', timeZone: row } }).isOver).toBe(false);
  }
});
