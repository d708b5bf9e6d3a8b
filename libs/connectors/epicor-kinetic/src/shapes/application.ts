import type { ErpDocumentShape } from '@tributary/contracts';
import { amount, custom, day, number, postingKey, required, text } from './fields.js';

const applications = 'docs/reference/epicor-kinetic.md section 6.6';

/** A part of a credit memo, or of a receipt on account, that pays an invoice. */
export const applicationShape: ErpDocumentShape = {
  name: 'epicor-kinetic/application',
  kind: 'application',
  fields: {
    CMInvoiceNum: {
      ...number('The credit memo; from the posting of the memo. Either this or CashHeadNum.'),
      destination: 'CashHead.InvoiceNum',
    },
    CashGroupID: {
      ...text(9, 'Group of the receipt whose remainder is applied; from the posting of the receipt, which has to be released.'),
      destination: 'the search for the credit memo that posting the receipt has made',
    },
    CashHeadNum: {
      ...number('Number of that receipt.'),
      destination: 'the search for the credit memo that posting the receipt has made',
    },
    InvoiceNum: { ...required(number('The invoice that is paid; from its posting.')), destination: 'CashDtl.InvoiceNum' },
    DocTranAmt: required(amount('Amount in document currency, positive.')),
    TranDate: required(day('Date of the application; also of its group.', applications)),
    CurrencyCode: required(text(4, 'Currency of both documents; also of its group.')),
    Reference: text(50, 'Free reference.'),
    ExternalID: text(20, 'Short form of the posting key, by which the application is found again (I3).'),
    StripePostingKey_c: postingKey,
  },
  custom,
};
