import { connectionProblem, kafkaConnectionOf, kafkaEnvironment, loadConfig, registryFetchOf } from '@tributary/platform';
import { shippedTargets } from '@tributary/target-registry';
import type { Understood } from '#commands/command-line.mjs';
import { RegistryClient } from '../contracts/registry-client.js';
import { compatibilityRule, subjectsFor } from '../contracts/register.js';
import { allVisible } from '../dlq/all-visible.js';
import { table } from '../dlq/render-letters.js';
import { showingControls } from '../dlq/terminal.js';
import type { Terminal } from '../dlq/terminal.js';
import { found, judgeService, judgeSubjects } from './judge.js';
import type { Finding } from './judge.js';
import { examineKafka } from './read-kafka.js';
import { readService } from './read-services.js';

/** What is known of an installation before it is asked. */
export interface Installation {
  /** Where the health of each service is served, by its name. */
  readonly services: ReadonlyMap<string, string>;
  readonly targets: readonly string[];
}

const registryWithinMs = 10_000;
const wrongCommandLine = 2;

/**
 * `tributary doctor`: whether an installation is as it should be.
 * @param env KAFKA_BROKERS, SCHEMA_REGISTRY_URL and what protects both, SERVICE_CA_FILE.
 * @param here what runs on this machine, for what the command line does not say.
 * @returns the exit code that the help lists.
 */
export async function examineInstallation(
  { values }: Extract<Understood, { kind: 'run' }>,
  env: NodeJS.ProcessEnv,
  { here, terminal: given }: { here: Installation; terminal: Terminal },
): Promise<number> {
  const terminal = showingControls(given);
  const texts = (name: string): string[] => (values[name] ?? []).map(String);
  const named = texts('service').map((text) => /^([a-z0-9-]+)=(https?:\/\/\S+)$/.exec(text));
  if (named.includes(null)) {
    terminal.error('--service: expected <name>=<address>, e.g. --service recon=http://recon:9000');
    return wrongCommandLine;
  }
  const services = named.length > 0 ? new Map(named.map((found) => [found?.[1] ?? '', found?.[2] ?? ''] as const)) : here.services;
  const targets = texts('target').length > 0 ? texts('target') : here.targets;
  const findings = [
    ...(await examineServices(services, env.SERVICE_CA_FILE)),
    ...(await examineTransports(env, targets.length > 0 ? targets : shippedTargets)),
  ];
  terminal.out(values.json === undefined ? textOf(findings) : JSON.stringify(findings));
  return findings.some(({ level }) => level === 'missing') ? 1 : 0;
}

async function examineServices(services: ReadonlyMap<string, string>, caFile: string | undefined): Promise<Finding[]> {
  const answers = await Promise.all([...services].map(([name, url]) => readService(name, url, caFile)));
  return answers.flatMap((answer) => judgeService(answer, Date.now()));
}

async function examineTransports(env: NodeJS.ProcessEnv, targets: readonly string[]): Promise<Finding[]> {
  const config = { ...loadConfig(kafkaEnvironment, env), TRIBUTARY_ENVIRONMENT: env.TRIBUTARY_ENVIRONMENT };
  const kafka = await examineKafka(
    kafkaConnectionOf(config, 'doctor', () => undefined),
    targets,
  );
  try {
    return [...kafka, ...(await examineRegistry(config.SCHEMA_REGISTRY_URL, registryFetchOf(config), targets))];
  } catch (error) {
    return [...kafka, found('registry.silent', 'registry', `The registry was not asked to the end: ${connectionProblem(error)}.`)];
  }
}

async function examineRegistry(registryUrl: string, send: typeof fetch, targets: readonly string[]): Promise<Finding[]> {
  const client = new RegistryClient({ registryUrl, send, deadlineMs: registryWithinMs, onWaiting: () => undefined });
  const subjects = [];
  for (const { name, schema } of subjectsFor(targets)) {
    const has = await client.has(name, schema);
    subjects.push({ name, has, rule: has === 'no-subject' ? undefined : await client.compatibilityOf(name) });
  }
  return judgeSubjects(subjects, compatibilityRule);
}

function textOf(findings: readonly Finding[]): string {
  const worst = (level: Finding['level']): number => findings.filter((finding) => finding.level === level).length;
  const rows = allVisible(findings).map(({ level, code, about, text }) => [level, code, about, text]);
  return `${table(['LEVEL', 'CODE', 'ABOUT', 'FINDING'], rows)}\n${worst('missing')} missing, ${worst('warning')} warnings. What to do: docs/runbooks/installation.md`;
}
