import { conditions } from './conditions.js';
import type { Condition } from './conditions.js';
import { mailText, messageOf, subjectOf, testMessage } from './message.js';
import type { Told } from './message.js';

const links = { installation: 'shop', console: 'https://console.test', runbooks: 'https://docs.test/runbooks' };
const at = Date.UTC(2026, 10, 21, 6);
const [condition] = conditions as [Condition, ...Condition[]];
const told = (kind: Told['kind'], about = 'kinetic.period-closed', count = 3): Told => ({
  ...{ id: 'msg_1', kind, route: 'duty', now: at + 60_000 },
  notification: { id: 'ntf_1', about, target: null, count, since: at, firedAt: at },
  condition,
});

it('says what, since when, and where to look, with links of the installation', () => {
  expect(messageOf(told('fired'), links)).toEqual({
    schema: 'tributary.notification/1',
    id: 'msg_1',
    kind: 'fired',
    route: 'duty',
    installation: 'shop',
    at: '2026-11-21T06:01:00.000Z',
    text: 'A person has to look at 3 dead letters of cause kinetic.period-closed.',
    runbook: 'https://docs.test/runbooks/dead-letters.md',
    link: 'https://console.test/dead-letters?state=notClosed',
    notification: {
      id: 'ntf_1',
      condition: 'dead-letters',
      about: 'kinetic.period-closed',
      target: null,
      severity: 'critical',
      count: 3,
      since: '2026-11-21T06:00:00.000Z',
      firedAt: '2026-11-21T06:00:00.000Z',
      clearedAt: null,
    },
  });
  expect(messageOf(told('cleared'), links).notification?.clearedAt).toBe('2026-11-21T06:01:00.000Z');
});

it('says a path where no addresses are configured, and is no link', () => {
  const { runbook, link } = messageOf(told('reminder'), { installation: 'shop', console: undefined, runbooks: undefined });
  expect([runbook, link]).toEqual(['docs/runbooks/dead-letters.md', null]);
});

it('has a subject of one line, whatever it is about', () => {
  expect(subjectOf(messageOf(told('fired', 'a\r\nBcc: eve@evil.test', 1), links))).toBe(
    '[shop] critical: A person has to look at 1 dead letter of cause a Bcc: eve@evil.test.',
  );
  expect(subjectOf(messageOf(told('cleared'), links))).toMatch(/^\[shop\] over: Over: A person/);
  expect(subjectOf(testMessage('msg_2', 'duty', at, links))).toBe('[shop] test: Somebody tries the route duty. Nothing is wrong.');
});

it('tells in a mail how it is acknowledged', () => {
  expect(mailText(messageOf(told('fired'), links))).toBe(
    [
      'A person has to look at 3 dead letters of cause kinetic.period-closed.',
      '',
      'Since 2026-11-21T06:00:00.000Z, told at 2026-11-21T06:01:00.000Z.',
      'Console: https://console.test/dead-letters?state=notClosed',
      'What to do: https://docs.test/runbooks/dead-letters.md',
      'Acknowledge: tributary notifications acknowledge ntf_1 --reason "..."',
      '',
    ].join('\n'),
  );
});
