import type { ErpDocumentShape, ErpField } from '@tributary/contracts';

const page = 'docs/reference/documented-api.md section 2';
const ours = 'docs/reference/documented-api.md section 3: our choice';
const custom = { pattern: /^[A-Z][A-Za-z0-9]*$/, maxLength: 255, source: `${ours}; the service file has the names and lengths` };
const text = (description: string, source = ours): ErpField => ({ type: 'text', maxLength: 50, description, source });
const order = {
  CustomerNumber: text('Number of the customer.', page),
  OrderDate: { type: 'date', description: 'Date of the sale.', source: page },
  TotalAmount: { type: 'decimal', digits: [14, 3], description: 'Total in major units.', source: page },
} as const satisfies Record<string, ErpField>;
const shape = (kind: string, fields: Readonly<Record<string, ErpField>>, lines?: ErpDocumentShape['lines']): ErpDocumentShape => ({
  name: `rest/${kind}`,
  kind,
  fields,
  ...(lines ? { lines } : {}),
  custom,
});
const lines = { Line: { Description: text('What was sold.') } };

/** The shapes of the documents of a REST service. Its service file may have more fields. */
export const shapes: readonly ErpDocumentShape[] = [
  shape('customer', { Name: text('Name.') }),
  shape('sales-order', { OrderNumber: text('Number in the shop, from metadata or the e-commerce order.', page), ...order }, lines),
  shape('invoice', { InvoiceNumber: text('Number of a direct invoice, from metadata.', page), ...order }, lines),
  shape('credit-memo', { InvoiceNumber: text('Number of the credited invoice.', page), ...order }, lines),
  shape('journal', { CashAccount: text('Account that is debited.', page), RevenueAccount: text('Account that is credited.', page) }),
];
