import fc from 'fast-check';
import { createElement } from 'react';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { hostileRows } from '@tributary/console/testing';
import { sent } from '../../api/sent.js';
import { readCustomer, readCustomerDetail, readQuestion } from '../../recon/read-customer.js';
import { EntryFacts } from '../audit/entry-page.js';
import { readEntry, readVerification } from '../audit/api.js';
import { VerificationStatus } from '../audit/verification.js';
import { RolesCard } from '../settings/installation.js';
import { readSettings } from '../settings/service-settings-api.js';
import { choicesOf } from './answer-form.js';
import { CustomerSummary, OpenAbout } from './customer-page.js';
import { CustomerTable } from './customer-table.js';
import { QuestionCard } from './question-card.js';

const unseen = /[\p{Cc}\p{Cs}]|[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/u;
const html = (nodes: ReactNode): string => renderToStaticMarkup(nodes);

/** Everything that shows customers, entries of the trail and settings, for a value as it could come. */
function drawn(value: unknown): string {
  const asCustomer =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, pairs: [value], others: [value] } : value;
  const detail = readCustomerDetail(sent({ ...Object(asCustomer), questions: [value], hints: [value], payments: value, events: [value] }));
  return html([
    createElement(CustomerTable, { key: 1, customers: [readCustomer(sent(asCustomer))] }),
    createElement(
      'ul',
      { key: 2 },
      createElement(QuestionCard, { question: readQuestion(sent({ ...Object(value), candidates: [value], answers: [value] })) }),
    ),
    createElement(CustomerSummary, { key: 3, id: 'cus_1', customer: detail }),
    createElement(OpenAbout, { key: 4, customer: detail }),
    createElement(EntryFacts, {
      key: 5,
      entry: readEntry(sent({ ...Object(value), details: value, followsTheRowBefore: true })),
    }),
    createElement(VerificationStatus, { key: 6, verification: readVerification(sent({ running: value, last: value, problem: value })) }),
    createElement(RolesCard, { key: 7, answer: { data: readSettings(sent({ roles: [value] })), problem: undefined } }),
  ]);
}

it.each(hostileRows)('draws $name', ({ row }) => {
  expect(drawn(row)).not.toMatch(unseen);
});

it('draws any value in any field', () => {
  const names = [
    'customerId',
    'name',
    'state',
    'reference',
    'text',
    'cause',
    'others',
    'letterId',
    'title',
    'rows',
    'of',
    'sentences',
    'role',
    'money',
  ];
  const record = fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' })));
  fc.assert(
    fc.property(record, (value) => expect(drawn(value)).not.toMatch(unseen)),
    { numRuns: 200 },
  );
});

it('offers each candidate, each answer of a flow, and what is done with any letter', () => {
  const question = readQuestion(
    sent({
      ...{ letterId: 'dl_1', asksWho: true, answers: [] },
      candidates: [
        { title: 'KETTLE', reference: { CustNum: '12' } },
        { title: 'Number 13', reference: { Number: '13' } },
      ],
    }),
  );
  expect(choicesOf(question).map(({ label, answer }) => [label, answer])).toEqual([
    ['It is KETTLE (CustNum 12)', { action: 'resolve', reference: { CustNum: '12' } }],
    ['It is Number 13', { action: 'resolve', reference: { Number: '13' } }],
    ['Look again: it was put right in the ledger', { action: 'replay' }],
    ['Skip: post nothing', { action: 'skip' }],
  ]);
  expect(choicesOf({ ...question, candidates: [], answers: ['post', 'hold'] }).map(({ answer }) => answer)).toEqual([
    { action: 'replay', answer: 'post' },
    { action: 'replay', answer: 'hold' },
    { action: 'skip' },
  ]);
});
