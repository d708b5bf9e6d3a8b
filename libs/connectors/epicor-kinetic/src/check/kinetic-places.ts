/** An entity set, and the table that custom columns of its rows are added to. */
export interface Place {
  readonly service: string;
  readonly set: string;
  readonly table: string;
}

/** Entity sets that are read with every login, with a column of each. Source: README.md, what the site installs. */
export const services: readonly (readonly [service: string, set: string, column: string])[] = [
  ['Erp.BO.CustomerSvc', 'Customers', 'CustNum'],
  ['Erp.BO.CashGrpSvc', 'CashGrps', 'GroupID'],
  ['Erp.BO.CashRecSvc', 'CashRecs', 'HeadNum'],
  ['Erp.BO.InvcGrpSvc', 'InvcGrps', 'GroupID'],
  ['Erp.BO.ARInvoiceSvc', 'ARInvoices', 'InvoiceNum'],
  ['Erp.BO.GLJrnGrpSvc', 'GLJrnGrps', 'GroupID'],
  ['Erp.BO.GLJournalEntrySvc', 'GLJournalEntries', 'JournalNum'],
];

const invoices: Place = { service: 'Erp.BO.ARInvoiceSvc', set: 'ARInvoices', table: 'InvcHead' };
/**
 * Where documents of a kind are listed. Source: docs/reference/epicor-kinetic.md sections 4.1 and 6. Transfers have no entity set, so their
 * column is not checked.
 */
export const placeOf: Readonly<Record<string, Place>> = {
  customer: { service: 'Erp.BO.CustomerSvc', set: 'Customers', table: 'Customer' },
  'cash-receipt': { service: 'Erp.BO.CashRecSvc', set: 'CashRecs', table: 'CashHead' },
  invoice: invoices,
  'credit-memo': invoices,
  'refund-payment': invoices,
  application: { service: 'Erp.BO.ApplyCreditMemoSvc', set: 'ApplyCreditMemoes', table: 'CashHead' },
  journal: { service: 'Erp.BO.GLJournalEntrySvc', set: 'GLJournalEntries', table: 'GLJrnHed' },
};

/** Documents are found again by it (docs/adr/0013), whatever the mapping fills. */
const postingKey = 'StripePostingKey_c';
/** Lines carry their key in a column of their own. */
const lineKey = 'StripeLineKey_c';
const lines: readonly Place[] = [
  { service: 'Erp.BO.ARInvoiceSvc', set: 'InvcDtls', table: 'InvcDtl' },
  { service: 'Erp.BO.GLJournalEntrySvc', set: 'GLJrnDtlMnls', table: 'GLJrnDtlMnl' },
];

/** A custom column that has to be there. */
export interface WantedColumn extends Place {
  readonly column: string;
}

/** Columns that the connector itself needs, and those that mappings fill; each once. */
export function wantedColumns(customFields: ReadonlyMap<string, ReadonlySet<string>> = new Map()): readonly WantedColumn[] {
  const wanted = new Map<string, WantedColumn>();
  const add = (place: Place, column: string): void => void wanted.set(`${place.set} ${column}`, { ...place, column });
  for (const place of Object.values(placeOf)) add(place, postingKey);
  for (const place of lines) add(place, lineKey);
  for (const [kind, names] of customFields) for (const name of names) if (placeOf[kind]) add(placeOf[kind], name);
  return [...wanted.values()];
}
