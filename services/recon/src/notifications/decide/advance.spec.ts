import { advance } from './advance.js';
import type { Change, NotificationPolicy, OpenNotification, Reading } from './advance.js';

const minute = 60_000;
const rule = { severity: 'critical', forMs: 10 * minute } as const;
const policy: NotificationPolicy = { clearAfterMs: 2 * minute, remindAfterMs: { critical: 60 * minute, warning: 600 * minute } };
const quiet: Reading = { holding: new Map(), isUnknown: () => false };
const unknown: Reading = { holding: new Map(), isUnknown: () => true };
const holds = (about: string, count = 1): Reading => ({ holding: new Map([[about, { count, target: null }]]), isUnknown: () => false });

/** What is told of over time. @param given readings by minute; a reading lasts until the next one. */
function told(given: Readonly<Record<number, Reading>>, until: number, acknowledgedAt = Infinity): string[] {
  let open: OpenNotification[] = [];
  let reading = quiet;
  const said: string[] = [];
  for (let at = 0; at <= until; at += 1) {
    reading = given[at] ?? reading;
    open = open.map((one) => ({ ...one, acknowledged: at >= acknowledgedAt }));
    const changes: Change[] = advance(rule, { open, reading, policy, now: at * minute }, () => `n${at}`);
    for (const { next, state, says } of changes) {
      if (says) said.push(`${at} ${says} ${next.about} ${next.count}`);
      open = open.filter(({ id }) => id !== next.id);
      if (state === 'open') open.push({ ...next, acknowledged: false });
    }
  }
  return said;
}

it('tells of a condition after it has held for its time, once, reminds, and tells when it is over', () => {
  expect(told({ 5: holds('a', 3), 100: quiet }, 300)).toEqual(['15 fired a 3', '75 reminder a 3', '102 cleared a 3']);
});

it('tells nobody of what ends before its time, and starts the time anew', () => {
  expect(told({ 0: holds('a'), 9: quiet, 10: holds('a'), 19: quiet }, 100)).toEqual([]);
});

it('takes what comes and goes for one', () => {
  expect(told({ 0: holds('a'), 20: quiet, 21: holds('a'), 30: quiet, 31: holds('a') }, 50)).toEqual(['10 fired a 1']);
});

it('reminds nobody after it was acknowledged, and still tells when it is over', () => {
  expect(told({ 0: holds('a'), 400: quiet }, 500, 30)).toEqual(['10 fired a 1', '402 cleared a 1']);
});

it('changes nothing while nothing is known', () => {
  expect(told({ 0: holds('a'), 20: unknown, 50: holds('a') }, 60)).toEqual(['10 fired a 1']);
  expect(told({ 0: holds('a'), 5: unknown, 12: holds('a') }, 20)).toEqual(['12 fired a 1']);
});

it('knows what it is about apart from others of its condition', () => {
  expect(told({ 0: holds('a'), 20: holds('b') }, 60)).toEqual(['10 fired a 1', '22 cleared a 1', '30 fired b 1']);
});
