import { P21Client } from './testing/p21-client.js';
import { transactionBody, Windows } from './testing/windows.js';

let p21: P21Client;
let windows: Windows;
beforeAll(async () => {
  p21 = await P21Client.start();
  windows = new Windows(p21);
});
beforeEach(() => p21.control('POST', 'reset'));
afterAll(() => p21.stop());
afterEach(async () => expect((await p21.ledger()).brokenRules).toEqual([]));

const widget = (unit_quantity: string, more: object = {}) => ({ oe_order_item_id: 'WIDGET-001', unit_quantity, ...more });

it('the UI server is discovered, and another number is not there', async () => {
  const { body } = await p21.send('GET', '/api/ui/router/v1/?urlType=external');
  expect(body).toEqual({ Url: `${p21.origin}/uiserver0` });
  expect((await p21.send('GET', '/api/ui/router/v1?urlType=external')).status).toBe(307);
  expect((await p21.send('GET', '/uiserver1/api/v2/services')).status).toBe(404);
});

it('services and definitions tell what there is; an unknown name is an empty 500', async () => {
  expect((await p21.send('GET', '/uiserver0/api/v2/services')).body).toContain('CashReceipts');
  const { body } = await p21.send('GET', '/uiserver0/api/v2/definition/CashReceipts');
  const [form] = body.Template.TransactionSet.Transactions[0].DataElements;
  expect(form).toMatchObject({ Name: 'TABPAGE_1.cash_receipts', Type: 'Form' });
  expect(form.Rows[0].Edits.map(({ Name }: { Name: string }) => Name)).toContain('payment_desc');
  expect(await p21.send('GET', '/uiserver0/api/v2/definition/None')).toMatchObject({ status: 500, text: '' });
});

