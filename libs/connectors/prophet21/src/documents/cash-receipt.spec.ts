import type { ErpDocument } from '@tributary/connector-kit';
import { postingKey } from '@tributary/domain';
import type { Answer } from '../../test/fake-p21.js';
import { FakeP21, rows } from '../../test/fake-p21.js';
import { plantedPrefix } from '../p21-keys.js';

const never = new AbortController().signal;
const key = postingKey({ target: 'p21-main', kind: 'cash-receipt', sourceId: 'ch_1' });
const receipt: ErpDocument = {
  postingKey: key,
  kind: 'cash-receipt',
  shape: 'prophet21/cash-receipt',
  protocol: 'create-once',
  lines: [],
  fields: {
    customer_id: '100198',
    bank_no: '1',
    payment_type_id: '2',
    payment_amount: '294.29',
    date_received: '2026-09-01',
    currency: 'USD',
    payment_desc: 'ch_1 WEB-1001',
  },
};
const configured = { P21_RECEIPT_SERVICE: 'CashReceipts', P21_RECEIPT_FIELDS: 'payment_desc=memo' };
const fields = ['customer_id', 'bank_no', 'payment_type_id', 'payment_amount', 'date_received', 'memo'];
const definition = {
  Name: 'CashReceipts',
  DataElementDefinitions: [{ Name: 'TABPAGE_1.cash_receipts', Fields: fields.map((Name) => ({ Name })) }],
};
const passed = { Messages: ['Transaction 1:: '], Results: { Transactions: [] }, Summary: { Succeeded: 1, Failed: 0, Other: 0 } };
const stored = { payment_number: 77, payment_desc: `${plantedPrefix(key)} ch_1`, payment_amount: '294.2900', delete_flag: 'N' };

const answering =
  (change: { services?: unknown; definition?: unknown; transaction?: unknown; payments?: object[] }): Answer =>
  ({ path }) => {
    if (path === '/uiserver3/api/v2/services') return change.services ?? [{ Name: 'Order' }, { Name: 'CashReceipts' }];
    if (path === '/uiserver3/api/v2/definition/CashReceipts') return change.definition ?? definition;
    if (path === '/uiserver3/api/v2/transaction') return change.transaction ?? passed;
    if (path.startsWith('/odataservice/odata/table/ar_payment_details')) return rows(change.payments ?? [stored]);
    return undefined;
  };

it('is entered by the service that the site names, in the order of its form, and read back', async () => {
  const p21 = new FakeP21(answering({}), configured);
  expect(await p21.connector().post(receipt, never)).toEqual({ kind: 'posted', reference: { CompanyId: 'ACME', PaymentNumber: '77' } });
  const sent = p21.calls.find(({ path }) => path.endsWith('/transaction'));
  expect(sent?.body).toEqual({
    Name: 'CashReceipts',
    UseCodeValues: false,
    IgnoreDisabled: false,
    Transactions: [
      {
        Status: 'New',
        DataElements: [
          {
            Name: 'TABPAGE_1.cash_receipts',
            Type: 'Form',
            Keys: [],
            Rows: [
              {
                Edits: [
                  { Name: 'customer_id', Value: '100198' },
                  { Name: 'bank_no', Value: '1' },
                  { Name: 'payment_type_id', Value: '2' },
                  { Name: 'date_received', Value: '2026-09-01' },
                  { Name: 'payment_amount', Value: '294.29' },
                  { Name: 'memo', Value: `${plantedPrefix(key)} ch_1 WEB-1001` },
                ],
                RelativeDateEdits: [],
              },
            ],
          },
        ],
      },
    ],
  });
});

it.each([
  [{}, {}, /P21_RECEIPT_SERVICE names no Transaction service/],
  [configured, { services: ['Order'] }, /no Transaction service CashReceipts/],
  [configured, { definition: { Name: 'CashReceipts' } }, /no form TABPAGE_1.cash_receipts/],
  [{ P21_RECEIPT_SERVICE: 'CashReceipts' }, {}, /has no field payment_desc/],
])('is held with the name of what is missing (%j, %j), and nothing is written', async (environment, change, text) => {
  const p21 = new FakeP21(answering(change), environment);
  const outcome = await p21.connector().post(receipt, never);
  expect(outcome).toMatchObject({ kind: 'ambiguous', code: 'p21.service-missing', text: expect.stringMatching(text) });
  expect(p21.made().filter((call) => call.endsWith('/transaction'))).toEqual([]);
});

it('that passed and is not there may be stored: unknown', async () => {
  expect(await new FakeP21(answering({ payments: [] }), configured).connector().post(receipt, never)).toMatchObject({ kind: 'unknown' });
});

it('that is there with another amount is told as not whole', async () => {
  const other = { ...stored, payment_amount: '29.4200' };
  const outcome = await new FakeP21(answering({ payments: [other] }), configured).connector().post(receipt, never);
  expect(outcome).toMatchObject({ kind: 'partial', missing: ['payment_amount'], code: 'p21.written-differently' });
});

it('is refused before the call when a text is too long, and nothing is sent', async () => {
  const p21 = new FakeP21(answering({}), configured);
  const tooLong = { ...receipt, fields: { ...receipt.fields, payment_desc: 'x'.repeat(33) } };
  expect(await p21.connector().post(tooLong, never)).toMatchObject({ kind: 'rejected', field: 'payment_desc', code: 'p21.field-invalid' });
  expect(p21.calls).toEqual([]);
});

it('is found by its mark only where the mark is the whole one', async () => {
  const payments = [{ ...stored, payment_desc: `${plantedPrefix(key)}X` }];
  expect(await new FakeP21(answering({ payments })).connector().find(key, 'cash-receipt', never)).toBeUndefined();
});
