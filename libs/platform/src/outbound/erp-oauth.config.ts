import { z } from 'zod';
import { ConfigurationError, loadConfig } from '../config.js';
import { requiredSecret, secretVariables } from '../secret-variables.js';
import { erpFetch } from './erp-fetch.js';

/** OAuth for the calls of a target, the same variables for every connector that can use it; with the prefix of a target for that one alone. */
export const erpOauthEnvironment = z.object({
  ERP_OAUTH_TOKEN_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('token endpoint of the issuer: calls then carry a token by client credentials instead of a password'),
  ERP_OAUTH_CLIENT_ID: z.string().min(1).optional().describe('client of this installation at the issuer'),
  ...secretVariables('ERP_OAUTH_CLIENT_SECRET', 'secret of that client'),
  ERP_OAUTH_SCOPE: z.string().optional().describe('scopes to ask for, separated by blanks'),
  ERP_OAUTH_CLIENT_AUTH: z
    .enum(['post', 'basic'])
    .default('post')
    .describe('how the client authenticates: in the body, or with HTTP Basic'),
});

/** An issuer of tokens as the environment describes it. */
export interface ErpOauth {
  readonly url: string;
  readonly clientId: string;
  /** As it is now: it may be exchanged while the process runs. */
  readonly clientSecret: () => string;
  readonly scope: string | undefined;
  readonly authentication: 'post' | 'basic';
  /** Longest time that the issuer may take, ms. */
  readonly timeoutMs: number;
  /** Calls the issuer and nothing else, over the connection of the target. */
  readonly fetch: typeof fetch;
}

/** Whether calls of the target carry tokens of an issuer instead of the login of its connector. */
export const hasErpOauth = (env: NodeJS.ProcessEnv): boolean => Boolean(env.ERP_OAUTH_TOKEN_URL);

/** Longest time that an issuer may take, ms. */
const issuerAnswersWithinMs = 10_000;

/**
 * The issuer of tokens that the environment describes.
 * @returns undefined where none is named: calls then carry the password or key of the connector.
 * @throws {ConfigurationError} for one without client or secret.
 */
export function erpOauthOf(env: NodeJS.ProcessEnv): ErpOauth | undefined {
  const config = loadConfig(erpOauthEnvironment, env);
  const url = config.ERP_OAUTH_TOKEN_URL;
  if (url === undefined) return undefined;
  const clientId = config.ERP_OAUTH_CLIENT_ID;
  if (clientId === undefined) throw new ConfigurationError(['ERP_OAUTH_CLIENT_ID: set it, or leave ERP_OAUTH_TOKEN_URL out']);
  return {
    url,
    clientId,
    clientSecret: requiredSecret(config, 'ERP_OAUTH_CLIENT_SECRET'),
    scope: config.ERP_OAUTH_SCOPE,
    authentication: config.ERP_OAUTH_CLIENT_AUTH,
    timeoutMs: issuerAnswersWithinMs,
    fetch: erpFetch(env, [url], issuerAnswersWithinMs, undefined),
  };
}
