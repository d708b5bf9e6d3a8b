import fc from 'fast-check';
import { createElement } from 'react';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { hostileRows, hostileSteps } from '@tributary/console/testing';
import { readRow } from '../recon/read-value.js';
import { sent } from '../api/sent.js';
import { readPayment, readSnapshot, readTrace } from '../recon/read.js';
import { Section } from '../shell/section.js';
import { Events } from './overview/events.js';
import { MoneyAtRisk } from './overview/money-at-risk.js';
import { Reconciliation } from './overview/reconciliation.js';
import { Stages } from './overview/stages.js';
import { Standings } from './overview/standings.js';
import { Verdict } from './overview/verdict.js';
import { Summary } from './payment/page.js';
import { Documents } from './payment/documents.js';
import { Steps, withNews } from './payment/steps.js';
import { PaymentTable } from './payments/payment-table.js';
import { recordLists } from './records/labels.js';
import { RecordTable } from './records/table.js';

const html = (node: ReactNode): string => renderToStaticMarkup(node);

/** Characters that must never be displayed: control characters, direction marks, unpaired surrogates. */
const unseen = /[\p{Cc}\p{Cs}]|[\u202A-\u202E\u2066-\u2069\u200E\u200F\u061C]/u;

/** Renders every component that shows a payment, for a row as recon sent it. */
function payment(row: unknown): string {
  const read = readPayment(sent(row));
  const trace = readTrace(
    sent({
      payment: row,
      ...hostileStory(row),
      captures: [row, row],
      steps: hostileSteps,
      documents: [
        row,
        {
          ...(row as object),
          rule: { ...(row as object), lines: [row], place: row },
          lines: [row],
          effect: [row],
          ledger: { ...(row as object), entries: [row] },
        },
      ],
    }),
  );
  return html([
    createElement(PaymentTable, { key: 1, payments: [read, read], none: '', selected: { id: 'ch_1', part: null }, query: {} }),
    createElement(Summary, { key: 2, payment: read, trace }),
    createElement(Summary, { key: 5, payment: read }),
    createElement(Documents, { key: 4, documents: trace.documents }),
    createElement(Steps, { key: 3, steps: trace.steps, news: read.news }),
  ]);
}

/** Status and money with the values of a row in every place of theirs. */
function hostileStory(row: unknown): object {
  const { amount, receivedAt: at, chargeId: id, reason: text } = (row ?? {}) as Readonly<Record<string, unknown>>;
  const parts = ['text', 'amount', 'instant', 'document', 'payout', 'list', text].map((kind) => ({
    ...{ kind, text, amount, at, postingKey: id },
  }));
  const lines = ['charged', 'fee', 'other', 'document', text].map((what) => ({
    ...{ what, detail: text, amount, at, state: text, source: { kind: what === 'fee' ? 'movement' : 'document', id } },
  }));
  return {
    status: { tone: text, clauses: [{ tone: text, parts }, row] },
    money: {
      charge: { lines, kept: amount },
      conversion: { from: amount, to: amount, rate: text },
      balance: [{ currency: text, lines, net: amount }, row],
      payouts: [{ payoutId: id, movementId: id, at, share: amount, total: amount }, row],
      balanceText: text,
      ledgers: [{ target: id, lines, clearing: amount, clearingRead: text, expected: amount, difference: amount, text }, row],
    },
  };
}

/** Renders every component that shows figures, for a snapshot as recon sent it. */
function figures(value: unknown, differing: readonly string[] | undefined): string {
  const snapshot = readSnapshot(sent(value));
  return html([
    createElement(Verdict, { key: 1, snapshot, connection: 'live', differing }),
    createElement(Standings, { key: 2, overview: snapshot.overview }),
    createElement(MoneyAtRisk, { key: 3, overview: snapshot.overview }),
    createElement(Reconciliation, { key: 4, snapshot }),
    createElement(Stages, { key: 5, snapshot }),
    createElement(Events, { key: 6, counts: snapshot.counts }),
  ]);
}

