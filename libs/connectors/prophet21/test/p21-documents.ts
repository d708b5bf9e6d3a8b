import type { ErpDocument } from '@tributary/connector-kit';
import { postingKey } from '@tributary/domain';

/** The target that documents of the specs are for. */
export const target = 'p21-main';

/** Number of the bank of each currency in the demo company: docs/reference/prophet21.md section 14. */
export const banks: Readonly<Record<string, string>> = { USD: '1', EUR: '2', GBP: '3', JPY: '8', KWD: '9' };

/** A customer. `id` is a Stripe customer id. */
export function aCustomer(id: string, fields: ErpDocument['fields'] = {}, protocol: ErpDocument['protocol'] = 'ensure'): ErpDocument {
  return {
    postingKey: postingKey({ target, kind: 'customer', sourceId: id }),
    kind: 'customer',
    shape: 'prophet21/customer',
    lines: [],
    protocol,
    fields: {
      CustomerName: `Customer ${id}`,
      SalesrepId: '100',
      TermsId: '30',
      EmailAddress: `${id.toLowerCase().replace(/\W/g, '-')}@payers.example`,
      ...fields,
    },
  };
}

/** A receipt of a customer. */
export function aReceipt(id: string, fields: ErpDocument['fields'] = {}): ErpDocument {
  return {
    postingKey: postingKey({ target, kind: 'cash-receipt', sourceId: id }),
    kind: 'cash-receipt',
    shape: 'prophet21/cash-receipt',
    lines: [],
    protocol: 'create-once',
    fields: {
      customer_id: '100198',
      bank_no: '1',
      payment_type_id: '1',
      payment_amount: '10.50',
      currency: 'USD',
      date_received: '2026-11-20',
      payment_desc: id.slice(0, 32),
      ...fields,
    },
  };
}

/** An entry in the general ledger of two lines. */
export function anEntry(id: string, fields: ErpDocument['fields'] = {}, amount = '10.50'): ErpDocument {
  return {
    postingKey: postingKey({ target, kind: 'journal', sourceId: id }),
    kind: 'journal',
    shape: 'prophet21/journal',
    protocol: 'create-once',
    fields: { TransactionDate: '2026-11-20', Currency: 'USD', Description: `Entry ${id}`, ...fields },
    lines: [
      { table: 'Gl', key: 'FEE-debit', fields: { AccountNumber: '62100000', Debit: amount, Description: 'fee' } },
      { table: 'Gl', key: 'CLR-credit', fields: { AccountNumber: '11500000', Credit: amount, Description: 'clearing' } },
    ],
  };
}

/** A credit memo of two lines of the same item. */
export function aMemo(id: string, fields: ErpDocument['fields'] = {}): ErpDocument {
  const line = (key: string, unit_price: string): ErpDocument['lines'][number] => ({
    table: 'Item',
    key,
    fields: { oe_order_item_id: 'STRIPE-REFUND', unit_quantity: '1', unit_price },
  });
  return {
    postingKey: postingKey({ target, kind: 'credit-memo', sourceId: id }),
    kind: 'credit-memo',
    shape: 'prophet21/credit-memo',
    protocol: 'create-once',
    fields: { customer_id: '100198', order_date: '2026-11-20', currency: 'USD', tax: '0.00', po_no: id.slice(0, 22), ...fields },
    lines: [line('refund', '10.50'), line('shipping', '2.00')],
  };
}
