import type { TargetKind } from '@tributary/connector-kit';
import { erpFetch } from '@tributary/platform';
import { createP21Connector } from './p21-connector.js';
import { loadP21Config } from './p21.config.js';

/** One company of one Prophet 21 database as a target. An ERP usually stands in the own network. */
export const prophet21Target: TargetKind = {
  kind: 'prophet21',
  addressVariable: 'P21_URL',
  companyVariable: 'P21_COMPANY',
  shippedTarget: 'p21-main',
  create(env, options) {
    const config = loadP21Config(env);
    const allow = [config.url, ...(config.uiUrl === undefined ? [] : [config.uiUrl])];
    return createP21Connector(config, { fetch: erpFetch(env, allow, config.callTimeoutMs, options) });
  },
};
