import type { ServiceSettingsView } from '@tributary/contracts';
import { allVisible } from '../dlq/all-visible.js';
import { table } from '../dlq/render-letters.js';
import type { Terminal } from '../dlq/terminal.js';
import { printAnswer } from './print-answer.js';
import type { Line } from './print-answer.js';
import { blocks } from './words.js';

/** `tributary settings`: limits that recon keeps to, its secrets by reference, its version. @returns the exit code. */
export function showSettings(line: Line, env: NodeJS.ProcessEnv, terminal: Terminal): Promise<number> {
  return printAnswer<ServiceSettingsView>(line, env, terminal, {
    service: 'recon',
    read: (ask) => ask('GET', '/service-settings'),
    text: settingsText,
  });
}

function settingsText(given: ServiceSettingsView): string {
  const { service, version, commit, schemaVersion, startedAt, limits, secrets } = allVisible(given);
  return blocks(
    `${service} ${version} (${commit ?? 'commit not known'}), tables of ${schemaVersion ?? 'none'}, runs since ${startedAt}`,
    table(
      ['LIMIT', 'VALUE', 'SET', 'WHAT IT LIMITS'],
      limits.map(({ name, value, isDefault, text }) => [name, value, isDefault ? 'default' : 'yes', text]),
    ),
    table(
      ['SECRET', 'COMES FROM', 'LAST READ', 'WHAT IT IS FOR'],
      secrets.map(({ name, from, readAt, text }) => [name, from, readAt ?? '-', text]),
    ),
  );
}
