import { checkDocument } from '@tributary/contracts';
import type { ErpDocumentShape, ErpFieldValue } from '@tributary/contracts';
import { erpDocumentShapes } from './shapes.js';

const shapeOf = (name: string): ErpDocumentShape => {
  const shape = erpDocumentShapes[name];
  if (!shape) throw new Error(`no shape ${name}`);
  return shape;
};
const receipt: Record<string, ErpFieldValue> = {
  CustNum: 1042n,
  TranType: 'PayInv',
  CheckRef: 'ch_1',
  DocTranAmt: '294.29',
  CurrencyCode: 'USD',
  TranDate: '2026-09-01',
  BankAcctID: 'STRIPE',
  StripeChargeID_c: 'ch_1',
};
const codes = (shape: string, fields: Record<string, ErpFieldValue>, later: string[] = []): string[] =>
  checkDocument(shapeOf(shape), fields, later).map((problem) => `${problem.code} ${problem.field}`);

it('finds nothing wrong with a whole receipt', () => {
  expect(codes('epicor-kinetic/cash-receipt', receipt)).toEqual([]);
});

it('takes a field that comes from another document as there', () => {
  const { CustNum: _later, ...rest } = receipt;
  expect(codes('epicor-kinetic/cash-receipt', rest)).toEqual(['missing CustNum']);
  expect(codes('epicor-kinetic/cash-receipt', rest, ['CustNum'])).toEqual([]);
  expect(codes('epicor-kinetic/cash-receipt', rest, ['CustNum', 'CustNo'])).toEqual(['unknown-field CustNo']);
});

// Lengths and types from docs/reference/epicor-kinetic.md section 4.4.
it.each([
  [{ ExternalID: 'x'.repeat(20) }, []],
  [{ ExternalID: 'x'.repeat(21) }, ['too-long ExternalID']],
  [{ CheckRef: '' }, ['missing CheckRef']],
  [{ CheckRef: null }, ['missing CheckRef']],
  [{ DocTranAmt: '1e3' }, ['wrong-type DocTranAmt']],
  [{ DocTranAmt: 29429n }, ['wrong-type DocTranAmt']],
  [{ DocTranAmt: '-0.005' }, []],
  [{ DocTranAmt: '1.0005' }, ['out-of-range DocTranAmt']],
  [{ DocTranAmt: '99999999999999.999' }, []],
  [{ DocTranAmt: '100000000000000' }, ['out-of-range DocTranAmt']],
  [{ TranDate: '2026-02-29' }, ['wrong-type TranDate']],
  [{ TranDate: '2028-02-29' }, []],
  [{ TranDate: '01.09.2026' }, ['wrong-type TranDate']],
  [{ CustNum: 2n ** 31n }, ['out-of-range CustNum']],
  [{ CustNum: '1042' }, ['wrong-type CustNum']],
  [{ Amount: '1' }, ['unknown-field Amount']],
  [{ OrderRef_c: 'WEB-1001', Urgent_c: true }, []],
  [{ OrderRef_c: 'x'.repeat(1_001) }, ['too-long OrderRef_c']],
] as [Record<string, ErpFieldValue>, string[]][])('finds in a receipt with %p: %p', (change, expected) => {
  expect(codes('epicor-kinetic/cash-receipt', { ...receipt, ...change })).toEqual(expected);
});

it('knows that Kinetic spells EMailAddress with a capital M', () => {
  const customer = { CustID: 'STR000123', Name: 'Ada Ltd' };
  expect(codes('epicor-kinetic/customer', { ...customer, EMailAddress: 'ap@ada.example' })).toEqual([]);
  expect(codes('epicor-kinetic/customer', { ...customer, EmailAddress: 'ap@ada.example' })).toEqual(['unknown-field EmailAddress']);
  expect(codes('epicor-kinetic/customer', { ...customer, Inactive: 'yes' })).toEqual(['wrong-type Inactive']);
});