describe('orders', () => {
  it('are made with their lines, and answered with their number', async () => {
    const order = await windows.order([widget('2')]);
    expect(order).toBe('1013938');
    expect(await p21.rows('oe_line', `order_no eq '${order}'`)).toMatchObject([
      { item_id: 'WIDGET-001', unit_quantity: 2, unit_price: 62.75 },
    ]);
  });

  it('rows with equal keys collapse into one, unless the request has other keys', async () => {
    await windows.order([widget('5'), widget('10')]);
    expect(await p21.rows('oe_line')).toMatchObject([{ unit_quantity: 10 }]);
    const apart = await windows.order([widget('5', { user_line_no: '1' }), widget('10', { user_line_no: '2' })], {}, ['user_line_no']);
    expect(await p21.rows('oe_line', `order_no eq '${apart}'`)).toHaveLength(2);
    // Sent again with its number and the same keys, nothing is added.
    const again = await windows.order([widget('7', { user_line_no: '1' })], { order_no: apart }, ['user_line_no']);
    expect(again).toBe(apart);
    expect(await p21.rows('oe_line', `order_no eq '${apart}'`)).toMatchObject([{ unit_quantity: 7 }, { unit_quantity: 10 }]);
  });

  it.each([
    ['without a ship-to', { ship_to_id: '' }, 'This column is required.'],
    ['without a source location', { source_loc_id: '' }, 'Jurisdiction ID for Order Header Tax is required.'],
    ['requested too early', { requested_date: '2026-11-20' }, 'Requested date must be after the order date.'],
    ['with the company', { company_id: 'ACME' }, 'Column is disabled: company_id'],
    ['of an unknown customer', { customer_id: '1' }, 'Customer ID 1 is not valid.'],
    ['with a field of another case', { Customer_id: '1' }, 'Column not found: Customer_id'],
    ['with a text that is too long', { po_no: 'x'.repeat(51) }, 'po_no: the value is longer than 50 characters.'],
  ])('%s are refused with status 200', async (_how, edits, message) => {
    expect(await windows.refused('Order', windows.orderOf([widget('1')], edits))).toBe(`Transaction 1:: ${message}`);
    expect(await p21.rows('oe_hdr')).toEqual([]);
  });

  it('IgnoreDisabled leaves the disabled field out without a word', async () => {
    const { body } = await windows.send('Order', windows.orderOf([widget('1')], { company_id: 'OTHER' }), { IgnoreDisabled: true });
    expect(body.Summary).toEqual({ Succeeded: 1, Failed: 0, Other: 0 });
    expect(await p21.rows('oe_hdr')).toMatchObject([{ company_id: 'ACME' }]);
  });

  it('several transactions of one call are independent, each is one unit', async () => {
    const [good, bad] = [
      transactionBody('Order', windows.orderOf([widget('1')])),
      transactionBody('Order', windows.orderOf([widget('1'), { oe_order_item_id: 'NONE' }])),
    ];
    const body = { ...good, Transactions: [...(bad.Transactions as []), ...(good.Transactions as [])] };
    const answer = await p21.send('POST', '/uiserver0/api/v2/transaction', body);
    expect(answer.body).toMatchObject({
      Messages: ['Transaction 1:: Item ID NONE is not valid.', 'Transaction 2:: '],
      Results: { Transactions: [{ Status: 'Failed' }, { Status: 'Passed' }] },
      Summary: { Succeeded: 1, Failed: 1 },
    });
    expect(await p21.rows('oe_hdr')).toHaveLength(1);
  });

  it('"Existing" is 500, and an RMA is no order', async () => {
    const body = transactionBody('Order', []);
    const existing = { ...body, Transactions: [{ Status: 'Existing', DataElements: [] }] };
    expect((await p21.send('POST', '/uiserver0/api/v2/transaction', existing)).status).toBe(500);
    const { order_no: rma } = await windows.save('RMA', [['TABPAGE_1.order', [{ customer_id: '100101', po_no: 're_1ABC' }]]]);
    expect(await windows.refused('Order', windows.orderOf([], { order_no: rma ?? '' }))).toContain('You cannot retrieve an RMA');
  });

  it('come by the REST family too', async () => {
    const line = { ItemId: 'WIDGET-001', UnitQuantity: 2, UnitPrice: 62.75 };
    const order = {
      CustomerId: 100_101,
      CompanyId: 'ACME',
      LocationId: 10,
      SourceLocId: 10,
      ShipToId: 100_101,
      PoNo: 'in_1',
      Lines: { list: [line] },
    };
    const { body } = await p21.send('POST', '/api/sales/orders/', order);
    expect(body).toMatchObject({ OrderNo: '1013938', Lines: null });
    const read = await p21.send('GET', '/api/sales/orders/1013938?extendedproperties=*');
    expect(read.body.Lines.list).toMatchObject([{ ItemId: 'WIDGET-001', UnitPrice: 62.75 }]);
    expect((await p21.send('GET', '/api/inventory/parts/WIDGET-001')).body).toMatchObject({ ItemDesc: 'Widget, steel' });
  });
});

