import { topicRights } from '@tributary/contracts';
import type { Understood } from '#commands/command-line.mjs';
import { kafkaAclsLines, strimziUser } from './format.js';
import type { PrincipalRights } from './format.js';

/** What the command writes: rights to standard output, notes beside it. */
export interface AclOutput {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

const targetName = /^[a-z0-9][a-z0-9-]*$/;
/** No quotes and no white space: the name stands in a line of a shell script. */
const principalName = /^[A-Za-z]+:[^\s'"`$\\]+$/;
/** Names of resources in Kubernetes. */
const resourceName = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/** `tributary acls --target <name> ... --principal <client>=<principal> ... [--strimzi <cluster>]`. @returns exit code: 0, or 2 for what cannot be meant. */
export function printAcls({ values }: Extract<Understood, { kind: 'run' }>, { out, error }: AclOutput): number {
  const targets = textsOf(values.target);
  const cluster = textsOf(values.strimzi).at(-1);
  const rights = topicRights({ targets });
  const given = textsOf(values.principal).map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] as const);
  const problems = [
    ...(targets.length === 0 ? ['--target is missing: every ledger that requests are posted to, e.g. --target kinetic-main'] : []),
    ...targets.filter((name) => !targetName.test(name)).map((name) => `--target ${name}: expected small letters, digits and hyphens`),
    ...(given.length === 0 ? [`--principal is missing: <client>=<principal>, e.g. --principal recon=User:recon`] : []),
    ...given.flatMap(([client, principal]) => principalProblems(client, principal, [...rights.keys()], cluster !== undefined)),
    ...(cluster === undefined || resourceName.test(cluster) ? [] : [`--strimzi ${cluster}: expected the name of a Kafka resource`]),
  ];
  if (problems.length > 0) {
    for (const problem of problems) error(problem);
    return 2;
  }
  const without = [...rights.keys()].filter((client) => !given.some(([name]) => name === client));
  const users = given.map(([client, principal]): PrincipalRights => ({ principal, rights: rights.get(client) ?? [] }));
  out(cluster === undefined ? users.flatMap(kafkaAclsLines).join('\n') : users.map((user) => strimziUser(user, cluster)).join('---\n'));
  if (without.length > 0) error(`no principal, so no rights, for ${without.join(', ')}`);
  return 0;
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
