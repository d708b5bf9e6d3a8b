import type { PostingNeeds } from './needs.js';
import { ask, missing, ok, warning } from './finding.js';
import type { Answer, Fetch, TargetFinding } from './finding.js';

/** Address and credentials of a Kinetic instance. */
export interface KineticAccess {
  /** Base of the instance without /api and without a slash at its end. */
  readonly url: string;
  readonly company: string;
  readonly user: string;
  /** Value of the header `authorization`. */
  readonly authorization: string;
  readonly apiKey: string;
}

/** Where documents of a kind are listed, and the table that their custom columns are added to. */
interface Place {
  readonly set: string;
  readonly table: string;
  /** Where the lines of such a document are listed; they carry their key in a column of their own. */
  readonly lines?: Place;
}
const invoices: Place = {
  set: 'Erp.BO.ARInvoiceSvc/ARInvoices',
  table: 'InvcHead',
  lines: { set: 'Erp.BO.ARInvoiceSvc/InvcDtls', table: 'InvcDtl' },
};
const lineKey = 'StripeLineKey_c';
/** Source: docs/reference/epicor-kinetic.md sections 4.1 and 6. Transfers have no entity set, so their column is not checked. */
const entitySets: Readonly<Record<string, Place>> = {
  customer: { set: 'Erp.BO.CustomerSvc/Customers', table: 'Customer' },
  'cash-receipt': { set: 'Erp.BO.CashRecSvc/CashRecs', table: 'CashHead' },
  invoice: invoices,
  'credit-memo': invoices,
  'refund-payment': invoices,
  application: { set: 'Erp.BO.ApplyCreditMemoSvc/ApplyCreditMemoes', table: 'CashHead' },
  journal: {
    set: 'Erp.BO.GLJournalEntrySvc/GLJournalEntries',
    table: 'GLJrnHed',
    lines: { set: 'Erp.BO.GLJournalEntrySvc/GLJrnDtlMnls', table: 'GLJrnDtlMnl' },
  },
};
const customers = 'Erp.BO.CustomerSvc/Customers';
/** Assumed by the naming of the other services; an installation that answers 404 gives a warning. */
const bankAccounts = { service: 'Erp.BO.BankAcctSvc/BankAccts', column: 'BankAcctID', what: 'bank account' };
const paymentMethods = { service: 'Erp.BO.PayMethodSvc/PayMethods', column: 'PMUID', what: 'payment method' };

/** Address, login, API key and company; custom fields, bank accounts and payment methods that the assets need. Reads only. */
export async function checkKinetic(access: KineticAccess, needs: PostingNeeds, fetch: Fetch): Promise<TargetFinding[]> {
  const connection = await checkConnection(access, fetch);
  if (connection.some(({ level }) => level === 'missing')) return connection; // everything below would fail alike
  return [
    ...connection,
    ...(await checkCustomFields(access, needs, fetch)),
    ...(await checkRecords(access, bankAccounts, needs.bankAccounts, (id) => `'${id.replaceAll("'", "''")}'`, fetch)),
    ...(await checkRecords(access, paymentMethods, needs.paymentMethods, (id) => id, fetch)),
  ];
}

function get(access: KineticAccess, path: string, fetch: Fetch): Promise<Answer> {
  return ask(fetch, `${access.url}/api/v2/odata/${encodeURIComponent(access.company)}/${path}`, {
    headers: {
      authorization: access.authorization,
      'x-api-key': access.apiKey,
      accept: 'application/json',
    },
  });
}

