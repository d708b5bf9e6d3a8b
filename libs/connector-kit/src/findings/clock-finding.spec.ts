import { clockFinding } from './clock-finding.js';

const now = Date.UTC(2026, 10, 20, 12, 0, 0);

it.each([
  ['Fri, 20 Nov 2026 12:00:00 GMT', 'ok', 'The clock of the target is right.'],
  ['Fri, 20 Nov 2026 11:57:00 GMT', 'ok', 'The clock of the target is right.'],
  ['Fri, 20 Nov 2026 13:00:00 GMT', 'warning', 'The clock of the target is 60 minutes ahead of ours.'],
  ['Fri, 20 Nov 2026 11:00:00 GMT', 'warning', 'The clock of the target is 60 minutes behind ours.'],
  [undefined, 'warning', 'The target does not tell its time.'],
  ['yesterday', 'warning', 'The target does not tell its time.'],
])('says of %p: %s, %s', (date, level, text) => {
  expect(clockFinding(date, now)).toMatchObject({ level, about: 'clock', text });
});
