import type { Table } from '../columns.js';
import { address, company, contacts, customer, invMast } from './customers.js';
import { chartOfAccts, currencyHdr, gl, periods } from './ledger.js';
import { oeHdr, oeLine, remittances } from './orders.js';
import { arPaymentDetails, arReceipts, arReceiptsDetail, invoiceHdr, invoiceLine } from './receivables.js';

/** Tables of the database by what they are called in this code. */
export const tables = {
  address,
  arPaymentDetails,
  arReceipts,
  arReceiptsDetail,
  chartOfAccts,
  company,
  contacts,
  currencyHdr,
  customer,
  gl,
  invMast,
  invoiceHdr,
  invoiceLine,
  oeHdr,
  oeLine,
  periods,
  remittances,
} as const satisfies Readonly<Record<string, Table>>;

/** Tables by their name in the database. */
export const tableNamed: ReadonlyMap<string, Table> = new Map(Object.values(tables).map((table) => [table.name, table]));
