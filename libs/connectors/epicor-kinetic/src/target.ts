import { BearerTokens, tokenGrant } from '@tributary/connector-kit';
import type { TargetKind } from '@tributary/connector-kit';
import { erpFetch, erpOauthOf } from '@tributary/platform';
import { createKineticConnector } from './kinetic-connector.js';
import { loadKineticConfig } from './kinetic.config.js';

/** One company of one Kinetic instance as a target. An ERP usually stands in the own network. */
export const epicorKineticTarget: TargetKind = {
  kind: 'epicor-kinetic',
  addressVariable: 'KINETIC_URL',
  takesTokens: true,
  companyVariable: 'KINETIC_COMPANY',
  shippedTarget: 'kinetic-main',
  create(env, options) {
    const config = loadKineticConfig(env);
    const oauth = erpOauthOf(env);
    return createKineticConnector(config, {
      fetch: erpFetch(env, [config.url], config.callTimeoutMs, options),
      ...(oauth ? { tokens: new BearerTokens(tokenGrant(oauth)) } : {}),
    });
  },
};
