import type { Row, Store } from './store.js';

const stateOfGroup = (group: Row): string => (group.LockStatus === 'Locked' ? 'posting' : group.PostErrorLog ? 'failed' : 'open');

/** The groups of a table: those that are open, being posted or stopped, and those that were posted. */
function groupsOf(store: Store, table: string): object[] {
  return [
    ...store.rows(table).map((group) => ({ ...group, State: stateOfGroup(group) })),
    ...store
      .rows('PostedGroup')
      .filter((group) => (group.Table ?? 'CashGrp') === table)
      .map((group) => ({ ...group, State: 'posted' })),
  ];
}

/** Everything that the emulator holds, for tests and for whoever looks: documents, their lines and groups. */
export function stateOf(store: Store): object {
  const heads = store.rows('CashHead');
  return {
    customers: store.rows('Customer'),
    contacts: store.rows('CustCnt'),
    groups: groupsOf(store, 'CashGrp'),
    receipts: heads.filter((head) => head.TranType !== 'CMemo'),
    invoices: store.rows('InvcHead'),
    invoiceLines: store.rows('InvcDtl'),
    invoiceAccounts: store.rows('InvcDtlTGLC'),
    invoiceGroups: groupsOf(store, 'InvcGrp'),
    applications: heads.filter((head) => head.TranType === 'CMemo'),
    cashDetails: store.rows('CashDtl'),
    journals: store.rows('GLJrnHed'),
    journalLines: store.rows('GLJrnDtlMnl'),
    journalGroups: groupsOf(store, 'GLJrnGrp'),
    bankTransfers: store.rows('BankFundsTransfer'),
    salesOrders: store.rows('OrderHed'),
  };
}
