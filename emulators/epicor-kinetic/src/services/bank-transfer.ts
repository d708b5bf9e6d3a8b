import { KineticError, methodAnswer } from '../answers.js';
import { controlAccount } from '../ledger/control-accounts.js';
import type { EntryLine } from '../ledger/entry.js';
import { exchangeDifference, postEntry } from '../ledger/entry.js';
import { amountColumn, amountOf, companyRate, converted, rateDecimals } from '../ledger/money.js';
import { fromScaled } from '../exact-json.js';
import { checkOpen, dayOf, periodOf } from '../ledger/periods.js';
import type { TableRules } from '../rows.js';
import { applyRows, keyOf, save } from '../rows.js';
import { emptyRow, tables } from '../schema.js';
import type { Row, Transaction } from '../store.js';
import { currencyOfAccount } from './bank-account.js';
import type { Call, Operation, Service } from './service.js';
import { numberInput } from './service.js';

const table = tables.BankFundsTransfer;
const firstTransfer = 501;
const refuse = (text: string, field: string): KineticError => new KineticError('business', text, { table: table.name, field });

/** Currencies are those of the two accounts; the amount that arrives defaults to the amount that leaves, at the company's rates (assumed). */
function check(row: Row, call: Call, transaction: Transaction): void {
  checkOpen(row, table.name, 'TranDate', call, transaction);
  const [from, to] = [row.BankAcctID, row.ToBankAcctID].map((account) => currencyOfAccount(call.company, account, transaction));
  if (!from) throw refuse(`Bank account ${String(row.BankAcctID)} is invalid.`, 'BankAcctID');
  if (!to) throw refuse(`Bank account ${String(row.ToBankAcctID)} is invalid.`, 'ToBankAcctID');
  if (row.BankAcctID === row.ToBankAcctID) throw refuse('Source and target are the same account.', 'ToBankAcctID');
  const amount = amountOf(row.DocTranAmt);
  if (amount <= 0n) throw refuse('The amount must be greater than zero.', 'DocTranAmt');
  const [rate, toRate] = [companyRate(from, call.config), companyRate(to, call.config)];
  const base = converted(amount, rate, call.config.baseCurrency);
  const arrives = from === to ? amount : amountOf(row.ToDocTranAmt) || converted(base, 10n ** 20n / toRate, to);
  Object.assign(row, {
    CurrencyCode: from,
    ToCurrencyCode: to,
    ExchangeRate: fromScaled(rate, rateDecimals),
    ToExchangeRate: fromScaled(toRate, rateDecimals),
    TranAmt: amountColumn(base),
    ToDocTranAmt: amountColumn(arrives),
    ToTranAmt: amountColumn(converted(arrives, toRate, call.config.baseCurrency)),
  });
}

function rules(call: Call): TableRules {
  return {
    adding(row, transaction) {
      check(row, call, transaction);
      const { year, period } = periodOf(dayOf(row.TranDate));
      Object.assign(row, { FiscalYear: year, FiscalPeriod: period, EntryPerson: call.user });
      row.TranNum = transaction.next(`BankTranNum~${call.company}`, firstTransfer);
    },
  };
}

/** Debits the cash account of the target and credits that of the source (assumed; a transfer has both in BankTranRow). */
function postTransfer(row: Row, call: Call, transaction: Transaction): Row {
  const side = (account: Row[string], currency: Row[string], amount: bigint, bookAmount: bigint): EntryLine => ({
    account: controlAccount(call.company, `Cash ${String(account)}`, transaction),
    currency: String(currency),
    amount,
    bookAmount,
    of: { BankAcctID: account ?? '' },
  });
  const lines = [
    side(row.ToBankAcctID ?? '', row.ToCurrencyCode ?? '', amountOf(row.ToDocTranAmt), amountOf(row.ToTranAmt)),
    side(row.BankAcctID ?? '', row.CurrencyCode ?? '', -amountOf(row.DocTranAmt), -amountOf(row.TranAmt)),
  ];
  const number = postEntry(
    {
      journalCode: 'BK',
      module: 'CB',
      date: row.TranDate,
      text: `Bank funds transfer ${String(row.TranRef)}`.trim(),
      of: { BankTranNum: row.TranNum ?? 0 },
      lines: [...lines, ...exchangeDifference(lines, call, transaction)],
    },
    call,
    transaction,
  );
  const { RowMod: _none, ...stored } = row;
  return save(table, { ...stored, GLPosted: true, JournalCode: 'BK', JournalNum: number }, transaction);
}

/** Creates the transfer and puts it into the ledger within the call: that it has no group to post is assumed. Returns its number [verified]. */
const createBankTranRecords: Operation = (call, transaction) => {
  const rows = applyRows(table, rules(call), call.input.ds, call.company, transaction).map((row) => postTransfer(row, call, transaction));
  const [first] = rows;
  if (!first) throw refuse('BankFundsTransfer is required.', 'TranNum');
  return methodAnswer({ ds: { [table.name]: rows.map((row) => ({ ...row, RowMod: '' })) } }, first.TranNum);
};

/** Erp.BO.BankFundTranSvc: names, parameters and return values in SNO:Erp_BO_BankFundTranSvc.tsx [verified]. It has no entity set [verified]. */
export const bankTransferService: Service = {
  name: 'Erp.BO.BankFundTranSvc',
  operations: {
    CreateBankTran: (call) => methodAnswer({}, { [table.name]: [{ ...emptyRow(table, call.company), RowMod: 'A' }] }),
    ValidateBeforeTransfer(call, transaction) {
      const rows = ((call.input.ds as Record<string, Row[]> | undefined)?.[table.name] ?? []).map((given) => ({ ...given }));
      for (const row of rows) check(row, call, transaction);
      return methodAnswer({ ds: { [table.name]: rows } });
    },
    CreateBankTranRecords: createBankTranRecords,
    GetByTranNum(call, transaction) {
      const row = transaction.row(table.name, keyOf(table, { Company: call.company, TranNum: numberInput(call, 'TranNum') }));
      if (!row) throw new KineticError('notFound', 'Record not found.');
      return methodAnswer({}, { [table.name]: [{ ...row, RowMod: '' }] });
    },
  },
};
