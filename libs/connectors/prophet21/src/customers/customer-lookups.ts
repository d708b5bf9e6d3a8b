import type { PostingKey } from '@tributary/domain';
import type { P21Client } from '../p21-client.js';
import type { P21Config } from '../p21.config.js';
import type { P21Row } from '../p21-json.js';
import { idOf, textOf } from '../p21-json.js';
import { emailMark, keyColumn, plantedKey, stripeCustomerOf } from '../p21-keys.js';
import { all, odataNumber, odataText, oneOf } from '../p21-odata.js';

const columns = ['customer_id', 'company_id', 'customer_name', keyColumn, 'delete_flag'];

/** Most customers that an e-mail address is compared for. */
const mostAddresses = 50;

/**
 * Where customers are found again. Two companies may have the same customer number, so every look-up names ours and every row is compared
 * once more. Text in a `$filter` compares by the database's collation, usually without regard to case, while Stripe's ids differ by case.
 * Source: docs/reference/prophet21.md sections 5, 7.1 and 14.
 */
export class CustomerLookups {
  constructor(
    private readonly client: P21Client,
    private readonly config: Pick<P21Config, 'company'>,
  ) {}

  /** Customers that carry this posting key, its e-mail mark, or the Stripe customer that it is about. */
  async ofKey(key: PostingKey, signal: AbortSignal): Promise<P21Row[]> {
    const stripeId = stripeCustomerOf(key);
    const marks = [plantedKey(key), ...(stripeId === undefined ? [] : [emailMark(key), stripeId])];
    const rows = await this.customers(oneOf(keyColumn, marks.map(odataText)), signal);
    return rows.filter((row) => marks.includes(textOf(row[keyColumn])));
  }

  /** Customers with this number in our company: one or none. */
  async ofNumber(number: string, signal: AbortSignal): Promise<P21Row[]> {
    if (!/^\d{1,19}$/.test(number)) return [];
    return (await this.customers(`customer_id eq ${odataNumber(number)}`, signal)).filter((row) => idOf(row.customer_id) === number);
  }

  /**
   * Customers with this e-mail address; when there is none, customers with a contact that has it. Those that are marked as deleted do not
   * count. A customer has the number of its address (assumed in the reference).
   */
  async ofEmail(email: string, signal: AbortSignal): Promise<P21Row[]> {
    const wanted = comparableEmail(email);
    const filter = oneOf('email_address', [...new Set([email.trim(), wanted])].map(odataText));
    const direct = await this.client.rows('address', { filter, select: ['id', 'email_address'], orderBy: 'id' }, signal);
    const found = await this.ofAddresses(matching(direct, wanted, 'id'), signal);
    if (found.length > 0) return found;
    const query = { filter: all(filter, "delete_flag eq 'N'"), select: ['address_id', 'email_address', 'id'], orderBy: 'id' };
    return this.ofAddresses(matching(await this.client.rows('contacts', query, signal), wanted, 'address_id'), signal);
  }

  private async ofAddresses(numbers: readonly string[], signal: AbortSignal): Promise<P21Row[]> {
    if (numbers.length === 0) return [];
    const some = numbers.slice(0, mostAddresses).map(odataNumber);
    const rows = await this.customers(oneOf('customer_id', some), signal);
    return rows.filter((row) => textOf(row.delete_flag) !== 'Y');
  }

  private async customers(filter: string, signal: AbortSignal): Promise<P21Row[]> {
    const { company } = this.config;
    const query = { filter: all(`company_id eq ${odataText(company)}`, filter), select: columns, orderBy: 'customer_id' };
    return (await this.client.rows('customer', query, signal)).filter((row) => textOf(row.company_id) === company);
  }
}

/** An e-mail address as it is compared: trimmed, without regard to case. */
function comparableEmail(email: string): string {
  return email.normalize('NFC').trim().toLowerCase();
}

function matching(rows: readonly P21Row[], wanted: string, column: string): string[] {
  const own = rows.filter((row) => comparableEmail(textOf(row.email_address)) === wanted);
  return [...new Set(own.map((row) => idOf(row[column])))].filter((number) => /^\d{1,19}$/.test(number));
}
