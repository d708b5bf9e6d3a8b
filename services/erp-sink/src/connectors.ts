import { createKineticConnector, loadKineticConfig } from '@tributary/connector-epicor-kinetic';
import type { ErpConnector } from '@tributary/connector-kit';
import { createEgressFetch } from '@tributary/platform';
import { callPermit } from './emit/lease.js';

/** ERP_KIND -> connector. Each reads its own variables. */
const makers: Readonly<Record<string, (env: NodeJS.ProcessEnv) => ErpConnector>> = {
  'epicor-kinetic': (env) => {
    const config = loadKineticConfig(env);
    // An ERP usually stands in the own network.
    const fetch = createEgressFetch({ allow: [config.url], allowInternal: true, timeoutMs: config.callTimeoutMs, permit: callPermit });
    return createKineticConnector(config, { fetch });
  },
};

export const erpKinds = Object.keys(makers);

/** @throws {Error} for a kind without connector, or when the connector's variables are not usable. */
export function connectorFor(kind: string, env: NodeJS.ProcessEnv): ErpConnector {
  const make = makers[kind];
  if (!make) throw new RangeError(`ERP_KIND "${kind}": there are ${erpKinds.join(', ')}`);
  return make(env);
}
