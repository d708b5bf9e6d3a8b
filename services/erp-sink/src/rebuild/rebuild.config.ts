import { loadConfig } from '@tributary/platform';
import { z } from 'zod';
import { erpSinkEnvironment } from '../erp-sink.config.js';

const positive = z.coerce.number().int().positive();

/** The environment of the service, and how hard a rebuild may press the target. */
export const rebuildEnvironment = erpSinkEnvironment.extend({
  REBUILD_LOOK_CONCURRENCY: positive.max(64).default(4).describe('look-ups of a rebuild side by side'),
  REBUILD_LOOKS_PER_SECOND: positive.default(50).describe('look-ups of a rebuild per second, at most'),
});

/** The parsed environment. */
export type RebuildConfig = z.infer<typeof rebuildEnvironment>;

/** @throws {ConfigurationError} naming every bad variable at once. */
export function loadRebuildConfig(env: NodeJS.ProcessEnv): RebuildConfig {
  return loadConfig(rebuildEnvironment, env);
}
