import type { OpenApiDocument } from '@tributary/platform';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../contracts/workspace.js';
import { exportedLists } from '../export/command.js';
import { openApiDocuments } from '../openapi/documents.js';
import { readsByCommand, readsWithoutCommand } from './reads.js';
import { commands } from './table.mjs';
import type { Command } from './table.mjs';

/** A row of the console's table of orders. */
interface ApiOrder {
  readonly service: 'recon' | 'erp-sink';
  readonly path: string;
  readonly command: string;
  readonly permission: string;
}
/** What somebody can do at a service, as its OpenAPI document says it. */
interface Action {
  /** `recon POST /dead-letter-orders`. */
  readonly name: string;
  readonly permission: string | undefined;
  readonly command: string | undefined;
  readonly noCommand: string | undefined;
}

let documents: ReadonlyMap<string, Pick<OpenApiDocument, 'paths'>>;
let orders: readonly ApiOrder[];
let actions: readonly Action[];
beforeAll(async () => {
  ({ apiOrders: orders } = (await import('../../services/console/src/decide/api-orders.js' as string)) as {
    apiOrders: readonly ApiOrder[];
  });
  documents = await openApiDocuments('source');
  actions = [...documents].flatMap(([service, document]) => actionsOf(service, document));
}, 60_000);

/** Every operation that is not read with GET. */
function actionsOf(service: string, { paths }: Pick<OpenApiDocument, 'paths'>): Action[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) =>
      method === 'get'
        ? []
        : [
            {
              name: `${service} ${method.toUpperCase()} ${path}`,
              permission: operation['x-tributary-permission'] as string | undefined,
              command: operation['x-tributary-command'] as string | undefined,
              noCommand: operation['x-tributary-no-command'] as string | undefined,
            },
          ],
    ),
  );
}

/** Names of commands, as `tributary dlq replay`. */
function typedNames(list: readonly Command[], before = ''): string[] {
  return list.flatMap(({ name, commands: own }) => [`${before}${name}`, ...typedNames(own ?? [], `${before}${name} `)]);
}
const typed = new Set(typedNames(commands));

/** Actions that nobody can do on the command line, and that do not say why. */
function withoutCommand(list: readonly Action[]): string[] {
  return list
    .filter(({ command, noCommand }) => (command === undefined ? noCommand === undefined : !typed.has(`tributary ${command}`)))
    .map(({ name, command }) => (command === undefined ? name : `${name}: there is no command ${command}`));
}

it('every action of a service has a command, or says who does it instead', () => {
  expect(actions.length).toBeGreaterThan(35);
  expect(withoutCommand(actions)).toEqual([]);
});

/** Whoever signs in, and services among themselves. */
const withoutOne = [
  'transform POST /translations',
  'recon POST /audit',
  'recon POST /audit/log-levels',
  'console POST /api/{path}',
  'console POST /identity/password',
  'console DELETE /identity/sessions/{id}',
  'console POST /identity/set-up',
  'console POST /identity/sign-in',
  'console POST /identity/sign-in/link',
  'console POST /identity/sign-out',
];
it('somebody decided about every action that has no command', () => {
  const silent = actions.filter(({ command }) => command === undefined).map(({ name }) => name);
  expect(silent.toSorted()).toEqual(withoutOne.toSorted());
});

it.each<[string, Readonly<Record<string, string>>, string]>([
  ['without a command', {}, 'recon POST /seeds'],
  ['with a command that is none', { 'x-tributary-command': 'seeds sow' }, 'recon POST /seeds: there is no command seeds sow'],
])('finds an action %s', (_, said, finding) => {
  const document = { paths: { '/seeds': { get: {}, post: said } } };
  expect(withoutCommand(actionsOf('recon', document))).toEqual([finding]);
});

it('the console passes on what the documents have, with their permissions and commands', () => {
  const said = orders.map(({ service, path }) => {
    const name = `${service} POST ${path.replaceAll(/:(\w+)/g, '{$1}')}`;
    const action = actions.find((one) => one.name === name);
    return { service, path, permission: action?.permission, command: action?.command };
  });
  expect(said).toEqual(orders.map(({ service, path, permission, command }) => ({ service, path, permission, command })));
});

/** Given on the command line alone: an erasure reaches every service, and every process has a log of its own. */
const onCommandLine = [
  'recon POST /erasures',
  'erp-sink POST /erasures',
  'recon PUT /log-level',
  'erp-sink PUT /log-level',
  'transform PUT /log-level',
];
it('what has a command can be done in the console, or somebody decided that it cannot', () => {
  const passed = orders.map(({ service, path }) => `${service} POST ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  const done = actions.filter(({ name, command }) => command !== undefined && !name.startsWith('console ')).map(({ name }) => name);
  expect(done.toSorted()).toEqual([...passed, ...onCommandLine].toSorted());
});

/** `recon /payments` for everything that is read with GET. */
function readsOf(from: ReadonlyMap<string, Pick<OpenApiDocument, 'paths'>>): string[] {
  return [...from].flatMap(([service, { paths }]) =>
    Object.entries(paths).flatMap(([path, item]) => (Object.hasOwn(item, 'get') ? [`${service} ${path}`] : [])),
  );
}

/** Reads that nobody can do on the command line and nobody decided about, and rows about reads that are none. */
function undecided(reads: readonly string[]): string[] {
  const decided = [...Object.keys(readsByCommand), ...Object.keys(readsWithoutCommand)];
  return [
    ...reads.filter((read) => !decided.includes(read)),
    ...decided.filter((read) => !reads.includes(read)).map((read) => `${read} is no read`),
    ...Object.entries(readsByCommand).flatMap(([read, command]) =>
      typed.has(`tributary ${command}`) ? [] : [`${read}: no command ${command}`],
    ),
  ];
}

it('everything that is read with GET has a command, or says why it has none', () => {
  expect(readsOf(documents).length).toBeGreaterThan(70);
  expect(undecided(readsOf(documents))).toEqual([]);
  expect(Object.keys(readsByCommand).filter((read) => Object.hasOwn(readsWithoutCommand, read))).toEqual([]);
});

it('finds a read that nobody decided about', () => {
  const seeded = new Map([...documents, ['recon', { paths: { ...documents.get('recon')?.paths, '/seeds.csv': { get: {} } } }]]);
  expect(undecided(readsOf(seeded as typeof documents))).toEqual(['recon /seeds.csv']);
});

/** Paths that the code of the commands asks for. */
function asked(): string {
  const files = globSync('tools/{audit,calls,customers,dlq,erase,events,groups,identity,notifications,payment,reads,targets}/**/*.ts', {
    cwd: root,
  });
  return files.flatMap((file) => (file.includes('spec') ? [] : [readFileSync(join(root, file), 'utf8')])).join('\n');
}

it('a command asks for what its row says', () => {
  const code = asked();
  const files = Object.entries(readsByCommand).flatMap(([read, command]) => (command === 'export' ? [read.split(' ')[1]] : []));
  expect(files.toSorted()).toEqual(Object.values(exportedLists).toSorted());
  const notAsked = Object.entries(readsByCommand).filter(([read, command]) => {
    const [path = ''] = (read.split(' ')[1] ?? '').split('{');
    return command !== 'export' && !code.includes(`'${path}`) && !code.includes(`\`${path}`);
  });
  expect(notAsked).toEqual([]);
});
