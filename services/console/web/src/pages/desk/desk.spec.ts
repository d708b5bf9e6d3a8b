import fc from 'fast-check';
import { createElement } from 'react';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { hostileRows } from '@tributary/console/testing';
import { sent } from '../../api/sent.js';
import { previewText, sumOfPreviews } from '../../orders/preview-sum.js';
import { readOrder, readOrders, readOrderedLetters, readPreview } from '../../orders/read-order.js';
import { OrderFacts } from '../order/facts.js';
import { sentenceOf } from '../order/page.js';
import { OrderProgress } from '../order/progress.js';
import { CausesView } from './causes.js';
import { causesThatFit, deskHref, filtersOf, filterTexts, orderQueryOf, viewOf } from './filters.js';
import { commonAnswers } from './letters.js';
import { OrderTable } from './orders.js';
import { readCauses, readLetters, readSequences, readTotals } from './read-desk.js';
import { lettersOfSequences } from './sequences.js';
import { causesSum, ordersSum } from './tab-sums.js';
import { TabText } from './tabs.js';

const html = (node: ReactNode): string => renderToStaticMarkup(node);
const usd = { minor: '1050', currency: 'USD', text: '10.50', exact: true };

it.each([
  [{}, 'causes'],
  [{ cause: 'posting.rejected' }, 'sequences'],
  [{ view: 'held', cause: 'posting.rejected' }, 'held'],
  [{ view: 'elsewhere' }, 'causes'],
  [{ view: 'causes', held: 'true' }, 'causes'],
  [{ view: 'causes', state: 'open' }, 'sequences'],
  [{ view: 'sequences', currency: 'USD' }, 'letters'],
  [{ again: 'true' }, 'letters'],
])('the address %j shows the %s', (search, view) => {
  expect(viewOf(filtersOf(search))).toBe(view);
});

it('says its filters in words, and orders by those that recon orders by', () => {
  const filters = filtersOf({ cause: 'a\u202e', held: 'true', state: 'open', view: 'sequences', after: '7' });
  expect(filterTexts(filters).map(({ text }) => text)).toEqual(['Cause: a\\u202E', 'State: open', 'Held: true']);
  expect(orderQueryOf(filters)).toEqual({ cause: 'a\u202e', held: true });
  expect(orderQueryOf(filtersOf({ state: 'open', view: 'letters' }))).toBeUndefined(); // an order for everything is a mistake
  expect(deskHref({ ...filters, after: null, state: null })).toBe('/desk?view=sequences&cause=a%E2%80%AE&held=true');
});

it('orders the sequences of each group and topic together: a sequence has a name only there', () => {
  const { rows } = readSequences(
    sent({
      sequences: [
        { group: 'g1', topic: 't1', sequence: 'pi_1' },
        { group: 'g2', topic: 't1', sequence: 'pi_1' },
        { group: 'g1', topic: 't1', sequence: 'pi_2' },
      ],
    }),
  );
  expect(lettersOfSequences(rows)).toEqual([
    { scope: 'query', query: { group: 'g1', topic: 't1', sequences: ['pi_1', 'pi_2'] } },
    { scope: 'query', query: { group: 'g2', topic: 't1', sequences: ['pi_1'] } },
  ]);
});

it('offers an answer for several letters only where all of them ask the same', () => {
  const asking = (code: string, ...answers: string[]): object => ({ id: code, question: { code, answers } });
  const { rows } = readLetters(sent({ deadLetters: [asking('a', 'post', 'skip'), asking('a', 'post'), asking('b', 'post'), { id: 'c' }] }));
  expect(commonAnswers(rows.slice(0, 2))).toEqual(['post']);
  expect([commonAnswers(rows.slice(1, 3)), commonAnswers(rows.slice(2)), commonAnswers([])]).toEqual([[], [], []]);
});

