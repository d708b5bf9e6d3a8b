import { z } from 'zod';
import { ConfigurationError, loadConfig } from '../config.js';
import { optionalSecret, requiredSecret, secretVariables } from '../secret-variables.js';
import { erpFetch } from './erp-fetch.js';
import { RefreshTokenFile } from './refresh-token-file.js';

/** OAuth for the calls of a target, the same variables for every connector that can use it; with the prefix of a target for that one alone. */
export const erpOauthEnvironment = z.object({
  ERP_OAUTH_TOKEN_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('token endpoint of the issuer: calls then carry a token by client credentials instead of a password'),
  ERP_OAUTH_ISSUER: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('issuer whose discovery document names the endpoints that are not set here; may be set instead of ERP_OAUTH_TOKEN_URL'),
  ERP_OAUTH_DEVICE_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('device authorization endpoint, for `tributary targets sign-in`, where the issuer names none'),
  ERP_OAUTH_REFRESH_TOKEN_FILE: z
    .string()
    .min(1)
    .optional()
    .describe(
      'file of the sign-in that `tributary targets sign-in` makes: calls then carry tokens of that person. The service renews it, so it has to be writable',
    ),
  ERP_OAUTH_SIGN_IN_DAYS: z.coerce
    .number()
    .positive()
    .optional()
    .describe('days after which the issuer ends a sign-in, where it does not tell: the check warns a week before'),
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
  /** Token endpoint; undefined: that of the discovery document. */
  readonly url: string | undefined;
  readonly issuer: string | undefined;
  readonly deviceUrl: string | undefined;
  readonly clientId: string;
  /** As it is now: it may be exchanged while the process runs. Empty for a client without a secret. */
  readonly clientSecret: () => string;
  readonly scope: string | undefined;
  readonly authentication: 'post' | 'basic';
  /** Longest time that the issuer may take, ms. */
  readonly timeoutMs: number;
  /** Calls the issuer and nothing else, over the connection of the target. */
  readonly fetch: typeof fetch;
  /** The sign-in of a person; undefined: tokens come by client credentials. */
  readonly refresh: RefreshTokenFile | undefined;
  /** Days after which the issuer ends a sign-in, where it does not tell. */
  readonly signInDays: number | undefined;
}

/** Whether calls of the target carry tokens of an issuer instead of the login of its connector. */
export const hasErpOauth = (env: NodeJS.ProcessEnv): boolean => Boolean(env.ERP_OAUTH_TOKEN_URL ?? env.ERP_OAUTH_ISSUER);

/** Longest time that an issuer may take, ms. */
const issuerAnswersWithinMs = 10_000;

/**
 * The issuer of tokens that the environment describes.
 * @returns undefined where none is named: calls then carry the password or key of the connector.
 * @throws {ConfigurationError} for one without client or secret.
 */
export function erpOauthOf(env: NodeJS.ProcessEnv): ErpOauth | undefined {
  const config = loadConfig(erpOauthEnvironment, env);
  const [url, issuer, deviceUrl] = [config.ERP_OAUTH_TOKEN_URL, config.ERP_OAUTH_ISSUER, config.ERP_OAUTH_DEVICE_URL];
  if (url === undefined && issuer === undefined) return undefined;
  const clientId = config.ERP_OAUTH_CLIENT_ID;
  if (clientId === undefined)
    throw new ConfigurationError([
      `ERP_OAUTH_CLIENT_ID: set it, or leave ${url === undefined ? 'ERP_OAUTH_ISSUER' : 'ERP_OAUTH_TOKEN_URL'} out`,
    ]);
  const file = config.ERP_OAUTH_REFRESH_TOKEN_FILE;
  // A client that people sign in at may have no secret (RFC 6749 section 2.1, public clients).
  const none = file === undefined ? undefined : (): string => '';
  return {
    url,
    issuer,
    deviceUrl,
    clientId,
    clientSecret: optionalSecret(config, 'ERP_OAUTH_CLIENT_SECRET') ?? none ?? requiredSecret(config, 'ERP_OAUTH_CLIENT_SECRET'),
    scope: config.ERP_OAUTH_SCOPE,
    authentication: config.ERP_OAUTH_CLIENT_AUTH,
    timeoutMs: issuerAnswersWithinMs,
    fetch: erpFetch(
      env,
      [url, issuer, deviceUrl].filter((one) => one !== undefined),
      issuerAnswersWithinMs,
    ),
    refresh: file === undefined ? undefined : new RefreshTokenFile(file, howToSignIn(env)),
    signInDays: config.ERP_OAUTH_SIGN_IN_DAYS,
  };
}

const howToSignIn = ({ ERP_TARGET = '<target>' }: NodeJS.ProcessEnv): string =>
  `Sign in: npm run -s tributary -- targets sign-in --target ${ERP_TARGET}`;
