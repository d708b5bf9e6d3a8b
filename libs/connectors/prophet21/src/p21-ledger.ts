import type { ErpAccountBalance } from '@tributary/connector-kit';
import { amountText } from './p21-amount.js';
import type { P21Client } from './p21-client.js';
import type { P21Config } from './p21.config.js';
import type { P21Currencies } from './p21-currencies.js';
import { fromUnits, toUnits } from './documents/journal-rows.js';
import type { P21Row } from './p21-json.js';
import { idOf, textOf } from './p21-json.js';
import { all, odataNumber, odataText } from './p21-odata.js';

/** Rows that are read at a time. */
const pageRows = 5_000;
/** After this long everything is read anew, ms: a transaction that took long may have stored a smaller number late. */
const keptMs = 3_600_000;

interface Sums {
  /** Sums of all rows up to this gl_uid. */
  readonly upTo: string;
  readonly balances: ReadonlyMap<string, Side>;
  readonly until: number;
}

interface Side {
  readonly debit: bigint;
  readonly credit: bigint;
}

/**
 * Sums of the general ledger per account and currency. P21's own table of balances is in home currency only, so its entries are added up: all
 * of them once, then those that came since. Rows that are not approved do not count, and are read again the next time.
 * Source: docs/reference/prophet21.md section 14 (gl, balances). That rows of an approved entry never change is assumed.
 */
export class P21Ledger {
  private kept: Sums | undefined;

  constructor(
    private readonly client: P21Client,
    private readonly config: Pick<P21Config, 'company'>,
    private readonly currencies: P21Currencies,
    private readonly now: () => number = Date.now,
  ) {}

  /** The trial balance as it is now. */
  async trialBalance(signal: AbortSignal): Promise<ErpAccountBalance[]> {
    const from = this.kept && this.kept.until > this.now() ? this.kept : { upTo: '0', balances: new Map(), until: this.now() + keptMs };
    const balances = new Map(from.balances);
    let settled: Pick<Sums, 'upTo' | 'balances'> = from;
    let cursor = from.upTo;
    let seenUnapproved = false;
    for (let rows = await this.page(cursor, signal); rows.length > 0; rows = await this.page(cursor, signal)) {
      for (const row of rows) {
        cursor = idOf(row.gl_uid);
        if (textOf(row.approved) === 'Y') add(balances, row);
        else {
          if (!seenUnapproved) settled = { upTo: String(BigInt(cursor) - 1n), balances: new Map(balances) };
          seenUnapproved = true;
        }
      }
      if (!seenUnapproved) settled = { upTo: cursor, balances: new Map(balances) };
      if (rows.length < pageRows) break;
    }
    this.kept = { ...settled, until: from.until };
    return this.shown(balances);
  }

  private page(after: string, signal: AbortSignal): Promise<P21Row[]> {
    const filter = all(`company_no eq ${odataText(this.config.company)}`, `gl_uid gt ${odataNumber(after)}`);
    const select = ['gl_uid', 'account_number', 'foreign_amount', 'currency_id', 'approved'];
    return this.client.rows('gl', { filter, select, orderBy: 'gl_uid', top: pageRows }, signal);
  }

  private shown(balances: ReadonlyMap<string, Side>): ErpAccountBalance[] {
    const shown: ErpAccountBalance[] = [];
    for (const [key, { debit, credit }] of balances) {
      const [account = '', id = ''] = key.split('\n');
      const currency = this.currencies.codeOf(id);
      shown.push({ account, currency, debit: amountText(fromUnits(debit), currency), credit: amountText(fromUnits(credit), currency) });
    }
    return shown;
  }
}

function add(balances: Map<string, Side>, row: P21Row): void {
  const key = `${textOf(row.account_number)}\n${idOf(row.currency_id)}`;
  const amount = toUnits(textOf(row.foreign_amount));
  const { debit, credit } = balances.get(key) ?? { debit: 0n, credit: 0n };
  balances.set(key, amount < 0n ? { debit, credit: credit - amount } : { debit: debit + amount, credit });
}
