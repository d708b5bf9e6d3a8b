import type { Row } from '../data/store.js';
import { signOf } from './document-types.js';
import { fromThousandths, thousandths } from './money.js';

interface Balance {
  readonly account: string;
  readonly currency: string;
  debit: bigint;
  credit: bigint;
}

interface Rows {
  rows(table: string): readonly Readonly<Row>[];
}

/** What has been released. */
export const released = (store: Rows): readonly Row[] => store.rows('GLTran').filter((row) => row.Rlsed === 1);

/** An account with its subaccount, as people write it. */
const accountText = (row: Readonly<Row>): string => `${String(row.Acct)}-${String(row.Sub)}`;

function balances(rows: readonly Row[]): Balance[] {
  const all = new Map<string, Balance>();
  for (const row of rows) {
    const [account, currency] = [accountText(row), String(row.CuryId)];
    const balance = all.get(`${account} ${currency}`) ?? { account, currency, debit: 0n, credit: 0n };
    balance.debit += thousandths(row.CuryDrAmt);
    balance.credit += thousandths(row.CuryCrAmt);
    all.set(`${account} ${currency}`, balance);
  }
  return [...all.values()].sort((a, b) => (`${a.account} ${a.currency}` < `${b.account} ${b.currency}` ? -1 : 1));
}

/** Debits and credits per account and currency. */
export function trialBalance(store: Rows): { account: string; currency: string; debit: number; credit: number }[] {
  return balances(released(store)).map((row) => ({ ...row, debit: fromThousandths(row.debit), credit: fromThousandths(row.credit) }));
}

/** The same per subaccount too, with the base currency: what the view of a site sums up. */
export function trialBalanceRows(store: Rows): Row[] {
  const all = new Map<string, Row>();
  for (const row of released(store)) {
    const { Acct = '', Sub = '', CuryId = '' } = row;
    const key = [Acct, Sub, CuryId].join(' ');
    const before = all.get(key) ?? { Acct, Sub, CuryId, CuryDrAmt: 0, CuryCrAmt: 0, DrAmt: 0, CrAmt: 0 };
    const sums = (['CuryDrAmt', 'CuryCrAmt', 'DrAmt', 'CrAmt'] as const).map(
      (column) => [column, fromThousandths(thousandths(before[column]) + thousandths(row[column]))] as const,
    );
    all.set(key, { ...before, ...Object.fromEntries(sums) });
  }
  return [...all.values()];
}

const entryKey = (row: Row): string => [row.Module, row.BatNbr, row.TranType, row.RefNbr].map(String).join(' ');

/** The entries of the ledger with the document that each came from: a batch of journals, or a document of one of receivables. */
export function entries(store: Rows): object[] {
  const all = new Map<string, Row[]>();
  for (const row of released(store)) {
    const key = row.Module === 'GL' ? `GL ${String(row.BatNbr)}` : entryKey(row);
    all.set(key, [...(all.get(key) ?? []), row]);
  }
  return [...all].map(([journal, lines]) => {
    const { Module, BatNbr, TranType, RefNbr, Id, TranDate, TranDesc } = lines[0] as Row;
    return {
      journal,
      date: String(TranDate).slice(0, 10),
      text: TranDesc,
      document: Module === 'GL' ? { Module, BatNbr } : { Module, BatNbr, CustId: Id, DocType: TranType, RefNbr },
      lines: lines.map((row) => ({
        account: accountText(row),
        currency: row.CuryId,
        debit: row.CuryDrAmt,
        credit: row.CuryCrAmt,
        bookDebit: row.DrAmt,
        bookCredit: row.CrAmt,
      })),
    };
  });
}

const negated = (amount: bigint, row: Row): bigint => (signOf(row.DocType) === -1 ? -amount : amount);

/**
 * What must hold at any moment: every batch balances in the base currency; the receivable accounts are, in each currency and in the base currency, the sum of
 * the open documents; no balance of a document has crossed zero or exceeds its amount; nothing is in the ledger whose batch is not released.
 * @returns one sentence for each rule that is broken.
 */
export function brokenRules(store: Rows): string[] {
  const rows = released(store);
  const accounts = new Set(store.rows('CustClass').map((row) => String(row.ARAcct)));
  const receivable = rows.filter((row) => accounts.has(String(row.Acct)));
  const documents = store.rows('ARDoc').filter((row) => row.Rlsed === 1);
  return [...unbalanced(rows), ...differences(receivable, documents), ...documents.flatMap(crossed), ...unreleased(rows, store)];
}

function unbalanced(rows: readonly Row[]): string[] {
  const sums = new Map<string, bigint>();
  for (const row of rows) {
    const batch = `${String(row.Module)} ${String(row.BatNbr)}`;
    sums.set(batch, (sums.get(batch) ?? 0n) + thousandths(row.DrAmt) - thousandths(row.CrAmt));
  }
  return [...sums].flatMap(([batch, sum]) => (sum === 0n ? [] : [`batch ${batch} is out of balance by ${sum} thousandths`]));
}

function differences(receivable: readonly Row[], documents: readonly Row[]): string[] {
  const open = new Map<string, bigint>();
  const add = (currency: string, amount: bigint): void => void open.set(currency, (open.get(currency) ?? 0n) + amount);
  for (const row of documents) {
    add(String(row.CuryId), negated(thousandths(row.CuryDocBal), row));
    add('the base currency', negated(thousandths(row.DocBal), row));
  }
  for (const row of receivable) {
    add(String(row.CuryId), thousandths(row.CuryCrAmt) - thousandths(row.CuryDrAmt));
    add('the base currency', thousandths(row.CrAmt) - thousandths(row.DrAmt));
  }
  return [...open].flatMap(([currency, by]) =>
    by === 0n ? [] : [`receivables in ${currency}: open documents differ from the account by ${by} thousandths`],
  );
}

function crossed(row: Row): string[] {
  const balance = thousandths(row.CuryDocBal);
  const within = balance >= 0n && balance <= thousandths(row.CuryOrigDocAmt) && (row.OpenDoc === 1) === (balance !== 0n);
  return within ? [] : [`document ${String(row.DocType)} ${String(row.RefNbr)} has a balance of ${balance} thousandths`];
}

function unreleased(rows: readonly Row[], store: Rows): string[] {
  const known = new Set(store.rows('Batch').flatMap((row) => (row.Rlsed === 1 ? [`${String(row.Module)} ${String(row.BatNbr)}`] : [])));
  const wrong = new Set(rows.map((row) => `${String(row.Module)} ${String(row.BatNbr)}`).filter((batch) => !known.has(batch)));
  return [...wrong].map((batch) => `batch ${batch} is in the ledger and not released`);
}
