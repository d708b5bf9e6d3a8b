import type { PaymentStatusView, StatusTone } from '@tributary/contracts';
import fc from 'fast-check';
import { amountView } from '../../shared/decide/amount-view.js';
import { knownDocumentResults } from '../../shared/decide/results.js';
import { paymentStatus } from './payment-status.js';
import type { CaptureEvidence, DocumentEvidence, LetterEvidence, NewsEvidence, StatusEvidence } from './status-evidence.js';

const at = '2026-11-21T06:00:00.000Z';
const booked: CaptureEvidence = { standing: 'inLedger', standingReason: null, reconciliation: 'matched' };
const receipt: DocumentEvidence = {
  ...{ postingKey: 'kinetic-main/cash-receipt/ch_1', target: 'kinetic-main', kind: 'cash-receipt', result: 'released', number: '942' },
  ...{ text: null, at, eventId: 'evt_1', ledger: 'matched' },
};
const memo: DocumentEvidence = {
  ...receipt,
  ...{ postingKey: 'kinetic-main/credit-memo/re_1', kind: 'credit-memo', number: 'CM-118', eventId: 'evt_2', result: 'posted' },
};
const refund: NewsEvidence = {
  ...{ objectId: 're_1', kind: 'refund', amount: amountView('22355', 'EUR'), inquiry: false, status: 'succeeded', unbooked: false },
  ...{ inFlight: false, eventIds: ['evt_2'] },
};
const letter: LetterEvidence = {
  ...{ id: 'dl_1', target: 'kinetic-main', text: 'the period 2026-11 is closed', code: 'erp.period-closed', held: false, asks: false },
  ...{ ordered: false, at, parkedBehind: 0 },
};
const evidence = (change: Partial<StatusEvidence> = {}): StatusEvidence => ({
  ...{ captures: [booked], documents: [receipt], letters: [], parked: 0, news: [], payouts: [], ...change },
});
const needing = (standingReason: string | null): CaptureEvidence => ({
  standing: 'needsPerson',
  standingReason,
  reconciliation: 'different',
});

/** The sentence as it is read: clauses with semicolons between them. */
function sentence({ clauses }: PaymentStatusView): string {
  return clauses.map(({ parts }) => parts.map(({ text }) => text).join('')).join('; ');
}

