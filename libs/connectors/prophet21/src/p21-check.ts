import { cannotBeKnown, clockFinding, dayIn, finding, passed, periodFinding, zoneFinding } from '@tributary/connector-kit';
import type { ErpFinding, ErpFindingSubject, ErpNeeds, FindingCode } from '@tributary/connector-kit';
import { receiptFields } from './documents/cash-receipt.js';
import { isUnauthorised, P21HeldError, P21RefusedError, P21UnauthorisedError } from './p21-errors.js';
import { loginFinding } from './p21-login.js';
import { odataText } from './p21-odata.js';
import { recordFindings } from './p21-records.js';
import type { CheckedParts } from './p21-records.js';

/** Tables that the connector reads, with a column of each. */
const tables: readonly (readonly [table: string, key: string])[] = [
  ['customer', 'customer_id'],
  ['address', 'id'],
  ['contacts', 'id'],
  ['periods', 'period'],
  ['gl', 'gl_uid'],
  ['ar_payment_details', 'payment_number'],
  ['ar_receipts', 'receipt_number'],
];
/** Releases that the connector was written for: those of which the sources tell. Source: docs/reference/prophet21.md section 0. */
const knownReleases = ['25.2', '26.1'];

/**
 * What P21 lacks for the connector, before anything is posted: the login, rights to tables and families, the company and its periods, the
 * service for cash receipts, accounts, version and clock. Source: docs/reference/prophet21.md sections 3, 4, 5 and 14.
 * @param now ms since the epoch.
 */
export async function checkP21(parts: CheckedParts, needs: ErpNeeds, now: () => number, signal: AbortSignal): Promise<ErpFinding[]> {
  const login = await loginFinding(parts, signal);
  if (login.level !== 'ok') return [login];
  const clock = clockFinding(parts.client.lastDate, now());
  const rights = [];
  for (const [table, key] of tables) rights.push(await tableFinding(table, key, parts, signal));
  return [
    login,
    ...rights,
    await familyFinding('customers of the Entity API', '/api/entity/customers/new', parts, signal),
    await familyFinding('the general ledger', '/api/accounting/gl/0', parts, signal),
    await openPeriod(dayIn(now(), needs.timeZone), parts, signal),
    ...(await receiptFindings(parts, signal)),
    await versionFinding(parts, signal),
    ...(await recordFindings(parts, needs, signal)),
    clock,
    zoneFinding(needs, 'it is that of the database server, which OData does not tell'),
  ];
}

async function tableFinding(table: string, key: string, { client }: CheckedParts, signal: AbortSignal): Promise<ErpFinding> {
  try {
    const filter = `${key} gt ${key === 'id' && table === 'contacts' ? odataText('') : '0'}`;
    await client.rows(table, { filter, select: [key], orderBy: key, top: 1 }, signal);
    return passed('right', `The table ${table} can be read over OData.`);
  } catch (error) {
    const fix = `Allow ${table} in Dataservice Permission for the role of the login, then press Refresh OData API service.`;
    return unread(['check.right-missing', 'right'], `The table ${table} cannot be read over OData: ${textOf(error)}`, fix, error);
  }
}

async function familyFinding(what: string, path: string, { client }: CheckedParts, signal: AbortSignal): Promise<ErpFinding> {
  try {
    if ((await client.read('api', path, signal)) !== undefined) return passed('right', `The REST family of ${what} answers.`);
    const fix = 'See /docs/apiref.aspx of the middleware; update it.';
    return finding('check.service-missing', 'service', `The REST family of ${what} is not there (${path}).`, fix);
  } catch (error) {
    const text = `The REST family of ${what} does not answer: ${textOf(error)}`;
    return unread(['check.right-missing', 'right'], text, 'Allow it for the login or the consumer key.', error);
  }
}

async function openPeriod(today: string, { periods, config }: CheckedParts, signal: AbortSignal): Promise<ErpFinding> {
  try {
    return periodFinding(today, await periods.all(signal), config.company);
  } catch (error) {
    return unread(
      ['check.right-missing', 'record'],
      `The fiscal periods cannot be read: ${textOf(error)}`,
      'Allow the table periods.',
      error,
    );
  }
}

async function receiptFindings({ services, config }: CheckedParts, signal: AbortSignal): Promise<ErpFinding[]> {
  const fix =
    'Name service, form and fields in P21_RECEIPT_SERVICE, P21_RECEIPT_FORM and P21_RECEIPT_FIELDS. Until then cash receipts are held.';
  try {
    const lacking = await services.missing(config.receipts, receiptFields(config), signal);
    if (lacking.length === 0) return [passed('service', `Cash receipts go through the service ${config.receipts.service}.`)];
    return lacking.map((text) => finding('check.service-missing', 'service', `${text}.`, fix));
  } catch (error) {
    return [unread(['check.service-missing', 'service'], `The Transaction API does not answer: ${textOf(error)}`, fix, error)];
  }
}

/** `0026.0001.5950.0000` is the release 26.1. */
async function versionFinding({ client }: CheckedParts, signal: AbortSignal): Promise<ErpFinding> {
  try {
    const answer = (await client.read('api', '/api/environment/systems', signal)) as
      { list?: readonly { Version?: unknown }[] } | undefined;
    const version = answer?.list?.[0]?.Version;
    const [, major = '', minor = ''] = /^0*(\d+)\.0*(\d+)\b/.exec(String(version)) ?? [];
    if (typeof version === 'string' && knownReleases.includes(`${major}.${minor}`))
      return passed('version', `Prophet 21 is of the version ${version}.`);
    if (typeof version === 'string')
      return finding(
        'check.version-other',
        'version',
        `Prophet 21 is of the version ${version}; the connector was written for ${knownReleases.join(' and ')}.`,
      );
  } catch {
    // Older middleware has no such address: nothing depends on it.
  }
  const why = `/api/environment/systems does not tell it; the connector was written for ${knownReleases.join(' and ')}`;
  return cannotBeKnown('version', 'The version', why, 'See About in Prophet 21.');
}

/** What is refused is missing; what was not answered could not be checked. */
function unread([code, about]: readonly [FindingCode, ErpFindingSubject], text: string, fix: string, error: unknown): ErpFinding {
  const refused = error instanceof P21UnauthorisedError || error instanceof P21HeldError;
  const status = error instanceof P21RefusedError && (isUnauthorised(error) || error.status === 404);
  return refused || status ? finding(code, about, text, fix) : finding('check.not-checked', about, text, fix);
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : 'no reason';
}
