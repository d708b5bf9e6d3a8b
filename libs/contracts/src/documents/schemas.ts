import { schemaOf } from '../avro/codec.js';
import type { AvroRecord, AvroSchema } from '../avro/schema.js';
import type {
  ApplicationDocument,
  CustomerDocument,
  DocumentKind,
  DocumentRef,
  DocumentSource,
  ItemDocument,
  JournalDocument,
  JournalLine,
  PaymentDocument,
  SalesDocument,
  SalesLine,
  SalesTotals,
} from './types.js';

/** A field of a record: its type and what it says. */
type Told = readonly [type: AvroSchema, doc: string];

/** A record whose fields are exactly those of the TypeScript type. */
function recordOf<Type>(name: string, doc: string, fields: { readonly [Field in keyof Type]-?: Told }): AvroRecord {
  const told = Object.entries(fields) as [string, Told][];
  return {
    type: 'record',
    namespace: 'tributary.documents',
    name,
    doc,
    fields: told.map(([field, [type, description]]) => ({ name: field, type, doc: description })),
  };
}

const money = schemaOf('tributary.common.Money');
const texts: AvroSchema = { type: 'map', values: 'string' };
const time: AvroSchema = { type: 'long', logicalType: 'exact-long' };
const opt = (type: AvroSchema): AvroSchema => ['null', type];
const list = (items: AvroSchema): AvroSchema => ({ type: 'array', items });

const documentRef = recordOf<DocumentRef>('DocumentRef', 'Another document, by what its posting key is made of.', {
  document: ['string', 'Its kind.'],
  sourceId: ['string', 'The id of its source.'],
  part: [opt('string'), 'The part of its posting key, where one source has several documents of a kind.'],
});
const source = recordOf<DocumentSource>('DocumentSource', 'Where a document comes from.', {
  id: ['string', 'Id of the object that asks for it.'],
  paymentId: [opt('string'), 'Payment.'],
  chargeId: [opt('string'), 'Charge.'],
  description: [opt('string'), 'Text of the merchant.'],
  orderReference: [opt('string'), 'Reference of the order.'],
});
const salesLine = recordOf<SalesLine>('SalesLine', 'One line of a sales document.', {
  key: ['string', 'Handle: unique in its document, the same whenever the document is made.'],
  kind: ['string', '`item`, `text`, `shipping`, `discount` (net is negative), `fee`, `rounding`.'],
  item: [opt('string'), 'Product.'],
  text: ['string', 'What people read.'],
  quantity: [opt('string'), 'Decimal text.'],
  unit: [opt(money), 'Price of one.'],
  net: [money, 'Amount without tax.'],
  tax: [money, 'Tax.'],
  taxCode: [opt('string'), 'Tax code.'],
});
const salesTotals = recordOf<SalesTotals>('SalesTotals', 'Sums over the lines: gross = net + discount + shipping + tax.', {
  net: [money, 'Lines that are no discount and no shipping.'],
  discount: [money, 'Discounts: zero or negative.'],
  shipping: [money, 'Shipping.'],
  tax: [money, 'Tax of all lines.'],
  gross: [money, 'What the customer owes or gets.'],
});
const journalLine = recordOf<JournalLine>('JournalLine', 'One line of a journal: exactly one of debit and credit is given, positive.', {
  key: ['string', 'Handle: unique in its document, the same whenever the document is made.'],
  role: ['string', 'Neutral role of the account.'],
  debit: [opt(money), 'Amount on the debit side.'],
  credit: [opt(money), 'Amount on the credit side.'],
  text: ['string', 'What people read.'],
  count: [time, 'How many movements are in it.'],
});

const sales = recordOf<SalesDocument>('SalesDocument', 'A sales order, an invoice or a credit memo.', {
  party: [opt(documentRef), 'The customer: its own document, or another one that names it. Null: the walk-in customer.'],
  reference: [opt('string'), 'Reference of the order.'],
  date: [time, 'Milliseconds since the epoch.'],
  due: [opt(time), 'Milliseconds since the epoch.'],
  currency: ['string', 'Of all amounts.'],
  lines: [list(salesLine), 'At least one.'],
  totals: [salesTotals, 'Equal to the lines, to the minor unit.'],
  reason: [opt('string'), 'Why it is credited.'],
  credits: [opt(documentRef), 'The document that a credit memo credits.'],
  source: [source, 'Where it comes from.'],
});
const payment = recordOf<PaymentDocument>('PaymentDocument', 'Money in (a cash receipt) or money out (the payment of a refund).', {
  party: [opt(documentRef), 'The customer: its own document, or another one that names it. Null: the walk-in customer.'],
  method: [opt(schemaOf('tributary.ar.PaymentMethod')), 'What was paid with.'],
  amount: [money, 'Positive, in the currency that the customer pays or gets.'],
  settled: [opt(money), 'What the clearing account changes by, positive, when its currency is another one.'],
  date: [time, 'Milliseconds since the epoch.'],
  clearing: ['string', 'Currency of the clearing account.'],
  settles: [opt(documentRef), 'The document that it settles or draws from; null: on account.'],
  metadata: [texts, 'Key and value pairs of the source object.'],
  source: [source, 'Where it comes from.'],
});
const application = recordOf<ApplicationDocument>('ApplicationDocument', 'An amount of one document applied to another.', {
  from: [documentRef, 'The document that has the credit.'],
  to: [documentRef, 'The document that is open.'],
  amount: [money, 'Positive.'],
  date: [time, 'Milliseconds since the epoch.'],
  source: [source, 'Where it comes from.'],
});
const journal = recordOf<JournalDocument>('JournalDocument', 'A balanced entry in the general ledger.', {
  date: [time, 'Milliseconds since the epoch.'],
  currency: ['string', 'Of all lines.'],
  lines: [list(journalLine), 'Two to 200.'],
  text: ['string', 'What people read.'],
  reverses: [opt(documentRef), 'The journal that this one undoes.'],
  source: [source, 'Where it comes from.'],
});
const customer = recordOf<CustomerDocument>('CustomerDocument', 'A customer, or a guest.', {
  customerId: [opt('string'), 'Null for guests.'],
  name: [opt('string'), 'Name.'],
  email: [opt('string'), 'E-mail address.'],
  phone: [opt('string'), 'Phone number.'],
  address: [opt(schemaOf('tributary.common.Address')), 'Address.'],
  currency: [opt('string'), 'Currency.'],
  metadata: [texts, 'Key and value pairs of the source object.'],
});
const item = recordOf<ItemDocument>('ItemDocument', 'A product.', {
  productId: ['string', 'Id of the product.'],
  name: [opt('string'), 'Name.'],
  description: [opt('string'), 'Description.'],
  active: ['boolean', 'Whether it is sold.'],
  metadata: [texts, 'Key and value pairs of the source object.'],
});

/** The record of each kind of canonical document. They are checked against, and never stand on a topic. */
export const documentSchemas: Readonly<Record<DocumentKind, AvroRecord>> = {
  customer,
  item,
  'sales-order': sales,
  invoice: sales,
  'credit-memo': sales,
  'cash-receipt': payment,
  'refund-payment': payment,
  application,
  journal,
};
