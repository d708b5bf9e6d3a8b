import { ConfigurationError, loadConfig, secretVariables } from '@tributary/platform';
import { environmentOf, parseTargetList } from '@tributary/target-registry';
import { z } from 'zod';
import { erpSinkEnvironment } from '../erp-sink.config.js';

const positive = z.coerce.number().int().positive();

/** The environment of the service, and how hard a rebuild may press the target. */
export const rebuildEnvironment = erpSinkEnvironment.extend({
  REBUILD_LOOK_CONCURRENCY: positive.max(64).default(4).describe('look-ups of a rebuild side by side'),
  REBUILD_LOOKS_PER_SECOND: positive.default(50).describe('look-ups of a rebuild per second, at most'),
  REBUILD_APPROVAL: z
    .enum(['required', 'none'])
    .default('required')
    .describe('whether a second person approves the rebuild of a ledger; `none` is for a laptop and refused in production'),
  ...secretVariables('REBUILD_TOKEN', 'token of the person who rebuilds a ledger (permission rebuilds.run)'),
  ...secretVariables('REBUILD_APPROVAL_TOKEN', 'token of the person who approves it, with the scope rebuilds.approve and no other'),
});

/** The parsed environment. */
export type RebuildConfig = z.infer<typeof rebuildEnvironment>;

/** @throws {ConfigurationError} naming every bad variable at once. */
export function loadRebuildConfig(env: NodeJS.ProcessEnv): RebuildConfig {
  return loadConfig(rebuildEnvironment, env);
}

/**
 * The environment of the service as the target of a rebuild sees it.
 * @param target to rebuild; without one that of ERP_TARGET, or the only one of ERP_TARGETS.
 * @throws {ConfigurationError} when the service does not serve the target, or serves several and none is named.
 */
export function rebuildEnvironmentOf(env: NodeJS.ProcessEnv, target: string | undefined): NodeJS.ProcessEnv {
  if (!env.ERP_TARGETS) {
    const named = target ?? env.ERP_TARGET;
    return { ...environmentOf(named ?? '', env), ERP_TARGET: named };
  }
  const served = parseTargetList(env.ERP_TARGETS);
  const [only, ...others] = served.keys();
  const chosen = target ?? (others.length === 0 ? only : undefined);
  const kind = served.get(chosen ?? '');
  if (chosen === undefined || kind === undefined)
    throw new ConfigurationError([`--target ${target ?? ''}: the service serves ${[...served.keys()].join(', ')}; name one of them`]);
  return { ...environmentOf(chosen, env), ERP_TARGETS: undefined, ERP_TARGET: chosen, ERP_KIND: kind };
}
