import type { ApiTokenView, GrantView, NewApiTokenView, PersonView } from '@tributary/contracts';
import type { Understood } from '#commands/command-line.mjs';
import { allVisible } from '../dlq/all-visible.js';
import { table } from '../dlq/render-letters.js';
import { askConsole } from './console-api.js';
import type { ConsoleAddress } from './console-api.js';
import { signInLink } from './sign-in-link.js';

/** What a command about people or tokens works with. */
export interface PeopleContext {
  readonly console: ConsoleAddress;
  /** Address that browsers open the console by. */
  readonly shownUrl: string;
  out(line: string): void;
}

type Line = Pick<Extract<Understood, { kind: 'run' }>, 'values' | 'arguments'>;
type PeopleCommand = (line: Line, context: PeopleContext) => Promise<void>;

const first = ({ arguments: [id = ''] }: Line): string => id;
const text = ({ values }: Line, name: string): string | undefined => values[name]?.at(-1) as string | undefined;
const pathOf = (line: Line): string => `/identity/people/${encodeURIComponent(first(line))}`;

/** `tributary people ...`, by name. */
export const peopleCommands: Readonly<Record<string, PeopleCommand>> = {
  list: async (line, { console, out }) => {
    const people: PersonView[] = [];
    for (let after: string | null | undefined = undefined; after !== null;) {
      const query = after === undefined ? '' : `?after=${encodeURIComponent(after)}`;
      const page: { people: PersonView[]; next: string | null } = await askConsole(console, 'GET', `/identity/people${query}`);
      people.push(...page.people);
      after = page.next;
    }
    if (line.values.json) out(JSON.stringify(people));
    else out(table(['ID', 'NAME', 'SIGNS IN AS', 'ROLES', ''], allVisible(people).map(personCells)));
  },

  add: async (line, { console, shownUrl, out }) => {
    const body = { name: first(line), login: text(line, 'login'), grants: grantsOf(line) };
    const { id } = await askConsole<PersonView>(console, 'POST', '/identity/people', body);
    out(`${id} is added. They sign in once by this link, within 15 minutes, and choose a password then:`);
    out(await signInLink(console, shownUrl, id));
  },

  grant: async (line, { console, out }) => {
    const person = await askConsole<PersonView>(console, 'PATCH', pathOf(line), { grants: grantsOf(line) });
    out(`${person.id} has now: ${rolesText(person.grants)}. Their sessions ended, and their tokens are withdrawn.`);
  },

  lock: (line, context) => setLocked(line, context, true),
  unlock: (line, context) => setLocked(line, context, false),

  link: async (line, { console, shownUrl, out }) => out(await signInLink(console, shownUrl, first(line))),
};

/** `tributary tokens ...`, by name. */
export const tokenCommands: Readonly<Record<string, PeopleCommand>> = {
  list: async (line, { console, out }) => {
    const query = line.values.everybody ? '?of=everybody' : '';
    const { tokens } = await askConsole<{ tokens: ApiTokenView[] }>(console, 'GET', `/identity/tokens${query}`);
    if (line.values.json) out(JSON.stringify(tokens));
    else out(tokens.length === 0 ? 'No tokens.' : table(['ID', 'NAME', 'OF', 'MAY', 'UNTIL'], allVisible(tokens).map(tokenCells)));
  },

  make: async (line, { console, out }) => {
    const scope = (line.values.scope ?? []).flatMap((names) => String(names).split(',')).filter(Boolean);
    const days = text(line, 'days');
    const body = { name: first(line), scope, ...(days === undefined ? {} : { days: Number(days) }) };
    const { token } = await askConsole<NewApiTokenView>(console, 'POST', '/identity/tokens', body);
    out(token);
  },

  withdraw: async (line, { console, out }) => {
    await askConsole(console, 'DELETE', `/identity/tokens/${encodeURIComponent(first(line))}`);
    out(`${first(line)} is withdrawn. Services refuse it within seconds.`);
  },
};

async function setLocked(line: Line, { console, out }: PeopleContext, locked: boolean): Promise<void> {
  const person = await askConsole<PersonView>(console, 'PATCH', pathOf(line), { locked });
  out(person.locked ? `${person.id} is locked out; their sessions ended.` : `${person.id} may sign in again.`);
}

/** `--role accountant@kinetic-main` is that role for one target, `--role viewer` for all. */
export function grantsOf({ values }: Pick<Line, 'values'>): GrantView[] {
  return (values.role ?? []).map((given) => {
    const [role = '', ...target] = String(given).split('@');
    return { role, target: target.join('@') || '*' };
  });
}

function rolesText(grants: readonly GrantView[]): string {
  return grants.map(({ role, target }) => (target === '*' ? role : `${role}@${target}`)).join(', ') || 'no role';
}

function personCells({ id, name, login, issuer, grants, locked }: PersonView): string[] {
  return [id, name, login ?? issuer ?? '', rolesText(grants), locked ? 'locked out' : ''];
}

function tokenCells({ id, name, personName, scope, expiresAt, withdrawnAt }: ApiTokenView): string[] {
  return [id, name, personName, scope.join(','), withdrawnAt === null ? expiresAt : `withdrawn ${withdrawnAt}`];
}