it.each<[string, Partial<StatusEvidence>, StatusTone, string]>([
  ['a plain payment', {}, 'settled', 'In the ledger of kinetic-main as 942'],
  [
    'a refund that is booked',
    { documents: [receipt, memo], news: [refund] },
    'settled',
    'In the ledger of kinetic-main as 942; 223.55 EUR refunded, booked as CM-118 in kinetic-main',
  ],
  [
    'a refund that is being booked',
    { news: [{ ...refund, inFlight: true }] },
    'settled',
    'In the ledger of kinetic-main as 942; 223.55 EUR refunded, on its way to the ledger',
  ],
  [
    'a refund that nobody booked',
    { captures: [needing('Stripe refunded 223.55 EUR: not booked in the ledger')], news: [{ ...refund, unbooked: true }] },
    'open',
    '223.55 EUR refunded, and the ledger does not have it; kinetic-main has 942',
  ],
  [
    'a failure in a ledger with messages behind it',
    {
      captures: [needing('Dead-lettered: erp.period-closed')],
      documents: [{ ...receipt, result: 'rejected', number: null, text: 'the period 2026-11 is closed', ledger: null }],
      letters: [{ ...letter, parkedBehind: 2 }],
    },
    'open',
    `Failed in kinetic-main since ${at}: the period 2026-11 is closed; 2 messages wait behind it`,
  ],
  [
    'a question',
    {
      captures: [needing('Held: customer.doubtful')],
      documents: [],
      letters: [{ ...letter, target: null, held: true, asks: true, text: 'Which customer is it?' }],
    },
    'open',
    `Waits for an answer before any ledger since ${at}: Which customer is it?`,
  ],
  ['paid out', { payouts: [{ payoutId: 'po_1', at }] }, 'settled', `In the ledger of kinetic-main as 942; Paid out on ${at} in po_1`],
  [
    'several targets, one of which is still working',
    { documents: [receipt, { ...receipt, postingKey: 'sl-main/cash-receipt/ch_1', target: 'sl-main', result: null, number: null }] },
    'underWay',
    `On its way to sl-main: cash receipt, asked for ${at}; kinetic-main has 942`,
  ],
  [
    'several targets, all of them done',
    { documents: [receipt, { ...receipt, postingKey: 'sl-main/cash-receipt/ch_1', target: 'sl-main', number: '000123' }] },
    'settled',
    'In the ledger of kinetic-main as 942; In the ledger of sl-main as 000123',
  ],
  [
    'saved and not read yet',
    { captures: [{ ...booked, reconciliation: 'pending' }], documents: [{ ...receipt, result: 'posted', ledger: 'pending' }] },
    'settled',
    'Saved in kinetic-main as 942; its ledger was not read yet',
  ],
  [
    'on its way',
    { captures: [{ standing: 'onItsWay', standingReason: null, reconciliation: null }], documents: [] },
    'underWay',
    'On its way: nothing was asked of a ledger yet',
  ],
  [
    'waiting for another document',
    { documents: [{ ...receipt, result: 'waiting', text: 'needs kinetic-main/customer/cus_1' }] },
    'underWay',
    `Waits in kinetic-main: cash receipt, needs kinetic-main/customer/cus_1, since ${at}`,
  ],
  [
    'no money',
    { captures: [{ standing: 'failedAtStripe', standingReason: 'x', reconciliation: null }], documents: [] },
    'closed',
    'Failed at Stripe: no money came',
  ],
  [
    'skipped',
    { captures: [{ standing: 'notBooked', standingReason: 'Skipped by an operator', reconciliation: null }], documents: [] },
    'closed',
    'Skipped by an operator',
  ],
  [
    'a document that the ledger has in another way',
    { documents: [{ ...receipt, ledger: 'different' }] },
    'open',
    'kinetic-main booked 942 in another way than it was asked to; kinetic-main has 942',
  ],
  [
    'a break without any other sign',
    { captures: [needing('Stripe has 10.00 USD, the ledger 9.00 USD')] },
    'open',
    'Needs a person: Stripe has 10.00 USD, the ledger 9.00 USD; kinetic-main has 942',
  ],
  ['confirmed by a person', { documents: [] }, 'settled', 'In the ledger: a person confirmed its document'],
  [
    'a dispute that was lost',
    { documents: [receipt, memo], news: [{ ...refund, objectId: 'dp_1', kind: 'dispute-closed', status: 'lost' }] },
    'settled',
    'In the ledger of kinetic-main as 942; Dispute over 223.55 EUR closed: lost, booked as CM-118 in kinetic-main',
  ],
])('says of %s where it stands', (_what, change, tone, text) => {
  const status = paymentStatus(evidence(change));
  expect([status.tone, sentence(status)]).toEqual([tone, text]);
});

