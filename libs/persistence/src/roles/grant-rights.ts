import type { QueryRunner } from 'typeorm';
import { grantStatements } from './role-statements.js';
import type { ServiceRights } from './service-rights.js';

/**
 * Gives the rights of a service again after its migrations, so that what they made is neither missing to its role nor open to it beyond need.
 * @param runner connected as the owner of the schemas, outside of a transaction.
 * @param role role of the service, where it is known; roles that `tributary database roles` prepared are found by their default privileges.
 */
export async function grantRights(runner: QueryRunner, rights: ServiceRights, role?: string): Promise<void> {
  const [self] = (await runner.query('select current_user as owner')) as [{ owner: string }];
  const prepared = (await runner.query(
    `select distinct r.rolname as role from pg_default_acl d join pg_namespace n on n.oid = d.defaclnamespace
       cross join lateral aclexplode(d.defaclacl) a join pg_roles r on r.oid = a.grantee
     where n.nspname = $1 and d.defaclobjtype = 'r' and a.privilege_type = 'INSERT' and pg_get_userbyid(d.defaclrole) = current_user`,
    [rights.schemas[0]],
  )) as { role: string }[];
  const roles = new Set([...prepared.map((each) => each.role), ...(role === undefined ? [] : [role])]);
  roles.delete(self.owner);
  await runner.startTransaction();
  try {
    for (const each of roles) for (const statement of grantStatements(rights, each, self.owner)) await runner.query(statement);
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  }
}