describe('documents and the ledger', () => {
  it('shipping an order makes its invoice, once', async () => {
    const order = await windows.order([widget('2')]);
    await windows.save('Shipping', [['TABPAGE_1.shipping', [{ order_no: order, ship_date: '2026-11-26' }]]]);
    expect(await p21.rows('invoice_hdr')).toMatchObject([
      { order_no: order, total_amount: 125.5, customer_id: '100101', po_no: 'in_1ABC' },
    ]);
    expect(await p21.balances()).toEqual({ '11000000 USD': 125.5, '40000000 USD': -125.5 });
    expect(await windows.refused('Shipping', [['TABPAGE_1.shipping', [{ order_no: order }]]])).toContain('is completed');
  });

  it('an RMA with lines makes a document below zero', async () => {
    await windows.save('RMA', [
      ['TABPAGE_1.order', [{ customer_id: '100101', po_no: 're_1ABC', order_date: '2026-11-20' }]],
      ['TP_ITEMS.items', [widget('1')]],
    ]);
    expect(await p21.rows('invoice_hdr')).toMatchObject([{ total_amount: -62.75, po_no: 're_1ABC' }]);
    expect(await p21.balances()).toEqual({ '11000000 USD': -62.75, '49000000 USD': 62.75 });
  });

  it('a list without keys appends: an invoice that is sent with the same line twice has two', async () => {
    await windows.invoice(['10.00', '10.00'], { external_reference_no: 'in_1' });
    expect(await p21.rows('invoice_line')).toHaveLength(2);
    expect(await p21.rows('invoice_hdr', "external_reference_no eq 'in_1'")).toMatchObject([{ total_amount: 20, paid_in_full_flag: 'N' }]);
  });

  it('a receipt on account is a document below zero, with its payment found by what was planted', async () => {
    const number = await windows.receipt({ payment_desc: 'ch_1', deposit_number: 'po_1' });
    expect(await p21.rows('ar_payment_details', "payment_desc eq 'ch_1'")).toMatchObject([
      { payment_number: Number(number), payment_amount: 100, deposit_number: 'po_1', payment_type_id: 2 },
    ]);
    expect(await p21.rows('ar_receipts')).toMatchObject([{ remitter_id: 100_101, bank_no: 1, gl_bank_account_no: '11500000' }]);
    expect(await p21.rows('gl', `source eq '${number}'`)).toHaveLength(2);
    expect(await p21.balances()).toEqual({ '11000000 USD': -100, '11500000 USD': 100 });
    expect(await p21.rows('invoice_hdr')).toMatchObject([{ total_amount: -100, external_reference_no: number }]);
  });

  it('a receipt pays invoices, in part and in full, and no more than they are', async () => {
    const invoice = await windows.invoice(['150.00']);
    await windows.receipt({}, [{ invoice_no: invoice, amount_applied: '100.00' }]);
    expect(await p21.rows('invoice_hdr')).toMatchObject([{ amount_paid: 100, paid_in_full_flag: 'N' }]);
    const tooMuch = windows.receiptOf({}, [{ invoice_no: invoice, amount_applied: '50.01' }]);
    expect(await windows.refused('CashReceipts', tooMuch)).toContain('more than the open balance');
    await windows.receipt({ payment_amount: '50.00' }, [{ invoice_no: invoice, amount_applied: '50.00' }]);
    expect(await p21.rows('invoice_hdr')).toMatchObject([{ amount_paid: 150, paid_in_full_flag: 'Y', period_fully_paid: 11 }]);
    expect(await p21.balances()).toEqual({ '11500000 USD': 150, '40000000 USD': -150 });
  });

  it('a receipt in euros stands in euros, and at home at the rate of the company', async () => {
    await windows.receipt({ bank_no: '2' });
    expect(await p21.balances()).toEqual({ '11000000 EUR': -100, '11510000 EUR': 100 });
    expect(await p21.rows('gl', 'amount gt 0')).toMatchObject([{ amount: 110, foreign_amount: 100, currency_id: 2 }]);
  });

  it('a customer that is marked as deleted pays all the same, unless the site refuses that', async () => {
    await p21.send('PUT', '/api/entity/customers/ACME_100101', { Delete: true });
    expect(await windows.receipt({})).toBe('70001');
    const strict = await P21Client.start({ EMULATOR_DELETED_CUSTOMER: 'refuse' });
    await strict.send('PUT', '/api/entity/customers/ACME_100101', { Delete: true });
    expect(await new Windows(strict).refused('CashReceipts', windows.receiptOf({}))).toBe(
      'Transaction 1:: Customer ID 100101 is not valid.',
    );
    await strict.stop();
  });

  it('a payment is reversed by a command, which the plain endpoint refuses', async () => {
    const invoice = await windows.invoice(['60.00']);
    const number = await windows.receipt({}, [{ invoice_no: invoice, amount_applied: '60.00' }]);
    expect((await windows.send('ReverseARPayment', [])).status).toBe(500);
    const command = { Name: 'ReverseARPayment', Parameters: [{ Name: 'payment_number', Value: number }] };
    const reverse = () => p21.send('POST', '/uiserver0/api/v2/commands', command);
    expect((await reverse()).body.Summary.Succeeded).toBe(1);
    expect(await p21.balances()).toEqual({ '11000000 USD': 60, '40000000 USD': -60 });
    expect(await p21.rows('invoice_hdr', `invoice_no eq '${invoice}'`)).toMatchObject([{ amount_paid: 0, paid_in_full_flag: 'N' }]);
    expect((await reverse()).body.Summary.Failed).toBe(1);
  });

  it.each([
    ['a closed period', { date_received: '2026-10-10' }, 'Period 10 of year 2026 is closed.'],
    ['an unknown bank', { bank_no: '99' }, 'Bank number 99 is not valid.'],
    ['no amount', { payment_amount: '0' }, 'Payment amount must be more than zero.'],
    ['a description that is too long', { payment_desc: 'x'.repeat(61) }, 'payment_desc: the value is longer than 60 characters.'],
    ['a text for a number', { payment_type_id: 'card' }, 'payment_type_id: "card" is not valid for this column.'],
  ])('a receipt with %s is refused, and nothing of it is stored', async (_what, edits, message) => {
    await p21.control('PUT', 'periods', { date: '2026-10-01', open: false });
    expect(await windows.refused('CashReceipts', windows.receiptOf(edits))).toBe(`Transaction 1:: ${message}`);
    expect(await p21.rows('ar_payment_details')).toEqual([]);
    expect(await p21.balances()).toEqual({});
  });
});

