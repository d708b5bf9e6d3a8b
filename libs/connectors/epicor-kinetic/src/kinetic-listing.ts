import type { ErpListedDocument, ErpPage } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import type { KineticClearing } from './kinetic-clearing.js';
import type { KineticClient } from './kinetic.client.js';
import { odataText } from './kinetic.client.js';
import {
  emailMark,
  externalId,
  plantedKey,
  plantedStripeId,
  postingKeyColumn,
  stripeCustomerColumn,
  stripeCustomerOf,
} from './kinetic-keys.js';
import type { KineticRow } from './kinetic-json.js';
import { textOf } from './kinetic-json.js';
import { receiptReference } from './to-cash-receipt.js';
import { customerReference } from './to-customer.js';

/** Longer pages are capped without a word: docs/reference/epicor-kinetic.md section 4.1. */
const pageRows = 100;

interface Kind {
  readonly service: string;
  readonly set: string;
  readonly columns: readonly string[];
  /** Rows that may be ours. */
  readonly ours: string;
  readonly orderBy: string;
  /** Rows behind this one. */
  after(cursor: readonly string[]): string;
  cursorOf(row: KineticRow): readonly string[];
  documentOf(row: KineticRow): ErpListedDocument;
}

/**
 * Pages go on behind the key of the last row, not at a row number: with `$skip`, a row that is deleted meanwhile would hide another one,
 * and a receipt that seems not to be there is one that may be posted twice (I3).
 * Source: docs/reference/epicor-kinetic.md sections 4.1 and 6.5 (key of CashHead: Company, GroupID, HeadNum).
 */
const kinds: Readonly<Record<string, Kind>> = {
  'cash-receipt': {
    service: 'Erp.BO.CashRecSvc',
    set: 'CashRecs',
    columns: ['GroupID', 'HeadNum', 'ExternalID', 'DocTranAmt', 'CurrencyCode', 'BankAcctID', 'Posted', postingKeyColumn],
    ours: `ExternalID ne ''`,
    orderBy: 'HeadNum,GroupID',
    after: ([head = '0', group = '']) => `(HeadNum gt ${head} or (HeadNum eq ${head} and GroupID gt ${odataText(group)}))`,
    cursorOf: (row) => [textOf(row.HeadNum), textOf(row.GroupID)],
    documentOf: (row) => ({
      reference: receiptReference(row),
      amount: textOf(row.DocTranAmt),
      currency: textOf(row.CurrencyCode),
      released: row.Posted === true,
      // A blank key stands in receipts that somebody keyed in again by hand with our reference: they count, as in `find`.
      marks: [textOf(row[postingKeyColumn]) || textOf(row.ExternalID)].filter((mark) => mark !== ''),
      ...legible(row),
    }),
  },
  customer: {
    service: 'Erp.BO.CustomerSvc',
    set: 'Customers',
    columns: ['CustNum', 'CustID', stripeCustomerColumn, postingKeyColumn],
    ours: `(${postingKeyColumn} ne '' or ${stripeCustomerColumn} ne '')`,
    orderBy: 'CustNum',
    after: ([number = '0']) => `CustNum gt ${number}`,
    cursorOf: (row) => [textOf(row.CustNum)],
    documentOf: (row) => ({
      reference: customerReference(row),
      released: true,
      marks: [textOf(row[postingKeyColumn]), textOf(row[stripeCustomerColumn])].filter((mark) => mark !== ''),
      ...legible(row),
    }),
  },
};

/** All documents with a mark of ours, page by page. */
export class KineticListing {
  constructor(
    private readonly client: KineticClient,
    private readonly clearing: KineticClearing,
  ) {}

  async page(kind: string, after: string | undefined, signal: AbortSignal): Promise<ErpPage> {
    const how = kinds[kind];
    if (!how) return { documents: [], next: undefined };
    const cursor = after === undefined ? undefined : (JSON.parse(after) as string[]);
    const filter = cursor ? `${how.after(cursor)} and ${how.ours}` : how.ours;
    const rows = await this.client.rows(how.service, how.set, { filter, select: how.columns, orderBy: how.orderBy, top: pageRows }, signal);
    const last = rows.at(-1);
    const documents: ErpListedDocument[] = [];
    for (const row of rows) {
      const document = how.documentOf(row);
      if (document.marks.length > 0) documents.push({ ...document, ...(await this.clearing.ofListed(row, signal)) });
    }
    return { documents, next: last && rows.length >= pageRows ? JSON.stringify(how.cursorOf(last)) : undefined };
  }
}

/** Of a receipt its planted key, or its reference where the key is blank; of a customer its planted key, its e-mail mark or its Stripe customer. */
export function marksOf(key: PostingKey, kind: string): readonly string[] {
  if (kind === 'cash-receipt') return [plantedKey(key), externalId(key)];
  const stripeId = stripeCustomerOf(key);
  return stripeId === undefined ? [plantedKey(key)] : [plantedKey(key), emailMark(key), plantedStripeId(stripeId)];
}

function legible(row: KineticRow): { plantedKey?: string } {
  const planted = textOf(row[postingKeyColumn]);
  return planted === '' || /^(sha|email):/.test(planted) ? {} : { plantedKey: planted };
}
