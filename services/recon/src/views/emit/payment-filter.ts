import type { EventState, ReconciliationState, Standing } from '@tributary/contracts';
import type { Seen } from './seen-sql.js';

/** Selects captured charges; a charge has to match every given field. */
export interface PaymentFilter {
  /** One of several. */
  readonly standing?: Standing | readonly Standing[] | undefined;
  readonly state?: EventState | undefined;
  readonly reconciliation?: ReconciliationState | undefined;
  readonly currency?: string | undefined;
  /** Smallest amount, minor units, inclusive. */
  readonly minMinor?: string | undefined;
  /** Largest amount, minor units, inclusive. */
  readonly maxMinor?: string | undefined;
  /** Earliest time of receipt, inclusive; ISO 8601. */
  readonly from?: string | undefined;
  /** Latest time of receipt, exclusive; ISO 8601. */
  readonly to?: string | undefined;
  readonly customer?: string | undefined;
  /** A target that was asked for a document of the charge. */
  readonly target?: string | undefined;
  readonly hasRefund?: boolean | undefined;
  readonly hasDispute?: boolean | undefined;
}

/**
 * SQL condition over captured charges `c`, with its parameters. Column names are constants of this file; outside values are only parameters.
 * @param first number of the first parameter.
 */
export function paymentCondition(filter: PaymentFilter, seen: Seen, first: number): { readonly sql: string; readonly values: unknown[] } {
  const values: unknown[] = [];
  const conditions: string[] = [];
  const add = (value: unknown, condition: (parameter: string) => string): void => {
    if (value === undefined) return;
    values.push(value);
    conditions.push(condition(`$${first + values.length - 1}`));
  };
  if (typeof filter.standing === 'string') add(filter.standing, (one) => `c.standing = ${one}`);
  else add(filter.standing, (several) => `c.standing = any(${several}::text[])`);
  add(filter.state, (one) => `c.state = ${one}`);
  add(filter.reconciliation, (one) => `c.reconciliation = ${one}`);
  add(filter.currency, (one) => `c.currency = ${one}`);
  add(filter.minMinor, (one) => `c.minor >= ${one}::numeric`);
  add(filter.maxMinor, (one) => `c.minor <= ${one}::numeric`);
  add(filter.from, (one) => `c.received_at >= ${one}::timestamptz`);
  add(filter.to, (one) => `c.received_at < ${one}::timestamptz`);
  add(
    filter.customer,
    (one) => `c.known and (c.charge_id, c.part) in (select charge_id, part from recon.payment where customer_id = ${one})`,
  );
  add(filter.target, (one) => `c.targets @> array[${one}::text] and ${seen.target(`${one}::text`)}`);
  if (filter.hasRefund !== undefined) conditions.push(filter.hasRefund ? 'c.has_refund' : 'not c.has_refund');
  if (filter.hasDispute !== undefined) conditions.push(filter.hasDispute ? 'c.has_dispute' : 'not c.has_dispute');
  return { sql: conditions.length === 0 ? 'true' : conditions.join(' and '), values };
}

/** Whether a filter asks what ledgers made of a payment, which not everybody may see of each ledger. */
export const asksLedgers = ({ standing, state, reconciliation }: PaymentFilter): boolean =>
  standing !== undefined || state !== undefined || reconciliation !== undefined;
