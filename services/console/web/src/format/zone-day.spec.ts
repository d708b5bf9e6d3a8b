import fc from 'fast-check';
import { dayIn, startOfDay } from './zone-day.js';

it.each([
  ['2026-11-21', 'UTC', '2026-11-21T00:00:00.000Z'],
  ['2026-11-21', 'America/New_York', '2026-11-21T05:00:00.000Z'],
  ['2026-07-01', 'America/New_York', '2026-07-01T04:00:00.000Z'],
  ['2026-03-09', 'America/New_York', '2026-03-09T04:00:00.000Z'], // the day after the clocks were changed
  ['2026-11-21', 'Asia/Kathmandu', '2026-11-20T18:15:00.000Z'],
])('%s begins in %s at %s', (day, zone, instant) => {
  expect(startOfDay(day, zone)).toBe(instant);
});

it('leads from a day to its beginning and back, in any zone', () => {
  const zones = ['UTC', 'America/New_York', 'Europe/Berlin', 'Asia/Kathmandu', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'];
  const days = fc.date({ min: new Date('1990-01-02'), max: new Date('2090-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(days, fc.constantFrom(...zones), (date, zone) => {
      const day = date.toISOString().slice(0, 10);
      expect(dayIn(startOfDay(day, zone) ?? null, zone)).toBe(day);
    }),
  );
});

it.each([null, '', 'yesterday', '2026-13-41'])('says nothing of %j', (what) => {
  expect([dayIn(what, 'UTC'), startOfDay(what ?? '', 'UTC')]).toEqual(['', undefined]);
});
