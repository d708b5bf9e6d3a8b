import type { ErpDocumentShape } from '@tributary/contracts';
import { amount, columns, day, inSection, required, text } from './fields.js';

const form = inSection('7.5');

/** Length of ar_payment_details.payment_desc, of which our mark takes 28. */
const describedLength = 60 - 28;

/**
 * A payment on account, by the Transaction service that the site names (`P21_RECEIPT_SERVICE`). Names of fields are those of the placeholder of
 * the reference; `P21_RECEIPT_FIELDS` renames them.
 */
export const cashReceiptShape: ErpDocumentShape = {
  name: 'prophet21/cash-receipt',
  kind: 'cash-receipt',
  fields: {
    customer_id: required(text(19, 'Number of the customer; from the posting of the customer.', `${form}, 14`)),
    bank_no: required(text(19, 'Number of the bank, whose account is the clearing account.', `${form}, 14`)),
    payment_type_id: required(text(19, 'Payment type.', `${form}, 14`)),
    payment_amount: required(amount('Amount, gross of fees, in the currency of the bank.')),
    date_received: required(day('Date of the receipt.', form)),
    currency: {
      ...required(text(3, 'ISO code of the currency of the bank.', form)),
      destination: 'nothing in P21: the bank decides. Compared and told when the receipt is read',
    },
    payment_desc: {
      ...text(describedLength, 'What the payment is for.', columns),
      destination: 'payment_desc, behind the mark that the receipt is found again by',
    },
  },
};
