import type { ErpFinding, ErpFindingSubject, ErpNeeds } from '@tributary/connector-kit';
import { equal } from './documents/screened.js';
import { services } from './doors/door.js';
import type { SlClient, SlView } from './sl-client.js';
import { views } from './sl-client.js';
import { outcomeOf, SlNotSetUpError, SlRefusedError, SlSilentError } from './sl-errors.js';

/** Views with the columns that have to be there; a condition on a column that is not there is refused. */
const columns: readonly (readonly [view: SlView, columns: readonly string[]])[] = [
  ['Customer', ['User1', 'User2', 'EMailAddr']],
  ['ARDoc', ['User1', 'User2', 'RefNbr', 'CuryDocBal']],
  ['Batch', ['User1', 'User2', 'Status']],
  ['ARTran', ['User2', 'LineNbr']],
  ['GLTran', ['User2', 'CuryDrAmt']],
  ['TrialBalance', ['Acct', 'CuryId']],
];
/** The view that shows the documents of a kind. */
const viewOfKind: Readonly<Record<string, SlView>> = { customer: 'Customer', journal: 'Batch', application: 'Batch' };
/** How far the clock of the server may be off, ms. */
const clockMs = 300_000;

const ok = (about: ErpFindingSubject, text: string): ErpFinding => ({ level: 'ok', about, text, fix: '' });
const missing = (about: ErpFindingSubject, text: string, fix: string): ErpFinding => ({ level: 'missing', about, text, fix });

/** What a site lacks for the connector, before anything is posted to it. Stores nothing. Source: docs/reference/dynamics-sl.md sections 2, 2.4. */
export async function checkSl(client: SlClient, needs: ErpNeeds, signal: AbortSignal): Promise<ErpFinding[]> {
  const login = await loginFinding(client, signal);
  if (login.level !== 'ok') return [login];
  const findings = [login];
  for (const service of services) findings.push(ok('service', `${service} is reached by ${await client.doorOf(service, signal)}.`));
  for (const [view, names] of columns) for (const name of names) findings.push(await columnFinding(client, view, name, 'right', signal));
  for (const [kind, names] of needs.customFields ?? [])
    for (const name of names) findings.push(await columnFinding(client, viewOfKind[kind] ?? 'ARDoc', name, 'custom-field', signal));
  return [...findings, clockFinding(client.clockOffsetMs)];
}

async function loginFinding(client: SlClient, signal: AbortSignal): Promise<ErpFinding> {
  try {
    // Asks for the door of every service, too: where swagger is not served and none is named, nothing else can be checked.
    for (const service of services) await client.doorOf(service, signal);
    await client.rows('Batch', [equal('Module', 'AR'), equal('BatNbr', '0')], signal);
    return ok('login', `The web layer takes the login for the company ${client.config.company}.`);
  } catch (error) {
    if (error instanceof SlNotSetUpError) return missing('service', error.message, 'Name the doors in SL_DOORS.');
    if (error instanceof SlSilentError)
      return missing('login', error.message, 'Check SL_URL, and that the web layer can be reached from here.');
    if (!(error instanceof SlRefusedError)) throw error;
    const refused = outcomeOf(error, { retryMs: 0 }).kind === 'unauthorised';
    return refused
      ? missing('login', error.message, 'Check SL_USER and SL_PASSWORD, SL_SITE_ID, and the licence of the web layer.')
      : missing('right', error.message, `Check SL_COMPANY, and install the view ${views.Batch} (README of the connector).`);
  }
}

async function columnFinding(
  client: SlClient,
  view: SlView,
  column: string,
  about: ErpFindingSubject,
  signal: AbortSignal,
): Promise<ErpFinding> {
  const name = `${views[view]}.${column}`;
  try {
    await client.rows(view, [equal(column, '0')], signal);
    return ok(about, `${name} can be read.`);
  } catch (error) {
    if (error instanceof SlRefusedError)
      return missing(about, `${name} cannot be read: ${error.text}`, `Install the view ${views[view]} with this column.`);
    if (error instanceof SlSilentError)
      return { level: 'warning', about, text: `${name} was not checked: ${error.message}`, fix: 'Check again.' };
    throw error;
  }
}

function clockFinding(offsetMs: number | undefined): ErpFinding {
  if (offsetMs === undefined)
    return { level: 'warning', about: 'clock', text: 'The server tells no time.', fix: 'Compare its clock by hand.' };
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  if (Math.abs(offsetMs) <= clockMs) return ok('clock', 'The clock of the server is right.');
  return {
    level: 'warning',
    about: 'clock',
    text: `The clock of the server is ${minutes} minutes ${offsetMs > 0 ? 'ahead' : 'behind'}.`,
    fix: 'Set it: times of changes in SL are those of its server.',
  };
}
