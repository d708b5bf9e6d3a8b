import { clockHere, redactSecrets, runChecks } from '@tributary/platform';
import { shippedTargets } from '@tributary/target-registry';
import type { Understood } from '#commands/command-line.mjs';
import { showingControls } from '../dlq/terminal.js';
import type { Terminal } from '../dlq/terminal.js';
import { checksOf, checkWithinMs, clientNames } from './examination.js';
import type { CheckLimits } from './examination.js';
import type { LoadService } from './load-service.js';
import { loadBuilt } from './load-service.js';
import { textOf } from './report.js';

/** What is known of an installation before it is asked. */
export interface Installation {
  /** Where the health of each service is served, by its name. */
  readonly services: ReadonlyMap<string, string>;
  readonly targets: readonly string[];
}

/** What the doctor works with. Tests move its clock, shorten its patience and let it read sources. */
export interface DoctorTools {
  /** What runs on this machine, for what the command line does not say. */
  readonly here: Installation;
  readonly terminal: Terminal;
  readonly now?: () => number;
  readonly load?: LoadService;
  readonly limits?: CheckLimits;
}

const wrongCommandLine = 2;

/**
 * `tributary doctor`: whether an installation is as it should be.
 * @param env KAFKA_BROKERS, SCHEMA_REGISTRY_URL and what protects both, SERVICE_CA_FILE; DATABASE_URL, STRIPE_API_KEY and STRIPE_ENDPOINTS, where
 *   they are to be looked at.
 * @returns the exit code that the help lists.
 */
export async function examineInstallation(
  { values }: Extract<Understood, { kind: 'run' }>,
  env: NodeJS.ProcessEnv,
  { here, terminal: given, now = Date.now, load = loadBuilt, limits = checkWithinMs }: DoctorTools,
): Promise<number> {
  const terminal = showingControls(given);
  const texts = (name: string): string[] => (values[name] ?? []).map(String);
  const named = texts('service').map((text) => /^([a-z0-9-]+)=(https?:\/\/\S+)$/.exec(text));
  const targets = [texts('target'), here.targets, shippedTargets].find((some) => some.length > 0) ?? [];
  const clients = texts('client');
  const problems = [
    ...(named.includes(null) ? ['--service: expected <name>=<address>, e.g. --service recon=http://recon:9000'] : []),
    ...clients.filter((client) => !clientNames(targets).includes(client)).map((client) => unknownClient(client, targets)),
  ];
  if (problems.length > 0) {
    for (const problem of problems) terminal.error(problem);
    return wrongCommandLine;
  }
  const services = named.length > 0 ? new Map(named.map((found) => [found?.[1] ?? '', found?.[2] ?? ''] as const)) : here.services;
  const asJson = values.json !== undefined;
  const brokerClock = values['broker-clock'] !== undefined;
  const checks = checksOf({ services, targets, clients, env, here: clockHere(env, now), brokerClock, load, limits });
  const findings = (await runChecks(checks, asJson ? undefined : (text) => terminal.progress(text))).map((finding) => ({
    ...finding,
    text: redactSecrets(finding.text),
  }));
  terminal.out(asJson ? JSON.stringify(findings) : textOf(findings));
  return findings.some(({ level }) => level === 'missing') ? 1 : 0;
}

function unknownClient(client: string, targets: readonly string[]): string {
  return `--client ${client}: there is no client of that name. There are: ${clientNames(targets).join(', ')}`;
}
