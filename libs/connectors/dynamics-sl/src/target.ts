import type { TargetKind } from '@tributary/connector-kit';
import { erpFetch } from '@tributary/platform';
import { createSlConnector } from './sl-connector.js';
import { loadSlConfig } from './sl.config.js';

/** One company of one Dynamics SL site as a target. An ERP usually stands in the own network. */
export const dynamicsSlTarget: TargetKind = {
  kind: 'dynamics-sl',
  addressVariable: 'SL_URL',
  companyVariable: 'SL_COMPANY',
  shippedTarget: 'sl-main',
  create(env, options) {
    const config = loadSlConfig(env);
    return createSlConnector(config, erpFetch(env, [config.url, config.soapUrl], config.callTimeoutMs, options));
  },
};
