import { BearerTokens, secretCredential, tokenCredential, tokenGrant } from '@tributary/connector-kit';
import type { TargetKind } from '@tributary/connector-kit';
import { erpFetch, erpOauthOf, loadConfig, requiredSecret } from '@tributary/platform';
import { RestConnector } from './rest-connector.js';
import { restEnvironment } from './rest.config.js';
import { readService, shippedService } from './service-file.js';

/** A REST/JSON service as a target: one service file is one more ERP. */
export const restTarget: TargetKind = {
  kind: 'rest',
  addressVariable: 'REST_URL',
  takesTokens: true,
  create(env, options) {
    const config = loadConfig(restEnvironment, env);
    const [url, callTimeoutMs] = [config.REST_URL.replace(/\/+$/, ''), config.REST_CALL_TIMEOUT_MS];
    const oauth = erpOauthOf(env);
    const credential = oauth
      ? tokenCredential(new BearerTokens(tokenGrant(oauth)), 'rest.unreachable')
      : secretCredential(requiredSecret(config, 'REST_SECRET'));
    const fetch = erpFetch(env, [url], callTimeoutMs, options);
    const service = readService(config.REST_SERVICE_FILE ?? shippedService);
    return new RestConnector(service, { url, credential, callTimeoutMs, fetch, usesTokens: oauth !== undefined });
  },
};
