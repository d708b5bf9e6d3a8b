import type { RoleRow, RoleTable } from '../assets/role-table.js';
import { matches } from '../assets/role-table.js';
import { journalClasses } from '../assets/profile-books.js';
import { disputeStatuses, feeTypes, knownMovements } from '../books/known-movements.js';
import { suspenseRole } from '../books/role-of.js';
import { didYouMean } from '../problem.js';
import type { AssetProblem } from '../problem.js';

type Values = Readonly<Record<string, string | null>>;

/** Stands for every value that no row names, in columns where rows name some. */
const other = '(another)';

/**
 * Checks the table of movements: it covers every movement, no two rows tie, every row can apply, every part of a movement has one owner,
 * and every known movement has a role other than suspense.
 * @param made kinds of documents that flows make: an owner `document:<kind>` has to be one of them.
 */
export function checkMovements(table: RoleTable, made: ReadonlySet<string>): AssetProblem[] {
  const problem = (line: number, message: string): AssetProblem => ({ path: table.path, line, column: 1, message });
  const reached = new Set<RoleRow>();
  // One problem per pair of rows or per type: a single fault in a table affects thousands of combinations.
  const problems = new Map<string, AssetProblem>();
  const add = (about: string, line: number, message: string): void => {
    if (!problems.has(about)) problems.set(about, problem(line, message));
  };
  for (const point of pointsOf(table)) {
    const [best, second] = table.rows.filter((row) => matches(row, point)).sort((a, b) => b.match.size - a.match.size);
    if (best) reached.add(best);
    if (!best) add(`none ${point.part}`, 1, `expected a row for ${shown(point)}, or a last row of "*"`);
    else if (second?.match.size === best.match.size)
      add(
        `tie ${best.line} ${second.line}`,
        second.line,
        `expected one row that counts for ${shown(point)}; lines ${best.line} and ${second.line} say equally much`,
      );
    else if (best.role === suspenseRole && isKnown(point))
      add(
        `suspense ${point.type} ${point.category} ${point.kind}`,
        best.line,
        `expected a role other than ${suspenseRole} for ${shown(point)}, which Stripe is known to send`,
      );
  }
  const unreachable = table.rows.filter((row) => !reached.has(row)).map((row) => problem(row.line, whyUnreachable(row)));
  return [...problems.values(), ...unreachable, ...table.rows.flatMap((row) => ownerProblems(row, made, problem))];
}

function ownerProblems(
  { owner, line }: RoleRow,
  made: ReadonlySet<string>,
  problem: (line: number, message: string) => AssetProblem,
): AssetProblem[] {
  const [kind = '', name] = owner.split(':');
  const classes = journalClasses.filter((one) => one !== 'default');
  if (kind === 'journal' && name !== undefined && !classes.some((one) => one === name))
    return [problem(line, `expected a class of journals (${classes.join(', ')}); got "${name}"${didYouMean(name, classes)}`)];
  if (kind === 'document' && name !== undefined && !made.has(name))
    return [problem(line, `expected a kind of document that a flow makes (${[...made].join(', ')}); got "${name}"`)];
  return [];
}

/** Every combination of known values and values that rows name, with one additional value for each column that rows name. */
function pointsOf({ rows }: RoleTable): Values[] {
  const named = (column: string): (string | null)[] => [...new Set(rows.flatMap((row) => row.match.get(column) ?? [])), other];
  const pairs = [...knownMovements].flatMap(([type, categories]) => categories.map((category) => ({ type, category })));
  const rest = combinations(['method', 'currency', 'product'].map((column) => [column, named(column)] as const));
  const movements = [...pairs, { type: other, category: other }].flatMap((pair) =>
    [{ part: 'gross', kind: null }, ...[null, ...feeTypes].map((kind) => ({ part: 'fee', kind }))].flatMap((part) =>
      rest.map((values) => ({ ...part, ...pair, ...values })),
    ),
  );
  const disputes = [...disputeStatuses, other].flatMap((kind) =>
    rest.map((values) => ({ part: 'dispute', type: null, category: null, kind, ...values })),
  );
  return [...movements, ...disputes];
}

function combinations(columns: readonly (readonly [string, readonly (string | null)[]])[]): Values[] {
  return columns.reduce<Values[]>(
    (made, [column, values]) => made.flatMap((one) => values.map((value) => ({ ...one, [column]: value }))),
    [{}],
  );
}

const isKnown = ({ type, kind }: Values): boolean => type !== other && kind !== other;

function shown(point: Values): string {
  return Object.entries(point)
    .filter(([, value]) => value !== null && value !== other)
    .map(([column, value]) => `${column} ${value}`)
    .join(', ');
}

function whyUnreachable({ match }: RoleRow): string {
  const type = match.get('type');
  if (type !== undefined && !knownMovements.has(type))
    return `expected a known type of movement; got "${type}"${didYouMean(type, [...knownMovements.keys()])}`;
  const category = match.get('category');
  const categories = type === undefined ? [...new Set([...knownMovements.values()].flat())] : (knownMovements.get(type) ?? []);
  if (category !== undefined && !categories.includes(category))
    return `expected a known category${type === undefined ? '' : ` of ${type}`}: one of ${categories.join(', ')}; got "${category}"${didYouMean(category, categories)}`;
  const kind = match.get('kind');
  if (match.get('part') === 'dispute' && kind !== undefined && !disputeStatuses.includes(kind))
    return `expected a known status of disputes; got "${kind}"${didYouMean(kind, disputeStatuses)}`;
  return 'expected a row that counts for something: other rows say more about all that it matches';
}
