import type { TargetKind } from '@tributary/connector-kit';
import { createEgressFetch } from '@tributary/platform';
import { createKineticConnector } from './kinetic-connector.js';
import { loadKineticConfig } from './kinetic.config.js';

/** One company of one Kinetic instance as a target. An ERP usually stands in the own network. */
export const epicorKineticTarget: TargetKind = {
  kind: 'epicor-kinetic',
  shippedTarget: 'kinetic-main',
  create(env, { permit }) {
    const config = loadKineticConfig(env);
    const guard = { allow: [config.url], allowInternal: true, timeoutMs: config.callTimeoutMs, ...(permit ? { permit } : {}) };
    return createKineticConnector(config, { fetch: createEgressFetch(guard) });
  },
};
