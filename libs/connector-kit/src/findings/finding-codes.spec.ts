import { accountFindings, dayIn, finding, findingCodes, periodFinding } from './index.js';

it('every code says what it means, and what to do unless all is well', () => {
  for (const [code, { level, meaning, action }] of Object.entries(findingCodes)) {
    expect(code).toMatch(/^check\.[a-z]+(-[a-z]+)*$/);
    expect(meaning).toMatch(/^[A-Z].*\.$/);
    expect(action === '').toBe(level === 'ok');
  }
  expect(finding('check.clock-off', 'clock', 'An hour.')).toEqual({
    code: 'check.clock-off',
    level: 'warning',
    about: 'clock',
    text: 'An hour.',
    fix: findingCodes['check.clock-off'].action,
  });
});

// 03:30 UTC is still the day before in New York (UTC-5).
it.each([
  [undefined, '2026-01-15'],
  ['America/New_York', '2026-01-14'],
])('the day of now in the zone %p', (zone, day) => {
  expect(dayIn(Date.UTC(2026, 0, 15, 3, 30), zone)).toBe(day);
});

const january = { from: '2026-01-01', to: '2026-01-31' };
it.each([
  [[], 'check.record-missing'],
  [[{ ...january, open: false }], 'check.period-closed'],
  [[{ from: '2026-02-01', to: '2026-02-28', open: true }], 'check.period-closed'],
  [[{ ...january, open: true }], 'check.passed'],
])('periods %j are %s', (periods, code) => {
  expect(periodFinding('2026-01-31', periods, 'EPIC06').code).toBe(code);
});

it('names each account that the chart lacks, and where the profile has it', () => {
  const wanted = new Map([
    ['1100', 'accounts.AR'],
    ['9999', 'accounts.OTH'],
  ]);
  expect(accountFindings(wanted, new Set(['1100'])).map(({ code, text }) => [code, text])).toEqual([
    ['check.account-unknown', 'There is no account 9999 (accounts.OTH).'],
  ]);
  expect(accountFindings(wanted, new Set(['1100', '9999'])).map(({ code }) => code)).toEqual(['check.passed']);
});