async function checkConnection(access: KineticAccess, fetch: Fetch): Promise<TargetFinding[]> {
  const answer = await get(access, `${customers}?$top=1&$select=CustNum`, fetch);
  if ('unreachable' in answer)
    return [
      missing(
        'Kinetic',
        `${access.url} does not answer (${answer.unreachable}).`,
        'Check KINETIC_URL (without /api), the network and the certificate (NODE_EXTRA_CA_CERTS).',
      ),
    ];
  if (answer.status === 200) return [ok('Kinetic', `login ${access.user} reads company ${access.company} at ${access.url}.`)];
  const said = messageOf(answer.body);
  if (answer.status === 401)
    return [
      missing(
        'Kinetic',
        `the login ${access.user} or the API key is refused (401: ${said}).`,
        'Check KINETIC_USER, KINETIC_PASSWORD and KINETIC_API_KEY; runbook: docs/runbooks/erp-password.md.',
      ),
    ];
  if (answer.status === 403)
    return [
      missing(
        'Kinetic',
        `the login ${access.user} may not read customers (403: ${said}).`,
        'Give it the access scope of Erp.BO.CustomerSvc, CashGrpSvc, CashRecSvc and CashRecPostSvc, and the company.',
      ),
    ];
  if (answer.status === 404)
    return [
      missing(
        'Kinetic',
        `there is no company "${access.company}" for this login, or no Kinetic at ${access.url} (404: ${said}).`,
        'Check KINETIC_COMPANY and KINETIC_URL.',
      ),
    ];
  return [
    missing(
      'Kinetic',
      `company ${access.company} cannot be read (${answer.status}: ${said}).`,
      'Open the company in Kinetic with the same login; it may be closed, or the login may not work in it.',
    ),
  ];
}

/** Asking for a column that is not there is refused with 400 (section 4.1), so each column is asked for on its own. */
async function checkCustomFields(access: KineticAccess, needs: PostingNeeds, fetch: Fetch): Promise<TargetFinding[]> {
  const wanted = new Map<string, Place & { readonly name: string }>();
  for (const [kind, names] of needs.customFields) {
    const where = entitySets[kind];
    if (!where) continue;
    for (const name of names) wanted.set(`${where.set} ${name}`, { ...where, name });
    if (where.lines) wanted.set(`${where.lines.set} ${lineKey}`, { ...where.lines, name: lineKey });
  }
  const findings: TargetFinding[] = [];
  for (const { set, table, name } of wanted.values()) {
    const answer = await get(access, `${set}?$top=1&$select=${name}`, fetch);
    const status = 'unreachable' in answer ? 0 : answer.status;
    if (status === 200) findings.push(ok('Kinetic', `column ${name} of ${table} is there.`));
    else if (status === 400)
      findings.push(
        missing(
          'Kinetic',
          `column ${name} of ${table} is missing.`,
          `Add it to ${table}_UD in User Defined Table Maintenance (text, at least 100 characters), then regenerate the data model.`,
        ),
      );
    else findings.push(warning('Kinetic', `column ${name} of ${table} could not be checked (${reason(answer)}).`, 'Run the check again.'));
  }
  return findings;
}

async function checkRecords(
  access: KineticAccess,
  { service, column, what }: typeof bankAccounts,
  wanted: ReadonlyMap<string, string>,
  literal: (id: string) => string,
  fetch: Fetch,
): Promise<TargetFinding[]> {
  const findings: TargetFinding[] = [];
  for (const [id, place] of wanted) {
    const filter = encodeURIComponent(`${column} eq ${literal(id)}`);
    const answer = await get(access, `${service}?$top=1&$select=${column}&$filter=${filter}`, fetch);
    if ('unreachable' in answer || answer.status !== 200)
      // Of all of them the same: the service is not there or not allowed.
      return [
        ...findings,
        warning(
          'Kinetic',
          `the ${what}s of the profile could not be checked (${service}: ${reason(answer)}).`,
          `Allow the login to read ${service.split('/')[0]}, or look them up in Kinetic: ${[...wanted.keys()].join(', ')}.`,
        ),
      ];
    const rows = (answer.body as { value?: unknown[] } | null)?.value ?? [];
    findings.push(
      rows.length > 0
        ? ok('Kinetic', `${what} ${id} (${place}) is there.`)
        : missing('Kinetic', `there is no ${what} ${id} (${place}).`, `Create it in Kinetic, or change ${place} in the profile.`),
    );
  }
  return findings;
}

const reason = (answer: Answer): string => ('unreachable' in answer ? answer.unreachable : `${answer.status}: ${messageOf(answer.body)}`);

function messageOf(body: unknown): string {
  if (typeof body === 'string') return body.replace(/\s+/g, ' ').trim() || 'no text';
  const message = (body as { ErrorMessage?: unknown } | null)?.ErrorMessage;
  return typeof message === 'string' ? message : 'no text';
}
