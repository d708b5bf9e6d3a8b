import { hourlyOutcomes } from './hourly-outcomes.js';

it('has a number for each hour, also where nothing happened', () => {
  const hour = (text: string): Date => new Date(`2026-11-21T${text}:00:00Z`);
  const counts = [
    { target: 'sl-main', hour: hour('08'), written: 2, failed: 1 },
    { target: 'kinetic-main', hour: hour('06'), written: 5, failed: 0 },
    { target: 'sl-main', hour: hour('06'), written: 1, failed: 0 },
  ];
  expect(hourlyOutcomes(new Date('2026-11-21T08:59:59.999Z'), 3, counts)).toEqual({
    hours: ['2026-11-21T06:00:00.000Z', '2026-11-21T07:00:00.000Z', '2026-11-21T08:00:00.000Z'],
    targets: [
      { target: 'kinetic-main', written: [5, 0, 0], failed: [0, 0, 0] },
      { target: 'sl-main', written: [1, 0, 2], failed: [0, 0, 1] },
    ],
  });
  expect(hourlyOutcomes(hour('08'), 1, []).hours).toEqual(['2026-11-21T08:00:00.000Z']);
});
