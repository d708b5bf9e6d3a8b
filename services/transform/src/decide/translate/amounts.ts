import type { CustomField, TaxAmount } from '@tributary/contracts';
import { money, toDecimalText } from '@tributary/domain';
import type { Money } from '@tributary/domain';
import type { StripeObject } from '../stripe-model/stripe-object.js';

/**
 * Reads amounts of one document, all in its currency.
 * Units: integer minor units, unscaled. Errors: MoneyError for an amount that its currency cannot have.
 */
export class Amounts {
  constructor(readonly currency: string) {}

  /** The amount in a field. @throws {InvalidStripeObjectError} when it is missing. */
  of(object: StripeObject, field: string): Money {
    return this.money(object.integer(field));
  }

  /** The amount in a field; null where there is none. */
  orNull(object: StripeObject | null, field: string): Money | null {
    const minor = object?.integerOrNull(field) ?? null;
    return minor === null ? null : this.money(minor);
  }

  /** Sum of the `amount` of all rows. */
  sum(rows: readonly StripeObject[]): Money {
    return this.money(rows.reduce((sum, row) => sum + row.integer('amount'), 0));
  }

  /** Taxes of a line or a document. Source: docs/reference/stripe.md section 7. */
  taxes(rows: readonly StripeObject[]): TaxAmount[] {
    return rows.map((tax) => ({
      amount: this.of(tax, 'amount'),
      behavior: tax.textOrNull('tax_behavior'),
      rateId: tax.objectOrNull('tax_rate_details')?.idOrNull('tax_rate') ?? null,
      taxabilityReason: tax.textOrNull('taxability_reason'),
      taxableAmount: this.orNull(tax, 'taxable_amount'),
    }));
  }

  private money(minor: number): Money {
    const amount = money(minor, this.currency);
    toDecimalText(amount);
    return amount;
  }
}

/** Tax numbers as Stripe lists them on a document: the type is the key, the number the value. */
export function taxNumbers(rows: readonly StripeObject[]): CustomField[] {
  return rows.map((row) => ({ key: row.text('type'), value: row.textOrNull('value') }));
}

/** A quantity as decimal text: Stripe's decimal field where there is one, else the whole number. Null where the row has none. */
export function quantityOf(row: StripeObject): string | null {
  return row.textOrNull('quantity_decimal') ?? row.integerOrNull('quantity')?.toString() ?? null;
}
