import type {
  AmountView,
  DocumentView,
  EffectLineView,
  LedgerMoneyView,
  MoneyLineView,
  PaymentDetail,
  PaymentMoneyView,
  PaymentView,
  StatusPart,
  StatusTone,
  StepView,
} from '@tributary/contracts';

const at = '2026-11-21T07:31:39.000Z';
const later = '2026-11-23T09:15:00.000Z';

/** An amount in a currency of two decimals. */
export function money(text: string, currency = 'USD'): AmountView {
  return { minor: text.replace('.', '').replace(/^(-?)0+(?=\d)/, '$1'), currency, text, exact: true };
}

const words = (text: string): StatusPart => ({ kind: 'text', text });
const amountOf = (amount: AmountView): StatusPart => ({ kind: 'amount', text: `${amount.text} ${amount.currency}`, amount });
const receiptKey = (target = 'kinetic-main'): string => `${target}/cash-receipt/ch_story`;
const documentOf = (text: string, postingKey: string): StatusPart => ({ kind: 'document', text, postingKey });

const payment: PaymentView = {
  ...{
    chargeId: 'ch_story',
    part: null,
    paymentId: 'pi_story',
    eventId: 'evt_story',
    customerId: 'cus_story',
    customerName: 'Kettle Creek Outfitters',
  },
  ...{
    amount: money('294.29'),
    receivedAt: at,
    stage: 'released',
    state: 'posted',
    reason: null,
    standing: 'inLedger',
    standingReason: null,
  },
  ...{
    settlement: null,
    reconciliation: 'matched',
    reconciliationText: null,
    reconciliationBasis: 'balance-transaction',
    ledgerAmount: money('294.29'),
  },
  ...{ reference: { GroupID: 'S26112102', HeadNum: '942' }, news: [], masked: [] },
};

const line = (role: string, account: string | null, debit: string | null, credit: string | null, currency = 'USD'): EffectLineView => ({
  ...{ role, account, debit: debit === null ? null : money(debit, currency), credit: credit === null ? null : money(credit, currency) },
});

const rule: DocumentView['rule'] = {
  ...{ flow: 'receipts', mappingVersion: 'a'.repeat(64), step: 'receipt', mapping: 'cash-receipt', text: null },
  place: { path: 'flows/receipts.yaml', line: 12 },
  lines: [
    { role: 'CLR', side: 'debit', amount: money('294.29'), account: '1150-00-00', place: { path: 'profiles/kinetic-main.yaml', line: 57 } },
  ],
};

function receipt(change: Partial<DocumentView> = {}): DocumentView {
  const effect = [line('CLR', '1150-00-00', '294.29', null), line('AR', null, null, '294.29')];
  const entries = [line('CLR', '1150-00-00', '294.29', null), line('AR', '1100-00-00', null, '294.29')];
  return {
    ...{
      postingKey: receiptKey(),
      target: 'kinetic-main',
      kind: 'cash-receipt',
      number: '942',
      link: 'https://erp.example.com/942',
      eventId: 'evt_story',
    },
    ...{ result: 'released', requestedAt: at, reference: { GroupID: 'S26112102', HeadNum: '942' }, lines: [], effect },
    ledger: { state: 'matched', text: null, entries, checkedAt: at },
    rule,
    ...change,
  };
}

function memo(change: Partial<DocumentView> = {}): DocumentView {
  const effect = [line('AR', null, '223.55', null), line('CLR', '1150-00-00', null, '223.55')];
  return receipt({
    ...{
      postingKey: 'kinetic-main/credit-memo/re_story',
      kind: 'credit-memo',
      number: 'CM-118',
      eventId: 'evt_refund',
      requestedAt: later,
    },
    ...{ reference: { InvoiceNum: 'CM-118' }, link: null, effect, ledger: { state: 'pending', text: null, entries: [], checkedAt: null } },
    lines: [{ table: 'InvcDtl', key: '1', fields: { LineDesc: 'Refund', DocUnitPrice: '223.55' } }],
    ...change,
  });
}

const chargedLine = (amount: AmountView): MoneyLineView => ({
  what: 'charged',
  detail: null,
  amount,
  at,
  source: { kind: 'event', eventId: 'evt_story' },
});
const movement = (what: MoneyLineView['what'], amount: AmountView, id = 'txn_story'): MoneyLineView => ({
  what,
  detail: null,
  amount,
  at,
  source: { kind: 'movement', id },
});

function ledgerOf(target: string, clearing: string, expected: string, difference: string): LedgerMoneyView {
  const source = { kind: 'document', postingKey: receiptKey(target) } as const;
  const lines = [{ what: 'receipt', detail: 'cash-receipt', amount: money('294.29'), at, source, state: 'matched' } as const];
  return {
    target,
    lines,
    clearing: money(clearing),
    clearingRead: true,
    expected: money(expected),
    difference: money(difference),
    text: null,
  };
}