it('says exactly what several orders are about together', () => {
  const one = readPreview(sent({ letters: 2, sequences: 1, money: [usd], withoutMoney: 1, waitsFor: ['too many'] }));
  const sum = sumOfPreviews([one, one, readPreview(sent({ letters: 1, sequences: 1, money: [{ ...usd, currency: 'EUR' }] }))]);
  expect(previewText(sum)).toBe('5 letters of 3 sequences, 10.50 EUR, 21.00 USD, 2 of them without a known amount');
  expect(sum.waitsFor).toEqual(['too many']);
});

it.each([
  ['running', 'of 4 answered, 2 to go'],
  ['paused', 'Paused: 1 of 4 are not dispatched'],
  ['waiting-approval', 'somebody other than Ada'],
  ['done', '1 of 4 are done, 1 failed again'],
  ['cancelled', '2 of 4 answered'],
])('says of an order that is %s where it stands', (state, text) => {
  expect(sentenceOf(readOrder(sent({ state, total: 4, pending: 1, given: 1, done: 1, failed: 1, by: 'Ada' })))).toContain(text);
});

it('shows causes that fit, whatever the others are', () => {
  const causes = readCauses(
    sent({
      causes: [
        { cause: 'a', group: 'g', held: true },
        { cause: 'a', group: 'h' },
        { cause: 'b', group: 'g' },
      ],
    }),
  );
  expect(causesThatFit(causes, filtersOf({ cause: 'a' })).map(({ group }) => group)).toEqual(['g', 'h']);
  expect(causesThatFit(causes, filtersOf({ group: 'g', held: 'false' })).map(({ cause }) => cause)).toEqual(['b']);
});

it('counts in a tab what its list has: causes that are held as well, orders that have ended as well', () => {
  const causes = readCauses(
    sent({
      causes: [
        { cause: 'a', held: true, count: 40, moneyAtRisk: [usd] },
        { cause: 'b', count: 2, moneyAtRisk: [usd] },
      ],
    }),
  );
  const all = causesSum(causes);
  expect(all).toEqual({ count: 2, money: [expect.objectContaining({ minor: '2100', currency: 'USD' })] });
  const orders = ordersSum(readOrders(sent({ orders: [], total: { count: 300, underWay: 1 } })));
  expect(ordersSum(readOrders(sent({ orders: [{ id: 'ord_1' }] })))).toBeUndefined(); // nobody has counted them
  expect(orders).toEqual({ count: 300, money: [], text: '1 order under way' });
  const text = (tab: Parameters<typeof TabText>[0]['tab']): string => html(createElement(TabText, { tab })).replaceAll(/<[^>]+>/g, '|');
  expect(text({ name: 'causes', sum: all })).toBe('||2| Causes||21.00 USD|');
  expect(text({ name: 'causes', sum: all, narrowed: causesSum(causes.slice(0, 1)) })).toBe('||1| of 2 Causes||10.50 USD|');
  expect(text({ name: 'causes', sum: undefined })).toBe('| Causes|'); // nobody has answered
});

const unseen = /[\p{Cc}\p{Cs}]|[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/u;

it('shows any answer of recon, and no character that nobody sees', () => {
  const text = fc.constantFrom('\u0000', '\u202E', '\ud800', '__proto__', 'ok', '<b>', -1, 1e300, null, true, {}, []);
  const field = fc.constantFrom(
    ...['cause', 'group', 'example', 'moneyAtRisk', 'count', 'id', 'state', 'action', 'reason', 'by', 'results', 'waitsFor'],
  );
  fc.assert(
    fc.property(fc.array(fc.dictionary(field, fc.oneof(text, fc.array(text), fc.constant(usd))), { maxLength: 4 }), (rows) => {
      const order = readOrder(sent(rows[0]));
      const shown = html([
        createElement(CausesView, { key: 1, causes: readCauses(sent({ causes: [...rows, ...hostileRows] })), none: '' }),
        createElement(OrderTable, { key: 2, orders: [order] }),
        createElement(OrderProgress, { key: 3, order }),
        createElement(OrderFacts, { key: 4, order }),
      ]);
      expect(shown).not.toMatch(unseen);
      for (const read of [readSequences, readLetters, readTotals, readOrderedLetters, readPreview]) expect(read(sent(rows))).toBeDefined();
    }),
    { numRuns: 60 },
  );
});
