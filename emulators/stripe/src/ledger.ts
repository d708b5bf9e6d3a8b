import type { AccountObjects } from './account-objects.js';
import { balanceTransactionObject } from './balance-transaction.js';
import type { Movement } from './balance-transaction.js';
import { ExchangeRates } from './exchange.js';
import type { StripeObject } from './store.js';
import { accountGroup } from './timeline.js';

/** What the account holds in one currency, minor units. */
export interface Holding {
  readonly currency: string;
  readonly available: number;
  readonly pending: number;
}

/** Kept in every account, so its balance shows them with 0 too (assumed). */
const settlementCurrencies = ['usd', 'eur'];

/**
 * The balance of the account: nothing but its balance transactions (section 9). Which payout took a transaction stands in a row of its
 * own, because Stripe's object does not tell it.
 */
export class Ledger {
  readonly rates: ExchangeRates;

  constructor(private readonly objects: AccountObjects) {
    this.rates = new ExchangeRates(objects.store);
  }

  /** Books one movement. @returns the balance transaction. */
  record(movement: Movement): StripeObject {
    const { store, timeline } = this.objects;
    const transaction = balanceTransactionObject(store.newId('txn'), timeline.seconds(), movement);
    store.put('balance_transactions', transaction);
    store.put('ledger_entries', { id: transaction.id, object: 'ledger_entry', group: timeline.group, payout: null });
    return transaction;
  }

  /** What the account holds now, by currency; in a scenario only what the scenario moved. */
  holdings(): Holding[] {
    const now = this.objects.seconds();
    const held = new Map(settlementCurrencies.map((currency) => [currency, { available: 0, pending: 0 }]));
    for (const transaction of this.own()) {
      const currency = transaction.currency as string;
      const holding = held.get(currency) ?? { available: 0, pending: 0 };
      held.set(currency, holding);
      holding[isAvailable(transaction, now) ? 'available' : 'pending'] += transaction.net as number;
    }
    return [...held].map(([currency, holding]) => ({ currency, ...holding }));
  }

  /** Transactions that can be paid out now and that no payout took yet, oldest first. */
  payable(currency: string): StripeObject[] {
    const now = this.objects.seconds();
    return this.own().filter(
      (transaction) =>
        transaction.currency === currency && isAvailable(transaction, now) && (this.entry(transaction.id)?.payout ?? null) === null,
    );
  }

  /** A payout takes transactions: its members, itself among them. */
  take(payout: string, transactions: readonly string[]): void {
    for (const id of transactions) {
      const entry = this.entry(id) ?? { id, object: 'ledger_entry', group: accountGroup };
      this.objects.store.put('ledger_entries', { ...entry, payout });
    }
  }

  /** Members of a payout, oldest first, its own transaction among them. */
  members(payout: string): StripeObject[] {
    return this.objects.store.all('balance_transactions').filter(({ id }) => this.entry(id)?.payout === payout);
  }

  /** Scenarios do not pay out each other's movements (assumed: their times overlap); the account pays out everything. */
  private own(): StripeObject[] {
    const { store, timeline } = this.objects;
    const all = store.all('balance_transactions');
    return timeline.group === accountGroup ? all : all.filter(({ id }) => this.entry(id)?.group === timeline.group);
  }

  private entry(transaction: string): StripeObject | undefined {
    return this.objects.store.get('ledger_entries', transaction);
  }
}

/** A payout leaves the available balance at once, whatever its date of arrival (assumed). */
function isAvailable(transaction: StripeObject, seconds: number): boolean {
  return transaction.type === 'payout' || (transaction.available_on as number) <= seconds;
}