const plainMoney: PaymentMoneyView = {
  charge: { lines: [chargedLine(money('294.29'))], kept: money('294.29') },
  conversion: null,
  balance: [{ currency: 'USD', lines: [movement('charged', money('294.29')), movement('fee', money('-8.83'))], net: money('285.46') }],
  payouts: [],
  balanceText: 'In no payout yet, as far as it is known: Stripe tells the members of automatic payouts only',
  ledgers: [ledgerOf('kinetic-main', '294.29', '294.29', '0.00')],
};

const step = (
  when: string,
  stage: string,
  title: string,
  ids: Record<string, string>,
  evidence: StepView['evidence'] = null,
): StepView => ({ at: when, stage, title, ids, text: null, evidence });
const steps: readonly StepView[] = [
  step(
    at,
    'webhook',
    'Webhook charge.succeeded',
    { event: 'evt_story', endpoint: 'default', 'raw record': '4/79' },
    { kind: 'message', id: 'evt_story' },
  ),
  step(
    '2026-11-21T07:31:39.200Z',
    'canonical',
    'Understood as ar.payment-received',
    { fact: 'fact_story' },
    { kind: 'message', id: 'fact_story' },
  ),
  step(
    '2026-11-21T07:31:39.400Z',
    'requested',
    'Asked for: cash receipt',
    { 'posting key': receiptKey(), target: 'kinetic-main' },
    { kind: 'message', id: 'req_story' },
  ),
  step(
    '2026-11-21T07:31:40.000Z',
    'released',
    'Cash receipt: in the ledger',
    { 'posting key': receiptKey(), HeadNum: '942' },
    { kind: 'message', id: 'out_story' },
  ),
];

function detail(
  tone: StatusTone,
  clauses: readonly (readonly [StatusTone, ...StatusPart[]])[],
  change: Partial<PaymentDetail> = {},
): PaymentDetail {
  const shown = change.payment ?? payment;
  return {
    ...{ payment: shown, captures: [shown], account: null, money: plainMoney, steps, documents: [receipt()] },
    status: { tone, clauses: clauses.map(([own, ...parts]) => ({ tone: own, parts })) },
    ...change,
  };
}

const booked = [words('In the ledger of kinetic-main as '), documentOf('942', receiptKey())] as const;
const refundMoney: PaymentMoneyView = {
  ...plainMoney,
  charge: {
    lines: [
      chargedLine(money('294.29')),
      { ...chargedLine(money('-223.55')), what: 'refunded', source: { kind: 'event', eventId: 'evt_refund' } },
    ],
    kept: money('70.74'),
  },
  balance: [
    {
      currency: 'USD',
      lines: [movement('charged', money('294.29')), movement('fee', money('-8.83')), movement('refunded', money('-223.55'), 'txn_refund')],
      net: money('61.91'),
    },
  ],
  payouts: [{ payoutId: 'po_story', movementId: 'txn_po', at: later, share: money('61.91'), total: money('4810.22') }],
  balanceText: null,
  ledgers: [ledgerOf('kinetic-main', '70.74', '70.74', '0.00')],
};
const refundSteps: readonly StepView[] = [
  ...steps,
  step(later, 'webhook', 'Webhook refund.created', { event: 'evt_refund' }, { kind: 'message', id: 'evt_refund' }),
  step(later, 'news', 'Stripe refunded 223.55 USD', { event: 'evt_refund' }, { kind: 'message', id: 'evt_refund' }),
  step('2026-11-23T09:15:01.000Z', 'posted', 'Credit memo: saved in the ERP', { InvoiceNum: 'CM-118' }, null),
  step(
    '2026-11-24T00:00:00.000Z',
    'payout',
    'Paid out: 4810.22 USD',
    { payout: 'po_story', movement: 'txn_po' },
    { kind: 'movement', id: 'txn_po' },
  ),
];
const news = (kind: 'refund' | 'dispute-withdrawn', amount: AmountView, title: string): PaymentView['news'][number] => ({
  at: later,
  kind,
  amount,
  title,
  text: null,
  eventId: 'evt_refund',
});
const needsPerson = (standingReason: string, reconciliation: PaymentView['reconciliation']): PaymentView => ({
  ...payment,
  ...{ standing: 'needsPerson', standingReason, reconciliation },
});

