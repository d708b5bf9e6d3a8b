import { ConfigurationError, databaseEnvironment, parsedSecret, secretSource, secretVariables } from '@tributary/platform';
import { z } from 'zod';
import { groupGrantsSchema } from './decide/group-grants.js';

const seconds = z.coerce.number().int().positive();

/** Variables of the console as the authority about identities. */
export const authorityEnvironment = z.object({
  ...databaseEnvironment.shape,
  ...secretVariables('DATABASE_URL', 'PostgreSQL connection URL; needed with IDENTITY_KEY'),
  IDENTITY_KEY: z.string().optional().describe('secret: private key (JWK) that tokens of people are signed with; its kid is `console`'),
  IDENTITY_KEY_FILE: z.string().optional().describe('file that holds what IDENTITY_KEY would; read again when it changes'),
  CONSOLE_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('address that browsers open it by, https://console.example.com; cookies are then bound to https. Needed for OIDC_ISSUER'),
  SESSION_IDLE_S: seconds.max(86_400).default(1_800).describe('how long a session lasts while nobody uses it, s'),
  SESSION_MAX_S: seconds.max(604_800).default(43_200).describe('how long a session lasts at most, s'),
  SET_UP_CODE: z.string().min(16).optional().describe('secret: code with which the first person is added; default: a new one, in the log'),
  SET_UP_CODE_FILE: z.string().optional().describe('file that holds what SET_UP_CODE would'),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .describe(
      'addresses and networks of proxies whose X-Forwarded-For is believed, comma separated: attempts to sign in are limited per address',
    ),
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('issuer of an OpenID Connect provider that people sign in at'),
  OIDC_CLIENT_ID: z
    .string()
    .optional()
    .describe('how the console is known at the provider; its redirect URI is <CONSOLE_URL>/identity/oidc/callback'),
  OIDC_CLIENT_SECRET: z.string().optional().describe('secret: secret of that client; none: a public client'),
  OIDC_CLIENT_SECRET_FILE: z.string().optional().describe('file that holds what OIDC_CLIENT_SECRET would; read again when it changes'),
  OIDC_SCOPE: z.string().default('openid profile email').describe('scopes that are asked for, separated by blanks'),
  OIDC_GROUPS_CLAIM: z.string().min(1).default('groups').describe('claim with the groups of a person'),
  OIDC_GROUPS: z
    .string()
    .default('{}')
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue('it is not JSON');
        return z.NEVER;
      }
    })
    .pipe(groupGrantsSchema)
    .describe('roles of groups, JSON: {"finance": ["viewer", "accountant@<target>"]}; people of no group may do nothing'),
  OIDC_NAME: z.string().max(60).optional().describe('name of the provider on the button; default: its host'),
});

/** What {@link authorityEnvironment} reads. */
export type AuthorityConfig = z.infer<typeof authorityEnvironment>;

/** The variables that decide together whether identity is configured. */
export type IdentityVariables = AuthorityConfig & {
  readonly IDENTITY_JWKS?: string | undefined;
  readonly IDENTITY_JWKS_FILE?: string | undefined;
};

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
const isPlain = (url: string | undefined): boolean =>
  url !== undefined && new URL(url).protocol === 'http:' && !loopback.test(new URL(url).hostname);

/** Whether the console knows people. @throws {ConfigurationError} naming every variable that lacks another, or may not be as it is. */
export function isAuthority(config: IdentityVariables): boolean {
  const keys = Boolean(config.IDENTITY_JWKS || config.IDENTITY_JWKS_FILE);
  const key = Boolean(config.IDENTITY_KEY || config.IDENTITY_KEY_FILE);
  const problems = [
    keys && !key && 'IDENTITY_KEY is missing, or IDENTITY_KEY_FILE: the console signs tokens of people with it where IDENTITY_JWKS is set',
    key && !keys && 'IDENTITY_JWKS is missing, or IDENTITY_JWKS_FILE: the public keys beside IDENTITY_KEY',
    key &&
      !(config.DATABASE_URL || config.DATABASE_URL_FILE) &&
      'DATABASE_URL is missing, or DATABASE_URL_FILE: the console keeps people and sessions there where IDENTITY_KEY is set',
    isPlain(config.CONSOLE_URL) && 'CONSOLE_URL has to be https: passwords and sessions would travel readable',
    isPlain(config.OIDC_ISSUER) && 'OIDC_ISSUER has to be https',
    config.OIDC_ISSUER && !key && 'OIDC_ISSUER needs IDENTITY_KEY, IDENTITY_JWKS and DATABASE_URL',
    config.OIDC_ISSUER && !config.OIDC_CLIENT_ID && 'OIDC_CLIENT_ID is missing: OIDC_ISSUER is set',
    config.OIDC_ISSUER && !config.CONSOLE_URL && 'CONSOLE_URL is missing: the provider sends browsers back there',
  ].filter((problem) => typeof problem === 'string');
  if (problems.length > 0) throw new ConfigurationError(problems);
  return key;
}

/** Reads a secret of the configuration and what it means, as it is now. @throws {ConfigurationError} when it cannot be used at the start. */
export async function secretOf<Parsed>(
  name: string,
  place: { readonly value?: string | undefined; readonly file?: string | undefined; readonly isWhole?: (text: string) => boolean },
  parse: (text: string) => Promise<Parsed>,
): Promise<() => Promise<Parsed>> {
  try {
    const source = parsedSecret(name, secretSource(name, place), parse);
    await source();
    return source;
  } catch (error) {
    throw new ConfigurationError([error instanceof Error ? error.message : String(error)]);
  }
}
