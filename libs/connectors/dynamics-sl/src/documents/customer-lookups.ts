import type { PostingKey } from '@tributary/domain';
import type { SlFilter } from '../doors/door.js';
import type { SlClient } from '../sl-client.js';
import { emailMark, keyMark } from '../sl-keys.js';
import type { SlRow } from '../sl-values.js';
import { textOf } from '../sl-values.js';
import { comparableEmail } from './customer-links.js';
import { equal } from './screened.js';

/**
 * Where customers are found again. SL compares text without regard to case, while Stripe's ids differ by case: every row is compared once more
 * here, exactly. Source: docs/reference/dynamics-sl.md sections 3 and 5.1.
 */
export class CustomerLookups {
  constructor(private readonly client: SlClient) {}

  /** Customers that carry this posting key, its e-mail mark, or the Stripe customer that it is about. */
  async ofKey(key: PostingKey, stripeId: string | undefined, signal: AbortSignal): Promise<SlRow[]> {
    const marks = [keyMark(key), ...(stripeId === undefined ? [] : [emailMark(key)])];
    const conditions = [...marks.map((mark) => equal('User2', mark)), ...(stripeId === undefined ? [] : [equal('User1', stripeId)])];
    const rows: SlRow[] = [];
    for (const condition of conditions) rows.push(...(await this.customers([condition], signal)));
    const own = rows.filter((row) => marks.includes(textOf(row.User2)) || (stripeId !== undefined && textOf(row.User1) === stripeId));
    return [...new Map(own.map((row) => [textOf(row.CustId), row])).values()];
  }

  /** The customer of an id, in capital letters or not. */
  async ofId(custId: string, signal: AbortSignal): Promise<SlRow | undefined> {
    const rows = await this.customers([equal('CustId', custId)], signal);
    return rows.find((row) => textOf(row.CustId).toLowerCase() === custId.toLowerCase());
  }

  /** Customers with this e-mail address; both sides are compared trimmed and without regard to case. */
  async ofEmail(email: string, signal: AbortSignal): Promise<SlRow[]> {
    const wanted = comparableEmail(email);
    // LIKE finds an address with white space before it, too; what it finds beyond that is left out here.
    const like = wanted.replace(/[%_[\]]/g, '_');
    const rows = await this.customers([{ name: 'EMailAddr', value: `%${like}%`, comparisonType: 'LIKE' }], signal);
    return rows.filter((row) => comparableEmail(textOf(row.EMailAddr)) === wanted);
  }

  private async customers(filters: readonly SlFilter[], signal: AbortSignal): Promise<readonly SlRow[]> {
    return this.client.screen('customerMaintenance').find('Customer', filters, signal);
  }
}
