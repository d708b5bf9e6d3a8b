import type { Table } from '../data/columns.js';
import { Account, Batch, CustClass, GLTran, Period, SubAcct, Terms, TrialBalance } from './ledger.js';
import { ARAdjust, ARDoc, ARTran, Customer } from './receivables.js';

/** Every table by its name. */
export const tables = {
  Batch,
  GLTran,
  Account,
  SubAcct,
  Period,
  CustClass,
  Terms,
  Customer,
  ARDoc,
  ARTran,
  ARAdjust,
  TrialBalance,
} as const;

/** A table by the name that it has in a view, in any case. */
export function tableNamed(name: string): Table | undefined {
  return Object.values<Table>(tables).find((table) => table.name.toLowerCase() === name.toLowerCase());
}
