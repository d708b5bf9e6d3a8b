import { readFileSync } from 'node:fs';
import { ConfigurationError } from '@tributary/platform';
import { z } from 'zod';
import type { EndpointRules } from './decide/endpoint-match.js';
import type { SigningSecret } from './decide/signing-secret.js';

const maxSecrets = 5;
const demoSecret = 'whsec_demo_';

const secretText = z.string().regex(/^whsec_\S+$/, 'a signing secret begins with whsec_ and has no spaces');
const rotatedSecret = z
  .strictObject({
    secret: secretText,
    until: z.iso.datetime({ offset: true, error: 'the end of a secret is a date and time with its zone' }),
  })
  .transform(({ secret, until }) => ({ secret, until: Date.parse(until) }));

/** One URL that Stripe delivers to: `/webhooks/stripe/<name>`. */
const endpointSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'a name is lower-case letters, digits and dashes'),
  secrets: z
    .array(z.union([secretText, rotatedSecret]))
    .min(1)
    .max(maxSecrets),
  livemode: z.boolean(),
  account: z
    .union([z.string().regex(/^(?:acct_[A-Za-z0-9]+|\*)$/, 'an account is acct_..., or * for any connected account'), z.null()])
    .default(null),
  apiVersion: z
    .union([z.string().regex(/^\d{4}-\d{2}-\d{2}(?:\.[a-z]+)?$/, 'a version looks like 2026-08-26.dahlia'), z.null()])
    .default(null),
  otherMode: z.enum(['refuse', 'drop']).default('refuse'),
});

/** A configured endpoint with its signing secrets. */
export interface StripeEndpoint extends EndpointRules {
  /** Signing secrets, newest first. */
  readonly secrets: readonly SigningSecret[];
}

/** Reads STRIPE_ENDPOINTS or its file. @throws {ConfigurationError} naming everything that is wrong, without a secret. */
export function readEndpoints(env: NodeJS.ProcessEnv): StripeEndpoint[] {
  const { variable, text } = endpointsText(env);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ConfigurationError([`${variable} is not usable: it is not JSON`]); // the parser's message would quote a secret
  }
  const result = z.array(endpointSchema).min(1).safeParse(json);
  if (!result.success)
    throw new ConfigurationError(
      result.error.issues.map((issue) => `${variable} is not usable: ${issue.path.join('.') || 'it'}: ${issue.message}`),
    );
  const endpoints = result.data.map((one) => ({ ...one, secrets: one.secrets.map(signingSecret) }));
  const problems = [...repeatedNames(endpoints), ...(isProduction(env) ? demoSecretsIn(endpoints) : [])];
  if (problems.length > 0) throw new ConfigurationError(problems.map((problem) => `${variable} is not usable: ${problem}`));
  return endpoints;
}

function signingSecret(given: string | SigningSecret): SigningSecret {
  return typeof given === 'string' ? { secret: given, until: undefined } : given;
}

function endpointsText(env: NodeJS.ProcessEnv): { variable: string; text: string } {
  const { STRIPE_ENDPOINTS: inline, STRIPE_ENDPOINTS_FILE: file } = env;
  if (inline && file) throw new ConfigurationError(['STRIPE_ENDPOINTS and STRIPE_ENDPOINTS_FILE are both set: keep one']);
  if (inline) return { variable: 'STRIPE_ENDPOINTS', text: inline };
  if (!file) throw new ConfigurationError(['STRIPE_ENDPOINTS is missing (JSON array of endpoints), and so is STRIPE_ENDPOINTS_FILE']);
  try {
    return { variable: 'STRIPE_ENDPOINTS_FILE', text: readFileSync(file, 'utf8') };
  } catch (error) {
    throw new ConfigurationError([
      `STRIPE_ENDPOINTS_FILE is not usable: reading ${file}: ${(error as NodeJS.ErrnoException).code ?? 'no answer'}`,
    ]);
  }
}

function repeatedNames(endpoints: readonly StripeEndpoint[]): string[] {
  const names = endpoints.map(({ name }) => name);
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map((name) => `two endpoints are called ${name}`);
}

function demoSecretsIn(endpoints: readonly StripeEndpoint[]): string[] {
  return endpoints
    .filter(({ secrets }) => secrets.some(({ secret }) => secret.startsWith(demoSecret)))
    .map(({ name }) => `endpoint ${name} has the public secret of the demo, in production`);
}

const isProduction = (env: NodeJS.ProcessEnv): boolean => env.NODE_ENV === 'production' || env.TRIBUTARY_ENVIRONMENT === 'prod';
