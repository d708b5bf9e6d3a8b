import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../contracts/workspace.js';

/** docs/security.md, which the proof makes of its catalogue and its last recorded run. @throws when it is not compiled (build first). */
export async function renderSecurity(): Promise<string> {
  const file = join(root, 'proof', 'dist', 'security', 'report.js');
  if (!existsSync(file)) throw new Error(`${file} is not there: run \`npm run build\` first`);
  const { securityPage } = (await import(pathToFileURL(file).href)) as { securityPage(): string };
  return securityPage();
}
