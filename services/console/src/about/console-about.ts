import { fileURLToPath } from 'node:url';
import type { RoleView } from '@tributary/contracts';
import { permissions, roles } from '@tributary/identity';
import { buildInfo, schemaVersionOf, serviceSettings } from '@tributary/platform';
import { consoleEnvironment } from '../console.config.js';
import type { ConsoleConfig } from '../console.config.js';
import { consoleMigrations } from '../identity/migrations/index.js';
import type { ConsoleAbout } from './settings.controller.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** The roles that there are, and what each may do. */
export function roleViews(): RoleView[] {
  return Object.entries(roles).map(([role, held]) => ({ role, permissions: held.map((name) => ({ name, text: permissions[name] })) }));
}

/** What the console tells about itself, read anew each time. @param keepsTables whether identity is configured. @param startedAt ISO 8601. */
export function consoleAbout(config: ConsoleConfig, keepsTables: boolean, startedAt: string): ConsoleAbout {
  const { billOfMaterials, ...build } = buildInfo(root);
  const schemaVersion = keepsTables ? schemaVersionOf(consoleMigrations.map(({ name }) => ({ name }))) : null;
  return {
    billOfMaterials,
    read: () => ({
      ...serviceSettings(consoleEnvironment, config, { service: 'console', build, schemaVersion, startedAt }),
      roles: roleViews(),
      billOfMaterials: billOfMaterials === undefined ? null : '/service-settings/sbom.cdx.json',
    }),
  };
}
