import type { Operation } from './call.js';
import { customerMaintenance } from './customer.js';
import { invoiceAndMemo } from './invoice-and-memo.js';
import { journalTransactions } from './journal.js';
import { paymentApplication } from './payment-application.js';
import { paymentEntry } from './payment-entry.js';
import { customerQuery, quickQuery } from './query.js';

/** Services by name: docs/reference/dynamics-sl.md section 1 [verified]. */
export const services: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  'financial.accountsReceivable.maintenance.customerMaintenance': { ...customerMaintenance, queryCustomers: customerQuery },
  'financial.accountsReceivable.input.invoiceAndMemo': invoiceAndMemo,
  'financial.accountsReceivable.input.paymentEntry': paymentEntry,
  'financial.accountsReceivable.input.paymentApplication': paymentApplication,
  'financial.generalLedger.input.journalTransactions': journalTransactions,
  quickQuery,
};

/** An operation, by the last part of its service's name. */
export function operationOf(service: string, operation: string): Operation | undefined {
  const [, found] = Object.entries(services).find(([name]) => name === service || name.split('.').at(-1) === service) ?? [];
  return found?.[operation];
}
