import { certificateEnds, certificateWarningMs, erpConnectionOf } from '@tributary/platform';
import { connectorFor, environmentOf } from '@tributary/target-registry';
import type { ErpConnector } from '@tributary/connector-kit';
import type { TargetFinding } from './finding.js';
import { missing, ok, warning } from './finding.js';

/** One ledger of the configuration. */
export interface ConfiguredLedger {
  readonly target: string;
  readonly kind: string;
}

const checkWithinMs = 60_000;
const dayMs = 86_400_000;

/**
 * Ledgers that erp-sink is told to serve (ERP_TARGETS), but for the kinds that are checked by this command itself.
 * @param sink variables of erp-sink.
 */
export function otherLedgers(sink: Readonly<Record<string, string>>, checkedHere: readonly string[]): readonly ConfiguredLedger[] {
  return (sink.ERP_TARGETS ?? '')
    .split(',')
    .map((pair) => pair.split('='))
    .flatMap(([target = '', kind = '']) => (kind === '' || checkedHere.includes(kind) ? [] : [{ target, kind }]));
}

/** What the connector of a ledger finds when it looks. Stores nothing; never throws. */
export async function checkLedger(
  { target, kind }: ConfiguredLedger,
  customFields: ReadonlyMap<string, ReadonlySet<string>>,
  sink: NodeJS.ProcessEnv,
): Promise<TargetFinding[]> {
  let connector: ErpConnector;
  try {
    connector = connectorFor(kind, environmentOf(target, sink));
  } catch (error) {
    return [missing(target, messageOf(error), 'Set the variables that are named; docs/configuration.md has all of them.')];
  }
  if (!connector.check) return [warning(target, `the connector ${kind} has no check of its own.`, 'Try one document in a test company.')];
  try {
    const findings = await connector.check({ customFields }, AbortSignal.timeout(checkWithinMs));
    return findings.map(({ level, text, fix }) => ({ level, target, text, fix }));
  } catch (error) {
    return [
      missing(target, `the check did not come to its end: ${messageOf(error)}`, 'Check the address and the network, and run it again.'),
    ];
  }
}

/**
 * Ends of the certificates that a target's calls depend on: past is missing, soon is a warning.
 * @param now ms since the epoch.
 */
export async function checkCertificates(target: string, url: string, env: NodeJS.ProcessEnv, now: number): Promise<TargetFinding[]> {
  try {
    const ends = await certificateEnds(url, erpConnectionOf(environmentOf(target, env)), checkWithinMs);
    return ends.map(({ whose, validUntil }) => certificateFinding(target, whose, validUntil, now));
  } catch (error) {
    return [
      missing(
        target,
        `the certificates cannot be used: ${messageOf(error)}`,
        'Check ERP_CA_FILE, ERP_CLIENT_CERT_FILE and ERP_CLIENT_KEY_FILE.',
      ),
    ];
  }
}

/** Variable with the address of each kind of ledger. */
const addressVariables: Readonly<Record<string, string>> = { 'dynamics-sl': 'SL_URL', prophet21: 'P21_URL', rest: 'REST_URL' };

/** The same for one ledger, at the address that its connector calls. No findings without an address: its own check names that. */
export async function checkLedgerCertificates(
  { target, kind }: ConfiguredLedger,
  sink: NodeJS.ProcessEnv,
  now: number,
): Promise<TargetFinding[]> {
  const url = environmentOf(target, sink)[addressVariables[kind] ?? ''];
  return url && URL.canParse(url) ? checkCertificates(target, url, sink, now) : [];
}

/** The finding about one certificate. */
export function certificateFinding(target: string, whose: string, validUntil: number, now: number): TargetFinding {
  const end = new Date(validUntil).toISOString().slice(0, 10);
  const days = Math.floor((validUntil - now) / dayMs);
  if (validUntil <= now) return missing(target, `the ${whose} certificate expired on ${end}.`, 'Exchange it.');
  if (validUntil - now < certificateWarningMs)
    return warning(target, `the ${whose} certificate expires on ${end}, in ${days} days.`, 'Exchange it before then.');
  return ok(target, `the ${whose} certificate is valid until ${end}.`);
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().replace(/\s*\n\s*/g, ' ');
}