it('does not take names of JavaScript for fields', () => {
  expect(codes('epicor-kinetic/cash-receipt', { ...receipt, constructor: 'x', toString: 'y' })).toEqual([
    'unknown-field constructor',
    'unknown-field toString',
  ]);
});

// docs/reference/stripe.md section 7: key 40 characters without brackets, value 500 characters.
it.each([
  ['k'.repeat(40), 'v'.repeat(500), []],
  ['k'.repeat(41), 'v', [`unknown-field ${'k'.repeat(41)}`]],
  ['a[b]', 'v', ['unknown-field a[b]']],
  ['key', 'v'.repeat(501), ['too-long key']],
])('checks metadata key %p', (key, value, expected) => {
  expect(codes('stripe/metadata', { objectType: 'customer', objectId: 'cus_1', [key]: value })).toEqual(expected);
});

it('says in words what is wrong and where', () => {
  const [problem] = checkDocument(shapeOf('epicor-kinetic/cash-receipt'), { ...receipt, ExternalID: 'x'.repeat(40) });
  expect(problem?.text).toBe('epicor-kinetic/cash-receipt: ExternalID holds 40 characters and takes 20');
});

it('knows the source of every field', () => {
  for (const shape of Object.values(erpDocumentShapes)) {
    for (const field of Object.values(shape.fields)) expect(field.source).toMatch(/^docs\/reference\/[a-z0-9-]+\.md section \d/);
  }
});

it('has a shape for every document of the books of Kinetic, with the tables of their lines', () => {
  const tables = Object.values(erpDocumentShapes)
    .filter(({ name }) => name.startsWith('epicor-kinetic/'))
    .map(({ name, kind, lines }) => [name.slice('epicor-kinetic/'.length), kind, Object.keys(lines ?? {}).join(' ')]);
  expect(tables).toEqual([
    ['customer', 'customer', ''],
    ['cash-receipt', 'cash-receipt', ''],
    ['invoice', 'invoice', 'InvcDtl InvcDtlTGLC'],
    ['credit-memo', 'credit-memo', 'InvcDtl InvcDtlTGLC'],
    ['refund-payment', 'refund-payment', 'InvcDtl InvcDtlTGLC'],
    ['application', 'application', ''],
    ['journal', 'journal', 'GLJrnDtlMnl'],
    ['bank-transfer', 'journal', ''],
  ]);
});

it('has a shape for every document of Prophet 21', () => {
  const own = Object.values(erpDocumentShapes).filter(({ name }) => name.startsWith('prophet21/'));
  expect(own.map(({ name, kind, lines }) => [name, kind, Object.keys(lines ?? {}).join(' ')])).toEqual([
    ['prophet21/customer', 'customer', ''],
    ['prophet21/cash-receipt', 'cash-receipt', ''],
    ['prophet21/credit-memo', 'credit-memo', 'Item'],
    ['prophet21/journal', 'journal', 'Gl'],
  ]);
  for (const { lines = {} } of own)
    for (const field of Object.values(lines).flatMap((row) => Object.values(row))) expect(field.source).toMatch(/^docs\/reference\//);
});

it('has a shape for every document of Dynamics SL, with a source for every field of a line', () => {
  const own = Object.values(erpDocumentShapes).filter(({ name }) => name.startsWith('dynamics-sl/'));
  expect(own.map(({ name, kind, lines }) => [name.slice('dynamics-sl/'.length), kind, Object.keys(lines ?? {}).join(' ')])).toEqual([
    ['customer', 'customer', ''],
    ['cash-receipt', 'cash-receipt', ''],
    ['invoice', 'invoice', 'ARTran'],
    ['credit-memo', 'credit-memo', 'ARTran'],
    ['refund-payment', 'refund-payment', 'ARTran'],
    ['application', 'application', ''],
    ['journal', 'journal', 'GLTran'],
  ]);
  for (const { lines = {} } of own)
    for (const field of Object.values(lines).flatMap((row) => Object.values(row))) expect(field.source).toMatch(/^docs\/reference\//);
});
