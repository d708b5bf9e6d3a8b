import { builtExports } from '../built.js';
import type { StackInBrowser } from './running-stack.js';

interface Row {
  readonly path: string;
  readonly name: string;
}

interface Routes {
  readonly routes: readonly Row[];
}

/** Where the id of a page comes from: the first row of a list that has it. */
const idsOf: Readonly<Record<string, readonly [list: string, rows: string, id: string]>> = {
  payment: ['/payments?limit=50', 'payments', 'chargeId'],
  customer: ['/customers?limit=1', 'customers', 'customerId'],
  message: ['/events?limit=1', 'events', 'eventId'],
  target: ['/targets', 'targets', 'target'],
  letter: ['/dead-letters?limit=1', 'deadLetters', 'id'],
  order: ['/dead-letter-orders?limit=1', 'orders', 'id'],
  'audit-entry': ['/audit?limit=1', 'rows', 'sequence'],
};
/** Pages that are shown to whoever is not signed in. */
const beforeSignIn = ['sign-in', 'sign-in-link', 'set-up'];
/** Lists of the desk that have an address of their own. */
const lists = ['/desk?view=sequences', '/desk?view=held', '/desk?view=breaks', '/desk?view=groups', '/desk?view=orders', '/elsewhere'];

/** The address of every page of the console, with the id of something that is there; a page of which nothing is there is left out and named. */
export async function addressesOf({
  api,
}: StackInBrowser): Promise<{ readonly addresses: readonly string[]; readonly without: readonly string[] }> {
  const { routes } = await builtExports<Routes>('console/dist', ['decide/routes.js']);
  const addresses: string[] = [];
  const without: string[] = [];
  for (const { name, path } of routes) {
    if (beforeSignIn.includes(name)) continue;
    if (!path.endsWith('/:id')) addresses.push(path);
    else {
      const id = await firstId(api, name);
      if (id === undefined) without.push(path);
      else addresses.push(path.replace(':id', encodeURIComponent(id)));
    }
  }
  return { addresses: [...addresses, ...lists], without };
}

/** The address of one page; undefined when nothing of it is there. */
export async function addressOfName({ api }: StackInBrowser, name: string): Promise<string | undefined> {
  const { routes } = await builtExports<Routes>('console/dist', ['decide/routes.js']);
  const path = routes.find((route) => route.name === name)?.path;
  if (path === undefined) throw new Error(`the console has no page ${name}`);
  if (!path.endsWith('/:id')) return path;
  const id = await firstId(api, name);
  return id === undefined ? undefined : path.replace(':id', encodeURIComponent(id));
}

async function firstId(api: StackInBrowser['api'], name: string): Promise<string | undefined> {
  const source = idsOf[name];
  if (!source) throw new Error(`no list is known for the page ${name}: add it to proof/console/addresses.ts`);
  const [list, rows, id] = source;
  const answer = await api<Readonly<Record<string, readonly Readonly<Record<string, string | null>>[]>>>(list);
  return (answer[rows] ?? []).map((row) => row[id]).find((value) => typeof value === 'string') ?? undefined;
}
