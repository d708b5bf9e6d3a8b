import { fileURLToPath } from 'node:url';
import type { LimitView, ServiceSettingsView } from '@tributary/contracts';
import { buildInfo, schemaVersionOf, serviceSettings } from '@tributary/platform';
import { reconMigrations } from '../migrations/index.js';
import { reconEnvironment } from '../recon.config.js';
import type { ReconConfig } from '../recon.config.js';
import { mostRowsOfFile } from '../shared/accept/list-file.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** What recon tells about itself, read anew each time: secrets may have been rotated. @param startedAt ISO 8601. */
export function reconSettings(config: ReconConfig, startedAt: string): () => ServiceSettingsView {
  const build = buildInfo(root);
  const schemaVersion = schemaVersionOf(reconMigrations.map(({ name }) => ({ name })));
  const fixedLimits: Omit<LimitView, 'isDefault'>[] = [
    { name: 'rows of a CSV file', value: String(mostRowsOfFile), text: 'rows; a file that ends there says so in its last line' },
    { name: 'RECON_ORDER_LIMITS', value: config.RECON_ORDER_LIMITS, text: 'what a role may order alone: messages, amounts in major units' },
  ];
  return () => serviceSettings(reconEnvironment, config, { service: 'recon', build, schemaVersion, startedAt, fixedLimits });
}
