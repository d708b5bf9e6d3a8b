import type { ErpDocument, ErpLine } from '@tributary/connector-kit';
import { postingKey } from '@tributary/domain';

/** The target of the specs. */
export const target = 'kinetic-test';
const day = '2026-11-20';

interface Change {
  readonly fields?: ErpDocument['fields'];
  readonly lines?: readonly ErpLine[];
}

function document(kind: string, id: string, groupId: string, fields: ErpDocument['fields'], lines: readonly ErpLine[] = []): ErpDocument {
  return {
    postingKey: postingKey({ target, kind, sourceId: id }),
    kind,
    shape: `epicor-kinetic/${kind}`,
    protocol: 'create-once',
    batchId: groupId,
    fields,
    lines,
  };
}

/** An invoice line with its account. */
export function soldLine(key: string, amount: string, account: string): ErpLine[] {
  const fields = { LineDesc: `Line ${key}`, SellingShipQty: '1', DocUnitPrice: amount };
  return [
    { table: 'InvcDtl', key, fields },
    { table: 'InvcDtlTGLC', key, fields: { GLAccount: account } },
  ];
}

/** An invoice, a credit memo or the payment of a refund: two lines, 100.00 and 20.00, unless it is changed. */
export function anInvoice(
  kind: 'invoice' | 'credit-memo' | 'refund-payment',
  id: string,
  groupId: string,
  change: Change = {},
): ErpDocument {
  const account = { invoice: '4000-00-00', 'credit-memo': '4900-00-00', 'refund-payment': '1150-00-00' }[kind];
  const fields = {
    InvoiceType: 'Mis',
    CreditMemo: kind === 'credit-memo',
    ...(kind === 'credit-memo' ? { CMReason: 'RC01' } : {}),
    CustNum: '1001',
    InvoiceDate: day,
    ApplyDate: day,
    TermsCode: 'N30',
    CurrencyCode: 'USD',
    ...change.fields,
  };
  return document(
    kind,
    id,
    groupId,
    fields,
    change.lines ?? [...soldLine('item-1', '100.00', account), ...soldLine('tax', '20.00', '2200-00-00')],
  );
}

/** A journal: a fee of 3.20 that the clearing account paid, and 0.93 of tax on it. */
export function aJournal(id: string, groupId: string, change: Change = {}): ErpDocument {
  const line = (key: string, account: string, side: 'DebitAmount' | 'CreditAmount', amount: string): ErpLine => ({
    table: 'GLJrnDtlMnl',
    key,
    fields: { GLAccount: account, [side]: amount, Description: key },
  });
  const lines = [
    line('fee', '6210-00-00', 'DebitAmount', '3.20'),
    line('tax', '6212-00-00', 'DebitAmount', '0.93'),
    line('clearing', '1150-00-00', 'CreditAmount', '4.13'),
  ];
  return document(
    'journal',
    id,
    groupId,
    { JEDate: day, CurrencyCode: 'USD', Description: 'Stripe fees', ...change.fields },
    change.lines ?? lines,
  );
}

/** A transfer of 2,843.01 from the Stripe account to the bank. */
export function aTransfer(id: string, fields: ErpDocument['fields'] = {}): ErpDocument {
  const own = {
    BankAcctID: 'STR-USD',
    ToBankAcctID: 'BANK-USD',
    TranDate: day,
    CurrencyCode: 'USD',
    DocTranAmt: '2843.01',
    TranRef: id,
    ...fields,
  };
  const { batchId: _none, ...rest } = document('journal', id, '', own);
  return { ...rest, shape: 'epicor-kinetic/bank-transfer' };
}

/** An application of 10.00. */
export function anApplication(id: string, groupId: string, fields: ErpDocument['fields']): ErpDocument {
  return document('application', id, groupId, { DocTranAmt: '10.00', TranDate: day, CurrencyCode: 'USD', ...fields });
}