/** Values that no field expects, and a few that some fields expect. */
const odd = fc.oneof(
  fc.constantFrom(
    null,
    '',
    '\u0000',
    '\u202E',
    '\ud800',
    '__proto__',
    'constructor',
    -1,
    1.5,
    1e300,
    true,
    'inLedger',
    'matched',
    'posted',
    '12',
    '2026-11-21T07:31:39Z',
  ),
  fc.string({ unit: 'binary' }),
  fc.jsonValue(),
);
const amount = fc.oneof(odd, fc.record({ minor: odd, currency: odd, text: odd, exact: odd }, { requiredKeys: [] }));
const row = fc.record(
  {
    ...Object.fromEntries(Object.keys(readPayment(sent(null))).map((name) => [name, odd])),
    amount,
    ledgerAmount: amount,
    settlement: fc.oneof(odd, fc.record({ gross: amount, fee: amount, net: amount })),
    news: fc.oneof(
      odd,
      fc.array(fc.oneof(odd, fc.record({ at: odd, kind: fc.oneof(odd, fc.constant('refund')), amount, title: odd, text: odd }))),
    ),
    masked: fc.oneof(odd, fc.array(odd)),
    reference: fc.oneof(odd, fc.dictionary(fc.string(), odd)),
  },
  { requiredKeys: [] },
);
const sum = fc.oneof(odd, fc.record({ count: odd, amounts: fc.oneof(odd, fc.array(amount)) }, { requiredKeys: [] }));
const sums = fc.oneof(odd, fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('inLedger', 'needsPerson', '__proto__', 'toString')), sum));
const snapshot = fc.record(
  {
    counts: fc.oneof(
      odd,
      fc.dictionary(fc.constantFrom('accepted', 'posted', 'held', 'ignored', 'ignoredBy'), fc.oneof(odd, fc.dictionary(fc.string(), odd))),
    ),
    stages: fc.oneof(
      odd,
      fc.record({ asOf: odd, stages: fc.oneof(odd, fc.array(fc.oneof(odd, fc.record({ name: odd, total: odd, lag: odd })))) }),
    ),
    reconciliation: sums,
    overview: fc.oneof(
      odd,
      fc.record(
        {
          asOf: odd,
          allClear: odd,
          open: fc.oneof(odd, fc.array(fc.oneof(odd, fc.record({ what: odd, list: odd, count: odd, amounts: fc.array(amount) })))),
          standings: sums,
          reconciliation: sums,
          moneyAtRisk: sum,
          written: fc.oneof(odd, fc.dictionary(fc.string(), fc.oneof(odd, fc.record({ documents: odd, metadata: odd })))),
        },
        { requiredKeys: [] },
      ),
    ),
    payments: fc.array(row, { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

it.each(hostileRows)('draws $name', ({ row: hostile }) => {
  const drawn = payment(JSON.parse(JSON.stringify(hostile)));
  expect(drawn).not.toMatch(unseen);
  expect(drawn.length).toBeLessThan(200_000);
});

it('draws any row, and nothing that cannot be seen', () => {
  fc.assert(
    fc.property(row, (value) => expect(payment(value)).not.toMatch(unseen)),
    { numRuns: 300 },
  );
});

it('draws any figures, green only when it was told that nothing is open and that clearing equals Stripe', () => {
  fc.assert(
    fc.property(snapshot, fc.constantFrom(undefined, [], ['kinetic-main USD']), (value, differing) => {
      const drawn = figures(value, differing);
      expect(drawn).not.toMatch(unseen);
      const { overview } = readSnapshot(sent(value));
      if (drawn.includes('verdict good')) expect([overview?.allClear, overview?.open, differing]).toEqual([true, [], []]);
    }),
    { numRuns: 300 },
  );
});

it('draws any record of any list', () => {
  const lists = Object.values(recordLists);
  const record = fc
    .constantFrom(...lists)
    .chain((list) =>
      fc.tuple(fc.constant(list), fc.record(Object.fromEntries(list.columns.map(({ field }) => [field, amount])), { requiredKeys: [] })),
    );
  fc.assert(
    fc.property(record, ([list, value]) =>
      expect(html(createElement(RecordTable, { list, rows: [readRow(sent(value))] }))).not.toMatch(unseen),
    ),
    { numRuns: 300 },
  );
});

it.each(['\ud800', '\0', '../x?y#z', 'x'.repeat(10_000)])('draws %j in every column of every list', (text) => {
  for (const list of Object.values(recordLists)) {
    const value = Object.fromEntries(list.columns.map(({ field }) => [field, text]));
    expect(html(createElement(RecordTable, { list, rows: [readRow(sent(value))] }))).not.toMatch(unseen);
  }
});

it('tells how a document compares with the ledger: the text always, the entries beside the lines, marked where they differ', () => {
  const line = { role: 'FEE', account: '6210', debit: { minor: '320', currency: 'USD', text: '3.20', exact: true }, credit: null };
  const drawn = (state: string, text: string | null): string => {
    const ledger = { state, text, entries: [{ ...line, role: '', account: '6990' }], checkedAt: '2026-11-21T07:33:00Z' };
    const { documents } = readTrace(sent({ documents: [{ kind: 'journal', effect: [line], ledger }] }));
    return html(createElement(Documents, { documents }));
  };
  expect(drawn('different', 'FEE: asked for')).toMatch(
    /class="differs".*no role.*6990.*Different in the ledger.*notice bad.*FEE: asked for/,
  );
  expect(drawn('matched', null)).not.toContain('(differs)'); // by another account, as the ERP says: it was compared by proportion
  expect(drawn('notCompared', 'erp-main does not tell')).toMatch(/Not compared.*class="muted">erp-main does not tell/);
});

it('puts news where its time belongs, once', () => {
  const steps = readTrace(
    sent({
      steps: [
        { at: '2026-11-21T07:00:00Z', stage: 'webhook', title: 'Webhook' },
        { at: '2026-11-21T09:00:00Z', stage: 'read', title: 'Read' },
      ],
    }),
  ).steps;
  const news = readPayment(
    sent({
      news: [
        {
          at: '2026-11-21T08:00:00Z',
          kind: 'refund',
          title: 'Stripe took back 10.50 USD',
          amount: { minor: '1050', currency: 'USD', text: '10.50' },
        },
      ],
    }),
  ).news;
  const all = withNews(steps, news);
  expect(all.map(({ title, stage }) => [title, stage])).toEqual([
    ['Webhook', 'webhook'],
    ['Stripe took back 10.50 USD', 'break'],
    ['Read', 'read'],
  ]);
  expect(withNews(all, news)).toEqual(all);
});

it('says in the place of a section that it could not be shown', () => {
  const state = Section.getDerivedStateFromError(new TypeError('x is not a function\u0000'));
  const section = new Section({ what: 'The list', children: null });
  section.state = state;
  expect(html(section.render())).toContain('The list could not be shown: x is not a function\\u0000');
});
