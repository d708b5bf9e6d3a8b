import type { RoleRow } from '../assets/role-table.js';
import type { FunctionScope } from '../cel/asset-function.js';
import { MappingEvaluationError } from '../errors.js';

/** Suspense: role for values without a row of their own. An alert reports them, and an accountant has to review them. */
export const suspenseRole = 'OTH';

/**
 * The row of a table that applies to some values; columns that are not given count as unknown.
 * @throws {MappingEvaluationError} when no row matches, which the last row of a complete table prevents.
 */
export function roleOf({ roles }: Pick<FunctionScope, 'roles'>, table: string, values: Readonly<Record<string, string | null>>): RoleRow {
  const row = roles.get(table)?.(values);
  if (row) return row;
  const given = Object.entries(values).map(([name, value]) => `${name} ${value ?? 'unknown'}`);
  throw new MappingEvaluationError(
    `looking up a role in the table ${table}: no row is about ${given.join(', ')}; add one, or a last row of "*"`,
    { table },
  );
}
