import { ErpDuplicateDocumentError } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import type { KineticClient } from './kinetic.client.js';
import { lastRow, odataText } from './kinetic.client.js';
import { externalId, plantedKey, postingKeyColumn, stripeCustomerColumn, stripeCustomerOf } from './kinetic-keys.js';
import type { KineticRow } from './kinetic-json.js';
import { textOf } from './kinetic-json.js';

const customerColumns = ['CustNum', 'CustID', 'Inactive', stripeCustomerColumn, postingKeyColumn];
const receiptColumns = [
  'GroupID',
  'HeadNum',
  'CustNum',
  'CheckRef',
  'ExternalID',
  'DocTranAmt',
  'CurrencyCode',
  'Posted',
  postingKeyColumn,
];

/**
 * Where documents are found again. Text in a `$filter` compares by the database's collation, usually without regard to case,
 * while Stripe's ids differ by case: every row is compared once more here, exactly.
 * Source: docs/reference/epicor-kinetic.md sections 4.1, 6.1 and 8.
 */
export class KineticLookups {
  constructor(
    private readonly client: KineticClient,
    private readonly how: 'odata' | 'baq',
  ) {}

  /** Customers that carry this posting key, or the Stripe customer that it is about. */
  async customersOfKey(key: PostingKey, signal: AbortSignal): Promise<KineticRow[]> {
    const planted = plantedKey(key);
    const stripeId = stripeCustomerOf(key);
    const rows =
      this.how === 'baq'
        ? [
            ...(await this.baqRows('StripeCustomers', 'Customer', { StripePostingKey: planted }, signal)),
            ...(stripeId ? await this.baqRows('StripeCustomers', 'Customer', { StripeCustomerID: stripeId }, signal) : []),
          ]
        : await this.customers(
            `${postingKeyColumn} eq ${odataText(planted)}${stripeId ? ` or ${stripeCustomerColumn} eq ${odataText(stripeId)}` : ''}`,
            signal,
          );
    const own = rows.filter(
      (row) => row[postingKeyColumn] === planted || (stripeId !== undefined && row[stripeCustomerColumn] === stripeId),
    );
    return [...new Map(own.map((row) => [textOf(row.CustNum), row])).values()];
  }

  async customersByCustId(custId: string, signal: AbortSignal): Promise<KineticRow[]> {
    return this.customers(`CustID eq ${odataText(custId)}`, signal);
  }

  /** Customers with this e-mail; when there is none, customers with a contact that has it. E-mails differ by nothing but case. */
  async customersByEmail(email: string, signal: AbortSignal): Promise<KineticRow[]> {
    const direct = await this.customers(`EMailAddress eq ${odataText(email)}`, signal);
    if (direct.length > 0) return direct;
    const contacts = await this.client.rows(
      'Erp.BO.CustCntSvc',
      'CustCnts',
      { filter: `EMailAddress eq ${odataText(email)}`, select: ['CustNum', 'ShipToNum', 'ConNum'], orderBy: 'CustNum,ShipToNum,ConNum' },
      signal,
    );
    const numbers = [...new Set(contacts.map((contact) => textOf(contact.CustNum)))];
    return numbers.length === 0 ? [] : this.customers(numbers.map((number) => `CustNum eq ${number}`).join(' or '), signal);
  }

  /** The whole row as it is now. `undefined`: there is no such customer. */
  async customer(custNum: string, signal: AbortSignal): Promise<KineticRow | undefined> {
    return lastRow(await this.client.read('Erp.BO.CustomerSvc/GetByID', { query: { custNum } }, signal), 'Customer');
  }

  private customers(filter: string, signal: AbortSignal): Promise<KineticRow[]> {
    return this.client.rows('Erp.BO.CustomerSvc', 'Customers', { filter, select: customerColumns, orderBy: 'CustNum' }, signal);
  }

  /**
   * The receipt of a posting key: by ExternalID, then the whole key is compared.
   * @throws {ErpDuplicateDocumentError} when there are several: nothing in Kinetic prevents that.
   */
  async receipt(key: PostingKey, signal: AbortSignal): Promise<KineticRow | undefined> {
    const reference = externalId(key);
    const planted = plantedKey(key);
    const rows =
      this.how === 'baq'
        ? await this.baqRows('StripeCashReceipts', 'CashHead', { ExternalID: reference }, signal)
        : await this.client.rows(
            'Erp.BO.CashRecSvc',
            'CashRecs',
            { filter: `ExternalID eq ${odataText(reference)}`, select: receiptColumns, orderBy: 'GroupID,HeadNum' },
            signal,
          );
    // A blank key stands in receipts that somebody keyed in again by hand with our reference: they count.
    const own = rows.filter((row) => row.ExternalID === reference && ['', planted].includes(textOf(row[postingKeyColumn])));
    return single(own, key, 'cash receipts', (row) => `${textOf(row.GroupID)}/${textOf(row.HeadNum)}`);
  }

  /** Whether the group holds receipts, and whether one of them is not in the ledger yet. */
  async receiptsOfGroup(groupId: string, signal: AbortSignal): Promise<{ readonly any: boolean; readonly unposted: boolean }> {
    const some = (more: string): Promise<KineticRow[]> =>
      this.client.rows(
        'Erp.BO.CashRecSvc',
        'CashRecs',
        { filter: `GroupID eq ${odataText(groupId)}${more}`, select: ['HeadNum'], orderBy: 'HeadNum', top: 1 },
        signal,
      );
    const unposted = (await some(' and Posted eq false')).length > 0;
    return { unposted, any: unposted || (await some('')).length > 0 };
  }

  /** Rows of a BAQ under their plain column names: it calls them `Table_Field`. */
  private async baqRows(
    id: string,
    table: string,
    parameters: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<KineticRow[]> {
    const rows = await this.client.baq(id, parameters, signal);
    return rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name.replace(new RegExp(`^${table}(_UD)?_`), ''), value])),
    );
  }
}

/** The one row, if any. @throws {ErpDuplicateDocumentError} */
export function single(
  rows: readonly KineticRow[],
  key: PostingKey,
  what: string,
  name: (row: KineticRow) => string,
): KineticRow | undefined {
  if (rows.length > 1) {
    const found = rows.map(name).join(', ');
    throw new ErpDuplicateDocumentError(
      `looking for ${key}: Kinetic holds ${rows.length} ${what} with it (${found}); decide which one stands`,
      {
        postingKey: key,
        found,
      },
    );
  }
  return rows[0];
}
