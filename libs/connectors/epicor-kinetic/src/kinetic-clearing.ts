import type { ErpClearing } from '@tributary/connector-kit';
import type { KineticClient } from './kinetic-client.js';
import { lastRow, odataText } from './kinetic-dataset.js';
import { allowed } from './kinetic-errors.js';
import type { KineticRow } from './kinetic-json.js';
import { textOf } from './kinetic-json.js';

/** How long the answer about a bank account is kept, ms: its currency does not change, but our right to read it may. */
const keptMs = 600_000;

/**
 * Where a receipt was booked to: the bank account of its group, and the currency of that account.
 *
 * Source: docs/reference/epicor-kinetic.md section 6.5 (BankAcctID of the group). `Erp.BO.BankAcctSvc/BankAccts(Company,BankAcctID)` and
 *         the columns BankAcctID, BankCurrencyCode and BankAmount of CashHead are in SNO:Erp_BO_BankAcctSvc.tsx and Erp_BO_CashRecSvc.tsx.
 *         Assumed: CurrencyCode of BankAcct, that a receipt carries the account of its group, and that GetByID fills BankAmount.
 */
export class KineticClearing {
  private readonly accounts = new Map<string, { readonly currency: string | undefined; readonly until: number }>();

  constructor(private readonly client: KineticClient) {}

  /** The clearing of a receipt that is read alone, with the amount in the account's currency where Kinetic says it. */
  async ofReceipt(row: KineticRow, signal: AbortSignal): Promise<{ clearing?: ErpClearing }> {
    const listed = await this.ofListed(row, signal);
    const { clearing } = listed;
    if (clearing?.currency === undefined || clearing.amount !== undefined) return listed;
    const amount = await this.bankAmount(row, clearing.currency, signal);
    return amount === undefined ? listed : { clearing: { ...clearing, amount } };
  }

  /** The clearing of a listed receipt, without a call for each of them. The amount is known where document and account have one currency. */
  async ofListed(row: KineticRow, signal: AbortSignal): Promise<{ clearing?: ErpClearing }> {
    const account = textOf(row.BankAcctID);
    if (account === '') return {};
    const currency = await this.currencyOf(account, signal);
    if (currency === undefined) return { clearing: { account } };
    const same = currency === textOf(row.CurrencyCode);
    return { clearing: { account, currency, ...(same ? { amount: textOf(row.DocTranAmt) } : {}) } };
  }

  /** @returns undefined where there is no such account, or where we may not read it: then a receipt is still read. */
  private async currencyOf(account: string, signal: AbortSignal): Promise<string | undefined> {
    const known = this.accounts.get(account);
    if (known && known.until > Date.now()) return known.currency;
    const query = { filter: `BankAcctID eq ${odataText(account)}`, select: ['BankAcctID', 'CurrencyCode'], top: 1 };
    const rows = await allowed(this.client.rows('Erp.BO.BankAcctSvc', 'BankAccts', query, signal));
    const currency = textOf(rows?.[0]?.CurrencyCode) || undefined;
    this.accounts.set(account, { currency, until: Date.now() + keptMs });
    return currency;
  }

  private async bankAmount(row: KineticRow, currency: string, signal: AbortSignal): Promise<string | undefined> {
    const query = { groupID: textOf(row.GroupID), headNum: textOf(row.HeadNum) };
    const answer = await allowed(this.client.read('Erp.BO.CashRecSvc/GetByID', { query }, signal));
    const head = lastRow(answer, 'CashHead');
    const amount = textOf(head?.BankAmount);
    return textOf(head?.BankCurrencyCode) === currency && Number(amount) !== 0 ? amount : undefined;
  }
}
