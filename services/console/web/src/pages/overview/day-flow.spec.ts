import fc from 'fast-check';
import { sent } from '../../api/sent.js';
import { dayFlow, flowSize } from './day-flow.js';
import { dayFigures, readToday } from './read-today.js';
import type { DayMoney } from './read-today.js';

const amount = (minor: string) => ({ minor, currency: 'EUR', text: minor, exact: true });
const dayOf = (minors: Readonly<Record<string, string>>): DayMoney => {
  const figures = Object.fromEntries(
    Object.entries(minors).map(([name, minor]) => [name, { count: 1, amount: amount(minor), list: null }]),
  );
  const [day] = readToday(sent({ money: [{ currency: 'EUR', ...figures }] })).money;
  return day as DayMoney;
};

it('splits what was received into what was captured and failed, and that into where it stands', () => {
  const flow = dayFlow(dayOf({ received: '1000', captured: '900', failed: '100', inLedger: '700', needsPerson: '200' }));
  const width = (from: string, to: string): number => flow?.links.find((link) => link.from === from && link.to === to)?.width ?? 0;
  expect(flow?.links.map(({ from, to }) => `${from} ${to}`).sort()).toEqual([
    'captured inLedger',
    'captured needsPerson',
    'received captured',
    'received failed',
  ]);
  expect(width('received', 'captured') / width('received', 'failed')).toBeCloseTo(9, 5);
  expect(width('captured', 'inLedger') / width('captured', 'needsPerson')).toBeCloseTo(3.5, 5);
});

it('draws nothing where no money moved', () => {
  expect(dayFlow(dayOf({}))).toBeUndefined();
  expect(dayFlow(dayOf({ received: '0', captured: '0' }))).toBeUndefined();
});

it('PROPERTY: whatever the figures are, what is drawn stays inside of the drawing and can be seen', () => {
  const minors = fc.record(
    Object.fromEntries(dayFigures.map((name) => [name, fc.oneof(fc.bigInt({ min: 0n, max: 10n ** 17n }).map(String), fc.string())])),
  );
  fc.assert(
    fc.property(minors, (figures) => {
      const flow = dayFlow(dayOf(figures as Record<string, string>));
      for (const { x, y, width, height } of flow?.nodes ?? []) {
        expect(x >= 0 && x + width <= flowSize.width + 0.5).toBe(true);
        expect(y >= 0 && y + height <= flowSize.height + 1.5).toBe(true);
        expect(height).toBeGreaterThan(0);
      }
      for (const { path, width } of flow?.links ?? []) {
        expect(path).not.toContain('NaN');
        expect(width).toBeGreaterThanOrEqual(1);
      }
    }),
  );
});
