import fc from 'fast-check';
import { createElement } from 'react';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { sent } from '../../api/sent.js';
import { readSessions, SessionTable } from '../account/sessions.js';
import { AllTokensTable } from './all-tokens.js';
import { ExaminationStatus } from './examination.js';
import { actionParts, readExamination } from './examination-api.js';
import { readPeople, readTokens } from './api.js';
import { PeopleList } from './people-list.js';

/** Characters that must never be displayed: control characters, direction marks, unpaired surrogates. */
const unseen = /[\p{Cc}\p{Cs}]|[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/u;
const draw = (node: ReactNode): string => renderToStaticMarkup(node);
const nothing = (): void => undefined;

/** Draws people, tokens and sessions as the console sent them. */
function drawn(value: unknown): string {
  return draw([
    createElement(PeopleList, { key: 1, people: readPeople(sent(value)).rows, ownSubject: 'person:1' }),
    createElement(AllTokensTable, { key: 2, tokens: readTokens(sent(value)), withdraw: nothing }),
    createElement(SessionTable, { key: 3, sessions: readSessions(sent(value)), end: nothing }),
  ]);
}

const odd = fc.oneof(
  fc.constantFrom(null, '', '\u0000', '\u202E', '\ud800', '__proto__', 'constructor', -1, 1e300, true, '2026-11-21T07:31:39Z'),
  fc.string({ unit: 'binary' }),
  fc.jsonValue(),
);
const names = [
  'id',
  'subject',
  'name',
  'login',
  'issuer',
  'locked',
  'personName',
  'createdAt',
  'expiresAt',
  'withdrawnAt',
  'method',
  'usedAt',
];
const row = fc.oneof(
  odd,
  fc.record(
    {
      ...Object.fromEntries(names.map((name) => [name, odd])),
      grants: fc.oneof(odd, fc.array(fc.oneof(odd, fc.record({ role: odd, target: odd })))),
      scope: fc.oneof(odd, fc.array(odd)),
    },
    { requiredKeys: [] },
  ),
);
const rows = fc.oneof(odd, fc.array(row, { maxLength: 3 }));

it('draws any people, tokens and sessions, and nothing that cannot be seen', () => {
  fc.assert(
    fc.property(fc.oneof(odd, fc.record({ people: rows, tokens: rows, sessions: rows, next: odd })), (value) =>
      expect(drawn(value)).not.toMatch(unseen),
    ),
    { numRuns: 300 },
  );
});

it('tells what somebody may do and where, how they sign in, and offers nothing about oneself', () => {
  const people = [
    {
      ...{ id: '1', subject: 'person:1', name: 'Kim', login: 'kim', issuer: null, hasPassword: true, locked: false },
      grants: [{ role: 'admin', target: '*' }],
    },
    {
      ...{ id: '2', subject: 'person:2', name: 'Lee', login: 'lee', issuer: null, hasPassword: false, locked: true },
      grants: [
        { role: 'viewer', target: '*' },
        { role: 'accountant', target: 'ledger-one' },
      ],
    },
  ];
  const list = draw(createElement(PeopleList, { people: readPeople(sent({ people })).rows, ownSubject: 'person:1' }));
  const [, own = '', other = ''] = list.split('<li data-row="true">');
  expect(own).toMatch(/Kim.*Active.*>admin<.*>kim .*You: somebody else changes your access/);
  expect(own).not.toContain('<button');
  expect(other).toMatch(/Lee.*Locked out.*>viewer, accountant for ledger-one<.*lee \(no password yet\).*aria-label="Let in: Lee"/);
  expect(other).not.toContain('Sign-in link');
});

it('draws any examination of the installation, and nothing that cannot be seen', () => {
  const finding = fc.record({ code: odd, level: odd, about: odd, text: odd, action: odd, page: odd }, { requiredKeys: [] });
  const last = fc.record(
    { endedAt: odd, startedBy: odd, leftOut: odd, findings: fc.oneof(odd, fc.array(fc.oneof(odd, finding), { maxLength: 4 })) },
    { requiredKeys: [] },
  );
  const view = fc.record({ running: fc.oneof(odd, fc.record({ startedBy: odd })), last: fc.oneof(odd, last), problem: odd });
  fc.assert(
    fc.property(fc.oneof(odd, view), (value) =>
      expect(draw(createElement(ExaminationStatus, { examination: readExamination(sent(value)) }))).not.toMatch(unseen),
    ),
    { numRuns: 300 },
  );
});

it('reads what to do in pieces: texts, what is typed, and pages of the documentation', () => {
  expect(actionParts('Set `KAFKA_BROKERS`, see [Kafka is away](runbooks/kafka-away.md).')).toEqual([
    { kind: 'text', text: 'Set ' },
    { kind: 'code', text: 'KAFKA_BROKERS' },
    { kind: 'text', text: ', see ' },
    { kind: 'text', text: 'Kafka is away (' },
    { kind: 'page', text: 'docs/runbooks/kafka-away.md' },
    { kind: 'text', text: ')' },
    { kind: 'text', text: '.' },
  ]);
});
