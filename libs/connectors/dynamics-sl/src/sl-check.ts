import { cannotBeKnown, clockOffsetFinding, finding, passed, zoneFinding } from '@tributary/connector-kit';
import type { ErpFinding, ErpFindingSubject, ErpNeeds } from '@tributary/connector-kit';
import { equal } from './documents/screened.js';
import { services } from './doors/door.js';
import type { SlClient, SlView } from './sl-client.js';
import { views } from './sl-client.js';
import { SlRefusedError, SlSilentError } from './sl-errors.js';
import { chartFindings } from './sl-chart.js';
import { loginFinding } from './sl-login.js';

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
/** SQL Server's own text for a view that is not there, and for a column. */
const noView = /invalid object name/i;
const noColumn = /invalid column name/i;

/** What a site lacks for the connector, before anything is posted to it. Stores nothing. Source: docs/reference/dynamics-sl.md sections 2, 2.4. */
export async function checkSl(client: SlClient, needs: ErpNeeds, signal: AbortSignal): Promise<ErpFinding[]> {
  const login = await loginFinding(client, signal);
  if (login.level !== 'ok') return [login];
  const findings = [login];
  for (const service of services) findings.push(await doorFinding(client, service, signal));
  for (const [view, names] of columns) findings.push(...(await viewFindings(client, view, names, signal)));
  for (const [kind, names] of needs.customFields ?? [])
    for (const name of names) findings.push(await columnFinding(client, viewOfKind[kind] ?? 'ARDoc', name, 'custom-field', signal));
  return [...findings, ...(await chartFindings(client, needs, signal)), clockOf(client.clockOffsetMs), ...notToBeKnown(needs)];
}

async function doorFinding(client: SlClient, service: (typeof services)[number], signal: AbortSignal): Promise<ErpFinding> {
  const door = await client.doorOf(service, signal);
  if (door === 'rest') return passed('service', `${service} is reached by ${door}.`);
  return cannotBeKnown('service', `${service}, which is reached by ${door},`, 'no call of it stores nothing; the first document shows it');
}

/** The columns of a view, as far as the first one that says that the view itself is not there. */
async function viewFindings(client: SlClient, view: SlView, names: readonly string[], signal: AbortSignal): Promise<ErpFinding[]> {
  const findings: ErpFinding[] = [];
  for (const name of names) {
    const found = await columnFinding(client, view, name, 'right', signal);
    findings.push(found);
    if (found.code === 'check.service-missing' && noView.test(found.text)) break;
  }
  return findings;
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
    return passed(about, `${name} can be read.`);
  } catch (error) {
    if (error instanceof SlSilentError) return finding('check.not-checked', about, `${name} was not checked: ${error.message}`);
    if (!(error instanceof SlRefusedError)) throw error;
    const text = `${name} cannot be read: ${error.text}`;
    const fix = `Install the view ${views[view]} with this column.`;
    if (about === 'custom-field') return finding('check.custom-field-missing', about, text, fix);
    if (noView.test(error.text) || noColumn.test(error.text)) return finding('check.service-missing', 'service', text, fix);
    return finding('check.right-missing', about, text, `Allow the login to query the view ${views[view]}.`);
  }
}

function clockOf(offsetMs: number | undefined): ErpFinding {
  if (offsetMs === undefined)
    return finding('check.not-checked', 'clock', 'The target does not tell its time.', 'Compare its clock by hand.');
  return clockOffsetFinding(offsetMs);
}

/** What the web layer does not tell. */
function notToBeKnown(needs: ErpNeeds): ErpFinding[] {
  return [
    cannotBeKnown(
      'record',
      'Whether the period of today is open',
      'the web layer shows no periods: a closed one is refused when a document is entered',
    ),
    cannotBeKnown('version', 'The version', 'the web layer tells that of its own interface only', 'See About in Dynamics SL.'),
    zoneFinding(needs, 'dates are those of the server, without a zone'),
    passed('record', 'A customer number is one customer in all companies of the database.'),
  ];
}
