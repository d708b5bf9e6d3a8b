import type { ErpFinding, ErpNeeds } from '@tributary/connector-kit';
import { cannotBeKnown, clockFinding, finding, passed, zoneFinding } from '@tributary/connector-kit';
import type { KineticClient } from '../kinetic-client.js';
import type { KineticConfig } from '../kinetic.config.js';
import { KineticRefusedError, KineticSilentError } from '../kinetic-errors.js';
import { services, wantedColumns } from './kinetic-places.js';
import type { WantedColumn } from './kinetic-places.js';
import { recordFindings, unanswered } from './kinetic-records.js';
import { refusalOfAll, refusalOfCompany } from './kinetic-refusal.js';

/** What is checked, and by which login. */
export interface KineticSite {
  readonly client: KineticClient;
  readonly config: KineticConfig;
}

/**
 * What a Kinetic company lacks for the connector: login, rights and services, columns that the site adds, records that the profile names, an open
 * period, and its clock. Stores nothing. Source: docs/reference/epicor-kinetic.md sections 3, 4.1, 5 and 6.
 * @param now ms since the epoch.
 */
export async function checkKinetic(site: KineticSite, needs: ErpNeeds, now: () => number, signal: AbortSignal): Promise<ErpFinding[]> {
  const { client, config } = site;
  const findings: ErpFinding[] = [];
  const refused = new Set<string>();
  for (const [service, set, column] of services) {
    const error = await failureOf(client, { service, set, column }, signal);
    const ofAll = error === undefined ? undefined : refusalOfAll(error, client, config);
    if (error !== undefined) refused.add(service); // and so would every column of it be
    if (ofAll) return [...findings, ofAll]; // every other question has the same answer
    if (findings.length === 0) {
      const first = error instanceof KineticRefusedError ? refusalOfCompany(error, config, service) : undefined;
      const rest = first === undefined || first.code === 'check.right-missing';
      findings.push(first ?? passed('login', `login ${config.user} reads company ${config.company} at ${config.url}.`));
      if (!rest) return findings;
      findings.push(clockFinding(client.lastDate, now()));
    } else findings.push(serviceFinding(`${service}/${set}`, error));
  }
  // Where look-ups go by BAQ, columns of the site may be hidden from OData.
  if (config.lookup === 'odata')
    for (const wanted of wantedColumns(needs.customFields).filter((one) => !refused.has(one.service)))
      findings.push(columnFinding(wanted, await failureOf(client, wanted, signal)));
  return [...findings, ...(await recordFindings(site, needs, now(), signal)), ...notToBeKnown(needs, config)];
}

async function failureOf(
  client: KineticClient,
  { service, set, column }: Pick<WantedColumn, 'service' | 'set' | 'column'>,
  signal: AbortSignal,
): Promise<unknown> {
  try {
    await client.rows(service, set, { select: [column], top: 1 }, signal);
    return undefined;
  } catch (error) {
    if (error instanceof KineticRefusedError || error instanceof KineticSilentError) return error;
    throw error;
  }
}

function serviceFinding(name: string, error: unknown): ErpFinding {
  if (error === undefined) return passed('service', `${name} can be read.`);
  const { status, message } = error as KineticRefusedError;
  if (status === 403)
    return finding(
      'check.right-missing',
      'right',
      `${name} may not be read: ${message}`,
      'Add the service to the access scope of the API key.',
    );
  if (status === 404) return finding('check.service-missing', 'service', `${name} is not there: ${message}`);
  return finding('check.not-checked', 'service', `${name} could not be checked: ${message}`);
}

/** A column that is not there is refused with 400 (section 4.1). */
function columnFinding({ column, table }: WantedColumn, error: unknown): ErpFinding {
  if (error === undefined) return passed('custom-field', `column ${column} of ${table} is there.`);
  if (error instanceof KineticRefusedError && error.status === 400)
    return finding(
      'check.custom-field-missing',
      'custom-field',
      `column ${column} of ${table} is missing.`,
      `Add it to ${table}_UD in User Defined Table Maintenance (text, at least 100 characters), then regenerate the data model.`,
    );
  return finding('check.not-checked', 'custom-field', `column ${column} of ${table} could not be checked (${unanswered(error)}).`);
}

/** What no public interface of Kinetic tells. */
function notToBeKnown(needs: ErpNeeds, { company }: KineticConfig): ErpFinding[] {
  return [
    cannotBeKnown(
      'version',
      'The version',
      'no call that is known tells it; the connector was written for REST v2 of 2021 and later',
      'See About in Kinetic.',
    ),
    zoneFinding(needs, 'dates come without a zone, and no call that is known tells it'),
    passed('record', `Customer numbers count within the company ${company}: every call names it.`),
  ];
}
