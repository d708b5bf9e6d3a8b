import { RightsAdmin } from '@tributary/messaging';
import type { GrantedRight, KafkaConnection } from '@tributary/messaging';
import type { Terminal } from '../dlq/terminal.js';
import type { PrincipalRights } from './format.js';

/** How rights are applied. */
export interface ApplyOptions {
  /** Of somebody who may change rights. */
  readonly connection: KafkaConnection;
  /** Whether rights that are not needed are taken away, of the principals that are named and of nobody else. */
  readonly prune: boolean;
  /** Without a question. */
  readonly yes: boolean;
  readonly terminal: Pick<Terminal, 'out' | 'error' | 'confirm'>;
}

const notConfirmed = 4;

/**
 * Shows what has to change in the brokers, asks, and changes it. What is denied to somebody, and rights of others, stay as they are.
 * @returns exit code: 0, or 4 when nobody confirmed.
 */
export async function applyAcls(users: readonly PrincipalRights[], options: ApplyOptions): Promise<number> {
  const { connection, prune, terminal } = options;
  const wanted = users.flatMap(grantsOf);
  const granted = await RightsAdmin.granted(
    connection,
    users.map(({ principal }) => principal),
  );
  const missing = without(wanted, granted);
  const unneeded = without(granted, wanted);
  const removed = prune ? unneeded : [];
  for (const right of missing) terminal.out(`+ ${textOf(right)}`);
  for (const right of removed) terminal.out(`- ${textOf(right)}`);
  if (!prune) for (const right of unneeded) terminal.error(`not needed, and left as it is (--prune takes it away): ${textOf(right)}`);
  if (missing.length + removed.length === 0) {
    terminal.out(`nothing to change: ${wanted.length} rights are there`);
    return 0;
  }
  const question = `Grant ${missing.length} and take away ${removed.length} rights?`;
  if (!options.yes && !(await terminal.confirm(question))) {
    terminal.error('Not confirmed, nothing was changed. Without a terminal to ask on, say --yes.');
    return notConfirmed;
  }
  // First what is needed: a service that runs never lacks a right in between.
  await RightsAdmin.grant(connection, missing);
  await RightsAdmin.revoke(connection, removed);
  terminal.out(`${missing.length} granted, ${removed.length} taken away, ${wanted.length - missing.length} were there`);
  return 0;
}

/** One right for each operation, from everywhere. */
function grantsOf({ principal, rights }: PrincipalRights): GrantedRight[] {
  return rights.flatMap(({ resource, pattern, name, operations }) =>
    operations.map((operation) => ({ principal, resource, pattern, name, operation, host: '*' })),
  );
}

function without(rights: readonly GrantedRight[], others: readonly GrantedRight[]): GrantedRight[] {
  const known = new Set(others.map(textOf));
  return [...new Map(rights.map((right) => [textOf(right), right])).values()].filter((right) => !known.has(textOf(right)));
}

const textOf = ({ principal, operation, resource, pattern, name, host }: GrantedRight): string =>
  `${principal} ${operation} ${resource} ${name}${pattern === 'prefixed' ? '*' : ''}${host === '*' ? '' : ` from ${host}`}`;
