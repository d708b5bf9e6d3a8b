import { KineticError, ok } from '../answers.js';
import { creditApplicationService } from './credit-application.js';
import { invoiceService } from './invoice.js';
import { journalService } from './journal.js';
import type { Operation, Service } from './service.js';

/** What a dataset of our function is saved with. */
const writers: Readonly<Record<string, readonly [service: Service, operation: string]>> = {
  ARInvoice: [invoiceService, 'UpdateMaster'],
  GLJournalEntry: [journalService, 'Update'],
  ApplyCreditMemo: [creditApplicationService, 'Update'],
};

/**
 * The Epicor Function that a site installs for us, `Tributary/PostDocument`: saves one dataset in one transaction and answers it. How functions
 * are called and answer: docs/reference/epicor-kinetic.md sections 2 and 4.2 [verified]; this function is ours, so its names are, too.
 * @returns undefined for a function that is not published (404).
 */
export function functionOperation(library: string, name: string): Operation | undefined {
  if (library !== 'Tributary' || name !== 'PostDocument') return undefined;
  return (call, transaction) => {
    const [service, operation] = writers[String(call.input.businessObject)] ?? [];
    const write = service?.operations[operation ?? ''];
    if (!write) throw new KineticError('business', `PostDocument does not know ${String(call.input.businessObject)}.`);
    const { parameters } = write(call, transaction).body as { parameters: { ds: unknown } };
    return ok({ ds: parameters.ds, errorText: '' });
  };
}
