import type { ErpFinding, ErpFindingSubject, ErpNeeds } from '@tributary/connector-kit';
import { clockFinding } from '@tributary/connector-kit';
import type { KineticClient } from './kinetic-client.js';
import { KineticRefusedError, KineticSilentError } from './kinetic-errors.js';

/** Entity sets that are read with every login, with a column of each. Source: README.md, what the site installs. */
const services: readonly (readonly [service: string, set: string, column: string])[] = [
  ['Erp.BO.CustomerSvc', 'Customers', 'CustNum'],
  ['Erp.BO.CashGrpSvc', 'CashGrps', 'GroupID'],
  ['Erp.BO.CashRecSvc', 'CashRecs', 'HeadNum'],
  ['Erp.BO.InvcGrpSvc', 'InvcGrps', 'GroupID'],
  ['Erp.BO.ARInvoiceSvc', 'ARInvoices', 'InvoiceNum'],
  ['Erp.BO.GLJrnGrpSvc', 'GLJrnGrps', 'GroupID'],
  ['Erp.BO.GLJournalEntrySvc', 'GLJournalEntries', 'JournalNum'],
];
/** Where the fields of a kind lie that a site adds. */
const customFieldsOf: Readonly<Record<string, readonly [service: string, set: string]>> = {
  customer: ['Erp.BO.CustomerSvc', 'Customers'],
  'cash-receipt': ['Erp.BO.CashRecSvc', 'CashRecs'],
  invoice: ['Erp.BO.ARInvoiceSvc', 'ARInvoices'],
  'credit-memo': ['Erp.BO.ARInvoiceSvc', 'ARInvoices'],
  'refund-payment': ['Erp.BO.ARInvoiceSvc', 'ARInvoices'],
  journal: ['Erp.BO.GLJournalEntrySvc', 'GLJournalEntries'],
};

const finding = (level: ErpFinding['level'], about: ErpFindingSubject, text: string, fix = ''): ErpFinding => ({ level, about, text, fix });

/**
 * What a Kinetic company lacks for the connector: login, rights and services, columns that the site adds, and its clock. Stores nothing.
 * Source: docs/reference/epicor-kinetic.md sections 3, 4.1 and 5.
 * @param now ms since the epoch.
 */
export async function checkKinetic(client: KineticClient, needs: ErpNeeds, now: () => number, signal: AbortSignal): Promise<ErpFinding[]> {
  const findings: ErpFinding[] = [];
  for (const [service, set, column] of services) {
    const error = await failureOf(client, service, set, column, signal);
    const clock = findings.length === 0 && client.lastDate !== undefined ? [clockFinding(client.lastDate, now())] : [];
    const found = serviceFinding(`${service}/${set}`, error);
    findings.push(found, ...clock);
    // Without an answer or a login every other question has the same answer.
    if (found.about === 'login') return findings;
  }
  for (const [kind, names] of needs.customFields ?? []) {
    const [service, set] = customFieldsOf[kind] ?? [];
    if (!service || !set) continue;
    for (const name of names) findings.push(columnFinding(`${name} of ${set}`, await failureOf(client, service, set, name, signal)));
  }
  return findings;
}

async function failureOf(client: KineticClient, service: string, set: string, column: string, signal: AbortSignal): Promise<unknown> {
  try {
    await client.rows(service, set, { select: [column], top: 1 }, signal);
    return undefined;
  } catch (error) {
    if (error instanceof KineticRefusedError || error instanceof KineticSilentError) return error;
    throw error;
  }
}

function serviceFinding(name: string, error: unknown): ErpFinding {
  if (error === undefined) return finding('ok', 'service', `${name} can be read.`);
  if (error instanceof KineticRefusedError) {
    const { status, message } = error;
    if (status === 401) return finding('missing', 'login', message, 'Check KINETIC_USER, KINETIC_PASSWORD and KINETIC_API_KEY.');
    if (status === 403)
      return finding('missing', 'right', `${name} may not be read: ${message}`, 'Add the service to the access scope of the API key.');
    if (status === 404)
      return finding('missing', 'service', `${name} is not there: ${message}`, 'Check KINETIC_URL and KINETIC_COMPANY, and the version.');
    return finding('warning', 'service', `${name} could not be checked: ${message}`, 'Run the check again.');
  }
  const why = error instanceof Error ? error.message : 'no answer';
  return finding('missing', 'login', `Kinetic does not answer: ${why}`, 'Check KINETIC_URL and the network.');
}

/** A column that is not there is refused with 400 (section 4.1). */
function columnFinding(name: string, error: unknown): ErpFinding {
  if (error === undefined) return finding('ok', 'custom-field', `Column ${name} is there.`);
  if (error instanceof KineticRefusedError && error.status === 400)
    return finding('missing', 'custom-field', `Column ${name} is missing.`, 'Add it as a UD column, then regenerate the data model.');
  return finding('warning', 'custom-field', `Column ${name} could not be checked.`, 'Run the check again.');
}