describe('faults', () => {
  const fault = (kind: string, more: object = {}) =>
    p21.faults([{ match: { service: 'transaction', times: 1 }, action: { kind, ...more } }]);

  it.each([
    ['saved-then-error', 'Failed', 1],
    ['session-contaminated', 'Failed', 0],
    ['not-stored', 'Succeeded', 0],
  ] as const)('%s is answered as %s and leaves %d receipts', async (kind, end, count) => {
    await fault(kind);
    const { status, body } = await windows.send('CashReceipts', windows.receiptOf({}));
    expect([status, body.Summary[end]]).toEqual([200, 1]);
    if (end === 'Failed') expect(body).toMatchObject({ Results: null, Messages: ['Transaction 1:: Unexpected response window'] });
    expect(await p21.rows('ar_payment_details')).toHaveLength(count);
  });

  it('a pop-up that is answered with No drops the last line, or skips the save, and says nothing', async () => {
    await fault('pop-up');
    await windows.order([widget('1')]);
    expect(await p21.rows('oe_line')).toEqual([]);
    await fault('pop-up');
    expect(
      (await windows.send('Customer', [['TABPAGE_1.tp_1_dw_1', [{ customer_name: 'Ada', salesrep_id: '100' }]]])).body.Summary.Succeeded,
    ).toBe(1);
    expect(await p21.rows('customer', "customer_name eq 'Ada'")).toEqual([]);
  });

  it.each([
    ['line-dropped', 1],
    ['line-doubled', 4],
  ])('%s leaves %d lines of two', async (kind, count) => {
    await fault(kind);
    await windows.invoice(['10.00', '20.00']);
    expect(await p21.rows('invoice_line')).toHaveLength(count);
  });

  it('asynchronous transactions are done later, at most two at once, and tell their result in JSON that is encoded twice', async () => {
    await p21.stop();
    p21 = await P21Client.start({ EMULATOR_ASYNC_MS: '1500' });
    windows = new Windows(p21);
    const path = '/uiserver0/api/v2/transaction/async';
    const body = transactionBody('CashReceipts', windows.receiptOf({}));
    const asked = await Promise.all([
      p21.send('POST', path, body),
      p21.send('POST', path, transactionBody('CashReceipts', windows.receiptOf({ bank_no: '99' }))),
    ]);
    expect((await p21.send('POST', path, body)).status).toBe(500);
    const ends: unknown[] = [];
    for (const { body: given } of asked) {
      let answer = await p21.send('GET', `${path}?id=${String(given.RequestId)}`);
      while (answer.body.Status === 3) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        answer = await p21.send('GET', `${path}?id=${String(given.RequestId)}`);
      }
      const { Summary } = JSON.parse(JSON.parse(answer.body.Result as string) as string) as { Summary: object };
      ends.push([answer.body.Status, Summary]);
    }
    // Complete says nothing about success.
    expect(ends).toEqual([
      [2, { Succeeded: 1, Failed: 0, Other: 0 }],
      [2, { Succeeded: 0, Failed: 1, Other: 0 }],
    ]);
    expect(await p21.rows('ar_payment_details')).toHaveLength(1);
  });

  it('a third writer finds no session', async () => {
    await p21.stop();
    p21 = await P21Client.start({ EMULATOR_WRITE_MS: '1500' });
    windows = new Windows(p21);
    const ends = await Promise.all([1, 2, 3].map(async () => (await windows.send('CashReceipts', windows.receiptOf({}))).status));
    expect(ends.sort()).toEqual([200, 200, 503]);
    expect(await p21.rows('ar_payment_details')).toHaveLength(2);
  });
});
