import { topicRights } from '@tributary/contracts';
import { connectionProblem, kafkaConnectionOf, kafkaEnvironment, loadConfig } from '@tributary/platform';
import type { Understood } from '#commands/command-line.mjs';
import { applyAcls } from './apply.js';
import type { ApplyOptions } from './apply.js';
import { kafkaAclsLines, strimziUser } from './format.js';
import type { PrincipalRights } from './format.js';

/** What the command writes: rights to standard output, notes beside it. */
export interface AclOutput {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

const wrongCommandLine = 2;
const targetName = /^[a-z0-9][a-z0-9-]*$/;
/** No quotes and no white space: the name stands in a line of a shell script. */
const principalName = /^[A-Za-z]+:[^\s'"`$\\]+$/;
/** Names of resources in Kubernetes. */
const resourceName = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

type Command = Extract<Understood, { kind: 'run' }>;

/** `tributary acls --target <name> ... --principal <client>=<principal> ... [--strimzi <cluster>]`. @returns exit code: 0, or 2 for what cannot be meant. */
export function printAcls(command: Command, { out, error }: AclOutput): number {
  const { users, without, problems } = usersOf(command);
  const cluster = textsOf(command.values.strimzi).at(-1);
  if (problems.length > 0) {
    for (const problem of problems) error(problem);
    return wrongCommandLine;
  }
  out(cluster === undefined ? users.flatMap(kafkaAclsLines).join('\n') : users.map((user) => strimziUser(user, cluster)).join('---\n'));
  if (without.length > 0) error(`no principal, so no rights, for ${without.join(', ')}`);
  return 0;
}

/**
 * `tributary acls --apply [--prune]`: the same rights, granted in the brokers that the usual variables name.
 * @param env KAFKA_BROKERS and what protects the connection, of a user who may change rights.
 * @returns exit code: 0; 1 when the brokers do not take it; 2 for what cannot be meant; 4 when nobody confirmed.
 */
export async function changeAcls(command: Command, env: NodeJS.ProcessEnv, terminal: ApplyOptions['terminal']): Promise<number> {
  const { users, without, problems } = usersOf(command);
  if (problems.length > 0) {
    for (const problem of problems) terminal.error(problem);
    return wrongCommandLine;
  }
  try {
    const config = { ...loadConfig(adminEnvironment, env), TRIBUTARY_ENVIRONMENT: env.TRIBUTARY_ENVIRONMENT };
    const connection = kafkaConnectionOf(config, 'acls', () => undefined);
    const [prune, yes] = ['prune', 'yes'].map((name) => command.values[name] !== undefined) as [boolean, boolean];
    const code = await applyAcls(users, { connection, prune, yes, terminal });
    if (code === 0 && without.length > 0) terminal.error(`no principal, so no rights, for ${without.join(', ')}`);
    return code;
  } catch (problem) {
    terminal.error(`changing rights in Kafka: ${connectionProblem(problem)}`);
    return 1;
  }
}

const adminEnvironment = kafkaEnvironment.omit({ SCHEMA_REGISTRY_URL: true });

function usersOf({ values }: Command): {
  readonly users: readonly PrincipalRights[];
  /** Clients that no principal is named for. */
  readonly without: readonly string[];
  readonly problems: readonly string[];
} {
  const targets = textsOf(values.target);
  const cluster = textsOf(values.strimzi).at(-1);
  const rights = topicRights({ targets });
  const given = textsOf(values.principal).map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] as const);
  const applies = values.apply !== undefined;
  const problems = [
    ...(targets.length === 0 ? ['--target is missing: every ledger that requests are posted to, e.g. --target kinetic-main'] : []),
    ...targets.filter((name) => !targetName.test(name)).map((name) => `--target ${name}: expected small letters, digits and hyphens`),
    ...(given.length === 0 ? [`--principal is missing: <client>=<principal>, e.g. --principal recon=User:recon`] : []),
    ...given.flatMap(([client, principal]) => principalProblems(client, principal, [...rights.keys()], cluster !== undefined)),
    ...(cluster === undefined || resourceName.test(cluster) ? [] : [`--strimzi ${cluster}: expected the name of a Kafka resource`]),
    ...(applies && cluster !== undefined ? ['--apply changes brokers, --strimzi prints resources: use one of them'] : []),
    ...(applies || (values.prune === undefined && values.yes === undefined) ? [] : ['--prune and --yes go with --apply']),
  ];
  return {
    users: given.map(([client, principal]): PrincipalRights => ({ principal, rights: rights.get(client) ?? [] })),
    without: [...rights.keys()].filter((client) => !given.some(([name]) => name === client)),
    problems,
  };
}

function principalProblems(client: string, principal: string, known: readonly string[], strimzi: boolean): string[] {
  if (!known.includes(client)) return [`--principal ${client}=...: there is no client of that name. There are: ${known.join(', ')}`];
  if (!principalName.test(principal))
    return [`--principal ${client}=${principal}: expected a principal like User:${client}, without blanks and quotes`];
  return strimzi && !(principal.startsWith('User:') && resourceName.test(principal.slice('User:'.length)))
    ? [
        `--principal ${client}=${principal}: with --strimzi it is User: and the name of a KafkaUser, small letters, digits, hyphens and dots`,
      ]
    : [];
}

const textsOf = (given: readonly (string | true)[] | undefined): string[] => (given ?? []).filter((value) => value !== true);
