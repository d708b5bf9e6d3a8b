import { QueryClientProvider } from '@tanstack/react-query';
import { hostileRows } from '@tributary/console/testing';
import fc from 'fast-check';
import { createElement } from 'react';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { sent } from '../../api/sent.js';
import { queryClient } from '../../shell/query.js';
import { draftOf, forgetDrafts, keepDraft } from '../../shell/drafts.js';
import { DryRunResult } from './dry-run.js';
import { stateOf } from './edit-state.js';
import { MoneyNote } from './editor.js';
import { codeText, standingOf, unlistedAction } from './labels.js';
import { GuiltyNote } from './message.js';
import { LetterCase } from './page.js';
import { readCase } from './read-case.js';
import { readDryRun } from './read-dry-run.js';
import { guiltyPlace } from './guilty-place.js';
import { readChecked, readMessage } from './read-message.js';

const html = (node: ReactNode): string => renderToStaticMarkup(createElement(QueryClientProvider, { client: queryClient }, node));
const unseen = /[\p{Cc}\p{Cs}]|[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/u;
const shown = (found: unknown): string => html(createElement(LetterCase, { found: readCase(sent(found)) }));

const letter = {
  id: 'dl_1',
  state: 'open',
  held: false,
  cause: 'erp.kinetic.business-rule',
  text: 'period is closed',
  topic: 'postings.a.v1',
};

it('shows a letter, whatever recon sent of it', () => {
  const everything = (row: unknown): unknown => ({
    letter: { ...letter, ...(row as object), assignee: row, money: row },
    ...{ deadLetterTopic: row, traceId: row, lastFailureAt: row, kept: true, question: { code: row, answers: [row, 'skip'] } },
    ...{ guilty: { named: row, path: row }, parked: [row], generations: [row], audit: [row], comments: [row, { by: row, text: row }] },
  });
  for (const { row } of hostileRows) expect(shown(everything(row))).not.toMatch(unseen);
  for (const { row } of hostileRows) expect(shown(row)).not.toMatch(unseen);
});

it('reads any answer of any route, and never throws', () => {
  fc.assert(
    fc.property(fc.anything(), (any) => {
      expect(html(createElement(DryRunResult, { result: readDryRun(sent(any)) }))).toEqual(expect.any(String));
      expect(readMessage(sent(any))).toHaveProperty('headers');
      expect(readChecked(sent(any))).toHaveProperty('ok');
      expect(shown(any)).toContain('letter');
    }),
  );
});

it('says of a letter that nobody decided about what can be done, and of a closed one that nothing has to be', () => {
  expect(shown({ letter, kept: true })).toMatch(/Replay it as it is.*Skip it.*in the ledger already/s);
  expect(shown({ letter: { ...letter, state: 'closed', result: 'skipped' }, kept: true })).not.toContain('Replay it');
  expect(standingOf(readCase(sent({ letter: { ...letter, held: true } })).letter)).toContain('only a person');
});

it('has the text of a code, also of a connector, and says what to do where there is none', () => {
  const codes = { 'kinetic.business-rule': { meaning: 'm', action: 'a' } };
  expect(codeText(codes, 'erp.kinetic.business-rule')).toEqual({ meaning: 'm', action: 'a' });
  expect(codeText(codes, 'toString')).toBeUndefined();
  expect(unlistedAction('internal.TypeError')).toContain('defect');
  expect(unlistedAction('p21.http-500')).toContain('replay');
});

const text = '{\n  "amount": {\n    "minor": "1"\n  }\n}';
it.each([
  [null, 'names no field'],
  [{ named: 'CheckRef', path: null }, 'a field of the ERP document'],
  [{ named: '(body)', path: '' }, 'the whole message'],
  [{ named: 'amount.minor', path: 'amount.minor' }, 'which is marked'],
  [{ named: 'amount.fee', path: 'amount.fee' }, 'does not have'],
])('says of the field %j what is marked', (guilty, expected) => {
  expect(html(createElement(GuiltyNote, { guilty, text }))).toContain(expected);
});

it('puts problems of an edit at their lines, and calls changes of money out', () => {
  const wrong = stateOf(
    readChecked(sent({ ok: false, problems: [{ path: 'amount.minor', expected: 'text', found: 'a number' }] })),
    text,
    {},
  );
  expect(wrong).toEqual({ kind: 'wrong', problems: [{ path: 'amount.minor', text: 'expected text, found a number', line: 3 }] });
  const good = readChecked(
    sent({
      ok: true,
      differences: [{ path: 'amount.minor' }],
      money: [{ path: 'amount.minor', before: '"1"', after: '"2"' }],
    }),
  );
  const state = stateOf(good, text, { amount: 2 });
  expect(state).toMatchObject({ kind: 'good', changes: 1, value: { amount: 2 } });
  expect(html(createElement(MoneyNote, { money: state.kind === 'good' ? state.money : [] }))).toMatch(
    /somebody else approves.*amount\.minor/s,
  );
  expect(stateOf(readChecked(sent({ ok: true, differences: [], money: [] })), text, {})).toEqual({ kind: 'same' });
});

it('says why nothing would be posted, and shows that debit is credit', () => {
  const result = (more: object): string => html(createElement(DryRunResult, { result: readDryRun(sent(more)) }));
  expect(result({ postings: [], ignoredReason: 'no-flow' })).toContain('Nothing would be posted: no-flow');
  expect(result({ postings: [], problem: { code: 'mapping.value-invalid', text: 'too long' } })).toContain('It would fail again: too long');
  const amount = { minor: '1050', currency: 'USD', text: '10.50', exact: true };
  const posting = {
    ...{ kind: 'cash-receipt', target: 'a', postingKey: 'a/cash-receipt/ch_1', totals: [{ debit: amount, credit: amount }] },
    calls: [{ method: 'POST', path: '/api/v2/x', body: '{"a":"\\u202e"}', text: 'enter it' }],
    effect: [{ role: 'clearing', account: '1010', debit: amount, credit: null }],
  };
  expect(result({ postings: [posting] })).toMatch(/POST \/api\/v2\/x.*clearing.*Debit .*10\.50.*= credit/s);
  expect(result({ postings: [posting] }).replaceAll('\n', '')).not.toMatch(unseen);
});

it('keeps drafts until somebody signs out, and not too many', () => {
  keepDraft('edit dl_1', 'Ada');
  expect(draftOf('edit dl_1')).toBe('Ada');
  for (let n = 0; n < 20; n += 1) keepDraft(`edit ${n}`, 'x');
  expect(draftOf('edit dl_1')).toBeUndefined();
  keepDraft('edit 3', undefined);
  expect(draftOf('edit 3')).toBeUndefined();
  forgetDrafts();
  expect(draftOf('edit 7')).toBeUndefined();
});

const request = {
  fields: { CustNum: '17', InvoiceNum: null },
  lines: [
    { table: 'InvcHead', key: '0', fields: { DocUnitPrice: '1' } },
    { table: 'InvcDtl', key: '1', fields: { LineDesc: 'x', DocUnitPrice: '2' } },
  ],
};
it.each([
  ['InvcDtl.DocUnitPrice', 'lines[1].fields.DocUnitPrice'],
  ['CashHead.CustNum', 'fields.CustNum'],
  ['CustNum', 'fields.CustNum'],
  ['LineDesc', 'lines[1].fields.LineDesc'],
  ['TermsCode', 'fields.TermsCode'],
  ['InvcTax.LineDesc', 'fields.InvcTax.LineDesc'],
])('finds %s, which a target refused, in the posting request', (named, path) => {
  expect(guiltyPlace({ named, path: `fields.${named}` }, request)).toEqual({ named, path });
});

it('leaves a place alone that is known, and finds none in what is no posting request', () => {
  expect(guiltyPlace({ named: 'amount', path: 'amount' }, request)).toEqual({ named: 'amount', path: 'amount' });
  expect(guiltyPlace(null, request)).toBeNull();
  for (const value of [null, [], 'text', { fields: 7, lines: [null] }])
    expect(guiltyPlace({ named: 'A.B', path: 'fields.A.B' }, value)).toEqual({ named: 'A.B', path: 'fields.A.B' });
});
