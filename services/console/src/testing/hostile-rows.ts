/**
 * One invalid row of each kind, as recon could send it after every possible defect: invalid amounts, NUL and control characters, direction
 * marks, huge texts, unknown values, null in every field, invalid dates, wrong types, deep nesting.
 */
const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
const amount = { minor: '1050', currency: 'USD', text: '10.50', exact: true };
const whole = {
  chargeId: 'ch_whole',
  paymentId: 'pi_whole',
  eventId: 'evt_whole',
  part: null,
  customerId: 'cus_1',
  customerName: 'A quiet row',
  amount,
  receivedAt: '2026-11-21T07:31:39.000Z',
  stage: 'released',
  state: 'posted',
  reason: null,
  standing: 'inLedger',
  standingReason: null,
  reconciliation: 'matched',
  reconciliationBasis: 'our-reading',
  reconciliationText: null,
  ledgerAmount: amount,
  reference: { HeadNum: '945' },
  settlement: null,
  news: [],
  masked: [],
};
const nulls = Object.fromEntries(Object.keys(whole).map((name) => [name, null]));

/** Invalid rows, each with a name for the test report. */
export const hostileRows: readonly { readonly name: string; readonly row: unknown }[] = [
  { name: 'a row as it should be', row: whole },
  {
    name: 'an amount that its currency cannot have',
    row: { ...whole, amount: { minor: '114850', currency: 'ISK', text: '114850', exact: false } },
  },
  { name: 'an amount of no currency', row: { ...whole, amount: { minor: '5', currency: '???\u0000', text: 'NaN' } } },
  { name: 'an amount of numbers', row: { ...whole, amount: { minor: 5, currency: 7, text: 1e300, exact: 'yes' }, ledgerAmount: 'much' } },
  {
    name: 'NUL and control characters',
    row: { ...whole, chargeId: 'ch_\u0000\u0007', customerName: 'a\u0000b\u001b[31m\nc', reason: '\u0000' },
  },
  {
    name: 'direction marks and invisible characters',
    row: { ...whole, customerName: '\u202Egpj.exe\u2066\u200B\uFEFF', standingReason: '\u202E' },
  },
  { name: 'unpaired surrogates', row: { ...whole, chargeId: 'ch_\ud800', paymentId: '\udfff', part: '\ud800', customerName: '\ud83d' } },
  { name: 'markup', row: { ...whole, customerName: '<img src=x onerror=alert(1)>', reason: '"><script>alert(1)</script>' } },
  {
    name: 'huge text',
    row: { ...whole, customerName: 'x'.repeat(300_000), standingReason: 'word '.repeat(60_000), chargeId: `ch_${'9'.repeat(20_000)}` },
  },
  { name: 'a pile of combining marks', row: { ...whole, customerName: `z${'\u0336'.repeat(5_000)}` } },
  {
    name: 'words of no list',
    row: {
      ...whole,
      state: 'quantum',
      standing: '__proto__',
      stage: 'constructor',
      reconciliation: 'toString',
      reconciliationBasis: 'rumour',
    },
  },
  { name: 'null in every field', row: nulls },
  { name: 'nothing', row: null },
  { name: 'no fields', row: {} },
  { name: 'a text instead of a row', row: 'ch_1' },
  { name: 'a list instead of a row', row: [whole] },
  {
    name: 'odd dates',
    row: {
      ...whole,
      receivedAt: '+275760-09-14T00:00:00Z',
      news: [{ at: 'yesterday', kind: 'refund', amount, title: 'Stripe took back 10.50 USD' }],
    },
  },
  {
    name: 'no dates',
    row: { ...whole, receivedAt: 0, news: [{ at: null, kind: null, amount: null, title: null, text: null, eventId: null }] },
  },
  { name: 'wrong types', row: { ...whole, news: 'bad', masked: { a: 1 }, reference: [1, 2], settlement: true, reason: { a: 1 } } },
  {
    name: 'odd lists',
    row: {
      ...whole,
      news: [null, 1, 'x', []],
      masked: [null, {}, '\u0000', 'metadata.note'],
      reference: { '\u0000': null, __proto__: 'x' },
    },
  },
  { name: 'deep nesting', row: { ...whole, reason: nested(3_000), reference: { deep: nested(3_000) }, news: nested(3_000) } },
  {
    name: 'a payment without amount and charge',
    row: { ...whole, chargeId: null, paymentId: null, amount: null, standing: 'needsPerson' },
  },
];

/** Steps of a trace with wrong types and values. */
export const hostileSteps: readonly unknown[] = [
  null,
  {},
  'step',
  { at: 'never', stage: 'toString', title: 'x'.repeat(100_000), ids: { 'posting key': '\u0000', n: 5, deep: nested(500) }, text: '\u202E' },
  { at: '2026-11-21T07:31:39.213Z', stage: 'webhook', title: 'Webhook charge.succeeded', ids: { event: 'evt_1' }, text: null },
];