/** Payments as recon tells them, one of each kind that an accountant meets. */
export const paymentStories = {
  plain: detail('settled', [['settled', ...booked]]),
  refunded: detail(
    'settled',
    [
      ['settled', ...booked],
      [
        'settled',
        amountOf(money('223.55')),
        words(' refunded, booked as '),
        documentOf('CM-118', 'kinetic-main/credit-memo/re_story'),
        words(' in kinetic-main'),
      ],
      [
        'settled',
        words('Paid out on '),
        { kind: 'instant', text: later, at: later },
        words(' in '),
        { kind: 'payout', text: 'po_story', payoutId: 'po_story' },
      ],
    ],
    {
      payment: { ...payment, news: [news('refund', money('223.55'), 'Stripe refunded 223.55 USD')] },
      money: refundMoney,
      steps: refundSteps,
      documents: [receipt(), memo()],
    },
  ),
  disputed: detail(
    'open',
    [
      ['open', amountOf(money('294.29')), words(' taken back because of a dispute, and the ledger does not have it')],
      ['closed', words('kinetic-main has '), documentOf('942', receiptKey())],
    ],
    {
      payment: {
        ...needsPerson('Stripe took back 294.29 USD because of a dispute: not booked in the ledger', 'different'),
        news: [news('dispute-withdrawn', money('294.29'), 'Stripe took back 294.29 USD because of a dispute')],
      },
      money: {
        ...plainMoney,
        charge: { lines: [chargedLine(money('294.29')), { ...chargedLine(money('-294.29')), what: 'disputed' }], kept: money('0.00') },
        balance: [
          {
            currency: 'USD',
            lines: [
              movement('charged', money('294.29')),
              movement('fee', money('-8.83')),
              movement('disputed', money('-294.29'), 'txn_dp'),
              movement('fee', money('-15.00'), 'txn_dp'),
            ],
            net: money('-23.83'),
          },
        ],
        ledgers: [ledgerOf('kinetic-main', '294.29', '0.00', '294.29')],
      },
    },
  ),
  failed: detail(
    'open',
    [
      [
        'open',
        { kind: 'list', text: 'Failed in kinetic-main', list: '/dead-letters/dl_story' },
        words(' since '),
        { kind: 'instant', text: at, at },
        words(': the period 2026-11 is closed; '),
        { kind: 'list', text: '2 messages wait behind it', list: '/dead-letters/parked' },
      ],
    ],
    {
      payment: {
        ...needsPerson('Dead-lettered: posting.period-closed', 'pending'),
        state: 'deadLettered',
        ledgerAmount: null,
        reference: null,
      },
      documents: [receipt({ result: 'rejected', number: null, reference: null, link: null, ledger: null })],
      money: { ...plainMoney, ledgers: [] },
      steps: [
        ...steps.slice(0, 3),
        {
          ...step('2026-11-21T07:31:41.000Z', 'dead-letter', 'Dead-lettered', { message: 'req_story' }, { kind: 'letter', id: 'dl_story' }),
          text: 'posting.period-closed: the period 2026-11 is closed',
        },
        {
          ...step(
            '2026-11-21T09:40:00.000Z',
            'decision',
            'Ada ordered to try it again',
            { order: 'ord_story', letter: 'dl_story' },
            { kind: 'order', id: 'ord_story' },
          ),
          text: 'the period is open again',
        },
      ],
    },
  ),
  severalTargets: detail(
    'open',
    [
      ['open', words('sl-main booked '), documentOf('000123', receiptKey('sl-main')), words(' in another way than it was asked to')],
      ['closed', words('kinetic-main has '), documentOf('942', receiptKey())],
      ['closed', words('sl-main has '), documentOf('000123', receiptKey('sl-main'))],
    ],
    {
      payment: needsPerson('sl-main booked it in another way', 'matched'),
      documents: [
        receipt(),
        receipt({
          ...{ postingKey: receiptKey('sl-main'), target: 'sl-main', number: '000123', link: null, reference: { RefNbr: '000123' } },
          ledger: {
            ...{
              state: 'different',
              checkedAt: at,
              text: 'CLR (1150-00-00): asked for 294.29 USD debit, the ledger has 249.29 USD debit. Correct the entry in the ledger',
            },
            entries: [line('CLR', '1150-00-00', '249.29', null), line('AR', '1100', null, '249.29')],
          },
        }),
      ],
      money: {
        ...plainMoney,
        ledgers: [ledgerOf('kinetic-main', '294.29', '294.29', '0.00'), ledgerOf('sl-main', '249.29', '294.29', '-45.00')],
      },
    },
  ),
  foreign: detail('settled', [['settled', ...booked]], {
    payment: { ...payment, amount: money('271.40', 'EUR') },
    money: {
      ...plainMoney,
      charge: { lines: [chargedLine(money('271.40', 'EUR'))], kept: money('271.40', 'EUR') },
      conversion: { from: money('271.40', 'EUR'), to: money('294.29'), rate: '1.084340' },
    },
  }),
} as const satisfies Readonly<Record<string, PaymentDetail>>;
