import { permissions, roles, servicePermissions } from '@tributary/identity';
import type { Permission } from '@tributary/identity';
import { nameOfRoute } from './service-routes.js';
import type { ServiceRoute } from './service-routes.js';

const roleNames = Object.keys(roles) as (keyof typeof roles)[];

/** docs/permissions.md: who may call which route, and which role may do what. */
export function renderPermissions(routes: readonly ServiceRoute[]): string {
  return `# Permissions

<!-- Generated from the declarations of the routes and libs/identity/src/permissions.ts by \`npm run docs:generate\`. Do not edit. -->

Every HTTP route of a service names the permission that it needs, or says why everybody may call it. A service with a route that does neither does not start. What belongs to a target (a posting, a
document, a batch, a dead letter of a sink) is shown to those who have the permission for that target; to all others it does not exist.
\`npm run jest -- tools/permissions\` tries every route as every role and service.

## What a role may do

| permission | what | ${roleNames.join(' | ')} | services |
| --- | --- | ${roleNames.map(() => '---').join(' | ')} | --- |
${Object.entries(permissions)
  .map(([permission, what]) => permissionRow(permission as Permission, what))
  .join('\n')}

## Who may call a route

| service | route | needs | roles | services |
| --- | --- | --- | --- | --- |
${routes.map(routeRow).join('\n')}
`;
}

function permissionRow(permission: Permission, what: string): string {
  const held = roleNames.map((role) => (holds(roles[role], permission) ? 'yes' : ''));
  return `| \`${permission}\` | ${what} | ${held.join(' | ')} | ${servicesWith(permission).join(', ')} |`;
}

function routeRow(route: ServiceRoute): string {
  const { declaration } = route;
  const start = `| ${route.service} | \`${nameOfRoute(route)}\``;
  if (!declaration) throw new Error(`${route.service}: ${nameOfRoute(route)} does not say who may call it`);
  if ('public' in declaration) return `${start} | nothing: ${declaration.public} | everybody | everybody |`;
  const { permission } = declaration;
  const held = roleNames.filter((role) => holds(roles[role], permission));
  return `${start} | \`${permission}\` | ${held.join(', ')} | ${servicesWith(permission).join(', ')} |`;
}

function servicesWith(permission: Permission): string[] {
  return Object.entries(servicePermissions).flatMap(([service, held]) => (holds(held, permission) ? [service] : []));
}

function holds(held: readonly Permission[], permission: Permission): boolean {
  return held.includes(permission);
}
