import type { PostingKey } from '@tributary/domain';
import type { KineticClient } from '../kinetic-client.js';
import { baqRows } from '../kinetic-client.js';
import { lastRow, odataText } from '../kinetic-dataset.js';
import type { KineticConfig } from '../kinetic.config.js';
import { emailMark, plantedKey, postingKeyColumn, stripeCustomerColumn } from '../kinetic-keys.js';
import type { KineticRow } from '../kinetic-json.js';
import { textOf } from '../kinetic-json.js';
import { comparableEmail } from './customer-links.js';

/** What a customer is matched, changed and created with. */
export interface CustomerParts {
  readonly client: KineticClient;
  readonly lookups: CustomerLookups;
}

const customerColumns = ['CustNum', 'CustID', 'Name', 'EMailAddress', 'Inactive', stripeCustomerColumn, postingKeyColumn];

/**
 * Where customers are found again. Text in a `$filter` compares by the database's collation, usually without regard to case,
 * while Stripe's ids differ by case: every row is compared once more here, exactly.
 * Source: docs/reference/epicor-kinetic.md sections 4.1, 6.1 and 8.
 */
export class CustomerLookups {
  constructor(
    private readonly client: KineticClient,
    private readonly config: Pick<KineticConfig, 'lookup' | 'emailLookup'>,
  ) {}

  /** Customers that carry this posting key, its e-mail mark, or the Stripe customer that it is about. */
  async customersOfKey(key: PostingKey, stripeId: string | undefined, signal: AbortSignal): Promise<KineticRow[]> {
    const marks = [plantedKey(key), ...(stripeId === undefined ? [] : [emailMark(key)])];
    const rows =
      this.config.lookup === 'baq' ? await this.baqCustomers(marks, stripeId, signal) : await this.markedCustomers(marks, stripeId, signal);
    const own = rows.filter(
      (row) => marks.includes(textOf(row[postingKeyColumn])) || (stripeId !== undefined && row[stripeCustomerColumn] === stripeId),
    );
    return [...new Map(own.map((row) => [textOf(row.CustNum), row])).values()];
  }

  private markedCustomers(marks: readonly string[], stripeId: string | undefined, signal: AbortSignal): Promise<KineticRow[]> {
    const filters = marks.map((mark) => `${postingKeyColumn} eq ${odataText(mark)}`);
    return this.customers([...filters, ...(stripeId ? [`${stripeCustomerColumn} eq ${odataText(stripeId)}`] : [])].join(' or '), signal);
  }

  private async baqCustomers(marks: readonly string[], stripeId: string | undefined, signal: AbortSignal): Promise<KineticRow[]> {
    const parameters = [...marks.map((mark) => ({ StripePostingKey: mark })), ...(stripeId ? [{ StripeCustomerID: stripeId }] : [])];
    const rows: KineticRow[] = [];
    for (const one of parameters) rows.push(...(await baqRows(this.client, 'StripeCustomers', 'Customer', one, signal)));
    return rows;
  }

  async customersByCustId(custId: string, signal: AbortSignal): Promise<KineticRow[]> {
    return this.customers(`CustID eq ${odataText(custId)}`, signal);
  }

  /**
   * Customers with this e-mail address; when there is none, customers with a contact that has it. Both sides are compared trimmed and
   * without regard to case, since an address is stored as it was typed.
   */
  async customersByEmail(email: string, signal: AbortSignal): Promise<KineticRow[]> {
    const wanted = comparableEmail(email);
    const same = (row: KineticRow): boolean => comparableEmail(textOf(row.EMailAddress)) === wanted;
    const filter = this.emailFilter(wanted);
    const direct = (await this.customers(filter, signal)).filter(same);
    if (direct.length > 0) return direct;
    const query = { filter, select: ['CustNum', 'ShipToNum', 'ConNum', 'EMailAddress'], orderBy: 'CustNum,ShipToNum,ConNum' };
    const contacts = (await this.client.rows('Erp.BO.CustCntSvc', 'CustCnts', query, signal)).filter(same);
    const numbers = [...new Set(contacts.map((contact) => textOf(contact.CustNum)))];
    return numbers.length === 0 ? [] : this.customers(numbers.map((number) => `CustNum eq ${number}`).join(' or '), signal);
  }

  /**
   * tolower() and trim() are functions of OData 4 (its URL conventions, section 5.1.1.7); that Kinetic takes them is assumed. Without them a
   * text is compared by the database's collation: usually without regard to case, and with the spaces in front of it.
   */
  private emailFilter(wanted: string): string {
    return this.config.emailLookup === 'functions'
      ? `tolower(trim(EMailAddress)) eq ${odataText(wanted)}`
      : `EMailAddress eq ${odataText(wanted)}`;
  }

  /** The whole row as it is now. `undefined`: there is no such customer. */
  async customer(custNum: string, signal: AbortSignal): Promise<KineticRow | undefined> {
    return lastRow(await this.client.read('Erp.BO.CustomerSvc/GetByID', { query: { custNum } }, signal), 'Customer');
  }

  private customers(filter: string, signal: AbortSignal): Promise<KineticRow[]> {
    return this.client.rows('Erp.BO.CustomerSvc', 'Customers', { filter, select: customerColumns, orderBy: 'CustNum' }, signal);
  }
}
