import type { ErpDocumentShape } from '@tributary/contracts';
import { amount, columns, day, inSection, required, text } from './fields.js';

const form = inSection('7.6');
const list = `${inSection('7.3')}, as the list of an order (assumed for a return)`;

/** Length of oe_hdr.po_no, of which our mark takes 28. */
const purchaseOrderLength = 50 - 28;

/** A credit memo as a return (RMA): the only public payload that lowers what a customer owes. It takes items, so the profile names one. */
export const creditMemoShape: ErpDocumentShape = {
  name: 'prophet21/credit-memo',
  kind: 'credit-memo',
  fields: {
    customer_id: required(text(19, 'Number of the customer; from the posting of the customer or of the receipt.', form)),
    order_date: required(day('Date of the return; it decides the period.', form)),
    currency: {
      ...required(text(3, 'ISO code of the currency of the memo.', form)),
      destination: 'nothing in P21: the customer decides. Another currency than that of the customer is held',
    },
    tax: {
      ...amount('Tax of the memo.'),
      destination: 'nothing in P21, which figures the tax of a return itself. A memo with tax is held',
    },
    po_no: {
      ...text(purchaseOrderLength, 'What the memo is for.', columns),
      destination: 'po_no, behind the mark that the return is found again by',
    },
  },
  lines: {
    Item: {
      oe_order_item_id: required(text(40, 'Item that is returned.', list)),
      unit_quantity: required(text(19, 'Quantity.')),
      unit_price: required(amount('Price of one, net.')),
    },
  },
};