const text = fc.option(fc.constantFrom('because', ''), { nil: null });
const captures = fc.array(
  fc.record({
    standing: fc.constantFrom('inLedger', 'onItsWay', 'needsPerson', 'notBooked', 'failedAtStripe'),
    standingReason: text,
    reconciliation: fc.constantFrom('matched', 'missing', 'different', 'pending', null),
  }),
  { maxLength: 3 },
);
const documents = fc.array(
  fc.record({
    postingKey: fc.constantFrom('a/cash-receipt/1', 'b/cash-receipt/1'),
    target: fc.constantFrom('a', 'b'),
    kind: fc.constantFrom('cash-receipt', 'credit-memo', 'customer', 'metadata'),
    result: fc.constantFrom(
      'posted',
      'released',
      'adopted',
      'updated',
      'duplicate',
      'stale',
      'skipped',
      'waiting',
      'held',
      'rejected',
      'newer',
      null,
    ),
    number: fc.constantFrom('942', null),
    text,
    at: fc.constant(at),
    eventId: fc.constantFrom('evt_1', 'evt_2'),
    ledger: fc.constantFrom('matched', 'different', 'missing', 'pending', 'notCompared', null),
  }),
  { maxLength: 4 },
);
const letters = fc.array(
  fc.record({
    ...{
      id: fc.constant('dl_1'),
      target: fc.constantFrom('a', null),
      text,
      code: fc.constant('x.y'),
      held: fc.boolean(),
      asks: fc.boolean(),
    },
    ...{ ordered: fc.boolean(), at: fc.constant(at), parkedBehind: fc.nat({ max: 3 }) },
  }),
  { maxLength: 2 },
);
const news = fc.array(
  fc.record({
    objectId: fc.constant('re_1'),
    kind: fc.constantFrom(
      'failed',
      'refund',
      'refund-updated',
      'refund-failed',
      'dispute',
      'dispute-withdrawn',
      'dispute-reinstated',
      'dispute-closed',
    ),
    amount: fc.constant(amountView('22355', 'EUR')),
    inquiry: fc.boolean(),
    status: fc.constantFrom('succeeded', 'canceled', 'won', null),
    unbooked: fc.boolean(),
    inFlight: fc.boolean(),
    eventIds: fc.constant(['evt_2']),
  }),
  { maxLength: 2 },
);
const everything = fc.record({
  ...{ captures, documents, letters, news, parked: fc.nat({ max: 2 }) },
  payouts: fc.array(fc.record({ payoutId: fc.constant('po_1'), at: fc.constantFrom(at, null) }), { maxLength: 1 }),
}) as fc.Arbitrary<StatusEvidence>;

/** Whether a person has to do something, said by the evidence alone. */
function isOpen(one: StatusEvidence): boolean {
  return (
    one.letters.length > 0 ||
    one.captures.some(({ standing }) => standing === 'needsPerson') ||
    one.documents.some(({ result, ledger }) => result === 'rejected' || result === 'held' || ledger === 'different' || ledger === 'missing')
  );
}

it('is never empty, never green while something is open, and never contradicts itself', () => {
  const urgency: readonly StatusTone[] = ['open', 'underWay', 'closed', 'settled'];
  fc.assert(
    fc.property(everything, (one) => {
      const { tone, clauses } = paymentStatus(one);
      const said = sentence({ tone, clauses });
      expect(clauses.length).toBeGreaterThan(0);
      for (const { parts } of clauses)
        expect(
          parts
            .map(({ text: words }) => words)
            .join('')
            .trim(),
        ).not.toBe('');
      const tones = clauses.map((clause) => clause.tone);
      expect(tone).toBe(urgency.find((each) => tones.includes(each)));
      expect(tone === 'open').toBe(isOpen(one));
      if (tone === 'open' || tone === 'underWay') {
        expect(tones).not.toContain('settled');
        expect(said).not.toMatch(/In the ledger|Saved in/);
        expect(tones[0]).toBe(tone);
      }
      if (tone === 'settled') expect(one.captures.every(({ standing }) => standing === 'inLedger')).toBe(true);
      if (said.includes('no money came')) expect(one.captures.some(({ standing }) => standing === 'failedAtStripe')).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});

it('says something of every ledger that has a document of the payment', () => {
  fc.assert(
    fc.property(everything, (one) => {
      const said = sentence(paymentStatus(one));
      for (const { target, kind, result } of one.documents) {
        const matters = kind === 'cash-receipt' || kind === 'credit-memo';
        if (matters && result !== null && knownDocumentResults.includes(result) && one.news.length === 0)
          expect(said).toMatch(new RegExp(`\\b${target}\\b`));
      }
    }),
  );
});
