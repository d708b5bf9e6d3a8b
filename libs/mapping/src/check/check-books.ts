import type { FlowStep } from '../assets/flow-step.js';
import type { PostingProfile } from '../assets/posting-profile.js';
import type { RoleTable } from '../assets/role-table.js';
import { classOf } from '../books/movement-lines.js';
import type { Assets } from '../assets/assets.js';
import type { AssetProblem } from '../problem.js';
import { profilesOf } from '../profiles-of.js';
import { accountCalls } from './account-calls.js';
import { checkMovements } from './check-movements.js';

/**
 * Checks that the books of every profile that shared flows post to are complete: the table of movements, and an account for each required
 * role.
 */
export function checkBooks(assets: Assets): AssetProblem[] {
  const shared = [...assets.flows.values()].filter(({ role }) => role);
  const made = new Set(shared.flatMap(({ steps }) => steps.map(({ kind }) => kind)));
  const movements = assets.roleTables.get('movements');
  const missing = shared
    .filter(({ steps }) => steps.some((step) => readsMovements(step)))
    .flatMap(({ name }) =>
      movements ? [] : [{ ...place(name), message: 'expected the table movements.csv: this flow makes journals by it' }],
    );
  const profiles = [...assets.profiles.values()].filter(({ books }) => books.role !== undefined);
  return [
    ...missing,
    ...(movements ? checkMovements(movements, made) : []),
    ...profiles.flatMap((profile) => profileProblems(profile, assets, movements)),
  ];
}

/** Whether a step makes its lines from the table of movements. */
function readsMovements({ input }: FlowStep): boolean {
  const node = input?.get('lines')?.node;
  return node?.kind === 'expression' && /\b(?:movementLines|payoutLines)\(/.test(node.expression.text);
}

function profileProblems(profile: PostingProfile, assets: Assets, movements: RoleTable | undefined): AssetProblem[] {
  const flows = [...assets.flows.values()].filter((flow) => flow.role && profilesOf(flow, assets.profiles).includes(profile));
  const { name, path, lines, books } = profile;
  if (flows.length === 0)
    return [
      {
        ...place(name),
        path,
        message: `expected a flow with "targets: { role: ${books.role} }": nothing would be posted by this profile (the shared flows are in assets/shared)`,
      },
    ];
  const needed = neededRoles(profile, assets, movements, flows);
  return [...needed]
    .filter(([role]) => !books.accounts.has(role))
    .map(([role, reasons]) => ({
      path,
      line: lines.get('accounts') ?? name.line,
      column: 1,
      message: `expected an account for the role ${role} under "accounts"; needed by ${listed([...new Set(reasons)])}`,
    }));
}

/** Role -> what requires it. */
function neededRoles(
  { books }: PostingProfile,
  assets: Assets,
  movements: RoleTable | undefined,
  flows: readonly { readonly name: { readonly value: string }; readonly steps: readonly FlowStep[] }[],
): Map<string, string[]> {
  const needed = new Map<string, string[]>();
  const need = (role: string, reason: string): void => void needed.set(role, [...(needed.get(role) ?? []), reason]);
  const steps = flows.flatMap((flow) => flow.steps.map((step) => [flow.name.value, step] as const));
  for (const [flow, step] of steps)
    for (const { role } of step.effect) need(role.value, `step ${step.name.value} of flow ${flow} (${role.path}:${role.line})`);
  if (movements && steps.some(([, step]) => readsMovements(step))) {
    need('CLR', 'every journal of movements');
    for (const { role, owner, match, line } of movements.rows)
      if (classOf(owner) !== undefined) need(role, `movements ${[...match.values()].join(' ') || '*'} (${movements.path}:${line})`);
  }
  for (const mapping of assets.mappings.values())
    if (mapping.document && mapping.shape.value.startsWith(`${books.erp ?? ''}/`))
      for (const role of accountCalls(mapping)) need(role, `mapping ${mapping.name.value} (${mapping.name.path})`);
  return needed;
}

function listed(reasons: readonly string[]): string {
  const shown = reasons.slice(0, 4).join(', ');
  return reasons.length > 4 ? `${shown} and ${reasons.length - 4} more` : shown;
}

function place({
  path,
  line,
  column,
}: {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}): Omit<AssetProblem, 'message'> {
  return { path, line, column };
}
