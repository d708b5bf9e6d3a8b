import type { ErpFinding, ErpFindingSubject } from '@tributary/connector-kit';
import type { P21Parts } from './documents/document-kind.js';
import { receiptFields } from './documents/cash-receipt.js';
import { isUnauthorised, P21HeldError, P21RefusedError, P21SilentError, P21UnauthorisedError } from './p21-errors.js';
import { odataText } from './p21-odata.js';

/** Tables that the connector reads, with their company column where they have one. */
const tables: readonly (readonly [table: string, key: string])[] = [
  ['customer', 'customer_id'],
  ['address', 'id'],
  ['contacts', 'id'],
  ['periods', 'period'],
  ['gl', 'gl_uid'],
  ['ar_payment_details', 'payment_number'],
  ['ar_receipts', 'receipt_number'],
];

type Parts = Pick<P21Parts, 'client' | 'config' | 'periods' | 'services'>;

const ok = (about: ErpFindingSubject, text: string): ErpFinding => ({ level: 'ok', about, text, fix: '' });
const missing = (about: ErpFindingSubject, text: string, fix: string): ErpFinding => ({ level: 'missing', about, text, fix });
const warning = (about: ErpFindingSubject, text: string, fix: string): ErpFinding => ({ level: 'warning', about, text, fix });

/**
 * What P21 lacks for the connector, before anything is posted: the login, rights to tables and families, the company and its periods, the
 * service for cash receipts, and the version. Source: docs/reference/prophet21.md sections 3, 4, 5 and 14.
 * @param today `YYYY-MM-DD`
 */
export async function checkP21(parts: Parts, today: string, signal: AbortSignal): Promise<ErpFinding[]> {
  const login = await loginFinding(parts, signal);
  if (login.level !== 'ok') return [login];
  const rights = [];
  for (const [table, key] of tables) rights.push(await tableFinding(table, key, parts, signal));
  return [
    login,
    ...rights,
    await familyFinding('customers of the Entity API', '/api/entity/customers/new', parts, signal),
    await familyFinding('the general ledger', '/api/accounting/gl/0', parts, signal),
    await periodFinding(today, parts, signal),
    ...(await receiptFindings(parts, signal)),
    await versionFinding(parts, signal),
  ];
}

async function loginFinding({ client }: Parts, signal: AbortSignal): Promise<ErpFinding> {
  try {
    await client.read('api', '/api/ui/router/v1/?urlType=external', signal);
    return ok('login', 'Prophet 21 gives a token for the login.');
  } catch (error) {
    const text = `Prophet 21 gives no token: ${textOf(error)}`;
    return error instanceof P21SilentError
      ? missing('login', text, 'Check P21_URL, and that the middleware can be reached from here.')
      : missing('login', text, 'Check P21_USER and P21_PASSWORD, or P21_CONSUMER_KEY, and the licence.');
  }
}

async function tableFinding(table: string, key: string, { client }: Parts, signal: AbortSignal): Promise<ErpFinding> {
  try {
    await client.rows(
      table,
      { filter: `${key} gt ${key === 'id' && table === 'contacts' ? odataText('') : '0'}`, select: [key], orderBy: key, top: 1 },
      signal,
    );
    return ok('right', `The table ${table} can be read over OData.`);
  } catch (error) {
    const fix = `Allow ${table} in Dataservice Permission for the role of the login, then press Refresh OData API service.`;
    return unread('right', `The table ${table} cannot be read over OData: ${textOf(error)}`, fix, error);
  }
}

async function familyFinding(what: string, path: string, { client }: Parts, signal: AbortSignal): Promise<ErpFinding> {
  try {
    if ((await client.read('api', path, signal)) !== undefined) return ok('right', `The REST family of ${what} answers.`);
    return missing('right', `The REST family of ${what} is not there (${path}).`, 'See /docs/apiref.aspx of the middleware; update it.');
  } catch (error) {
    return unread(
      'right',
      `The REST family of ${what} does not answer: ${textOf(error)}`,
      'Allow it for the login or the consumer key.',
      error,
    );
  }
}

async function periodFinding(today: string, { periods, config }: Parts, signal: AbortSignal): Promise<ErpFinding> {
  try {
    const all = await periods.all(signal);
    if (all.length === 0)
      return missing('record', `The company ${config.company} has no fiscal periods.`, 'Check P21_COMPANY, or add periods in Prophet 21.');
    const now = all.find(({ from, to }) => from <= today && today <= to);
    if (now?.open) return ok('record', `The company ${config.company} has an open period for ${today}.`);
    return warning('record', `The company ${config.company} has no open period for ${today}.`, 'Open one; entries of that day are held.');
  } catch (error) {
    return unread('record', `The fiscal periods cannot be read: ${textOf(error)}`, 'Allow the table periods.', error);
  }
}

async function receiptFindings({ services, config }: Parts, signal: AbortSignal): Promise<ErpFinding[]> {
  const fix =
    'Name service, form and fields in P21_RECEIPT_SERVICE, P21_RECEIPT_FORM and P21_RECEIPT_FIELDS. Until then cash receipts are held.';
  try {
    const lacking = await services.missing(config.receipts, receiptFields(config), signal);
    if (lacking.length === 0) return [ok('service', `Cash receipts go through the service ${config.receipts.service}.`)];
    return lacking.map((text) => missing('service', `${text}.`, fix));
  } catch (error) {
    return [unread('service', `The Transaction API does not answer: ${textOf(error)}`, fix, error)];
  }
}

async function versionFinding({ client }: Parts, signal: AbortSignal): Promise<ErpFinding> {
  try {
    const answer = (await client.read('api', '/api/environment/systems', signal)) as
      { list?: readonly { Version?: unknown }[] } | undefined;
    const version = answer?.list?.[0]?.Version;
    if (typeof version === 'string') return ok('version', `Prophet 21 is of the version ${version}.`);
  } catch {
    // Older middleware has no such address: nothing depends on it.
  }
  return warning('version', 'Prophet 21 does not tell its version.', 'Nothing; the connector was written for 25.2 and 26.1.');
}

/** What is refused is missing; what was not answered could not be checked. */
function unread(about: ErpFindingSubject, text: string, fix: string, error: unknown): ErpFinding {
  const refused = error instanceof P21UnauthorisedError || error instanceof P21HeldError;
  const status = error instanceof P21RefusedError && (isUnauthorised(error) || error.status === 404);
  return refused || status ? missing(about, text, fix) : warning(about, text, fix);
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : 'no reason';
}
