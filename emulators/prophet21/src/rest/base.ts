import { ok } from '../answers.js';
import type { Call, Route } from '../call.js';

/** Families of this server, in the order of section 2 [verified]. */
const families = [
  'accounting/exchangerates',
  'accounting/gl',
  'entity/addresses',
  'entity/contacts',
  'entity/customers',
  'environment/systems',
  'extensibility/userdefinedfields',
  'inventory/parts',
  'sales/orders',
];

/** Collections, which are answered under their name with a slash at the end only. */
const collections = new RegExp(`^/api/(${families.filter((name) => name !== 'environment/systems').join('|')}|ui/router/v1)$`);

/** 307 for a collection without its slash: docs/reference/prophet21.md sections 2 and 6 [verified]; that POST is answered so too is assumed. */
export function redirectOf(path: string, search: string): string | undefined {
  return collections.test(path) ? `${path}/${search}` : undefined;
}

/** The UI server is discovered: section 2 [verified]. */
function router(call: Call) {
  return ok({ Url: `${String(call.query.get('origin') ?? '')}/${call.config.uiServer}` });
}

/** Version of the build: docs/reference/prophet21.md section 14 [verified shape]. There is no `ping` here [verified]. */
function systems() {
  const Version = '0026.0001.5950.0000';
  const properties = { list: [{ Name: 'database_schema_version', Value: Version }] };
  return ok({ list: [{ Id: 'ERP_SYSTEM', Type: 'Prophet 21', Version, Properties: properties }] }, 'Systems');
}

/** What is there beside the families of rows: the router, the list of families, the version. */
export const baseRoutes: readonly Route[] = [
  { method: 'GET', path: /^\/api\/ui\/router\/v1\/$/, service: 'router', handler: router },
  {
    method: 'GET',
    path: /^\/docs\/apiref\.aspx$/,
    service: 'docs',
    operation: () => 'apiref',
    handler: () => ({ status: 200, body: `<ul>${families.map((name) => `<li>/api/${name}/</li>`).join('')}</ul>` }),
  },
  {
    method: 'GET',
    path: /^\/api\/environment\/systems\/?$/,
    service: 'environment/systems',
    operation: () => 'list',
    handler: systems,
  },
];
