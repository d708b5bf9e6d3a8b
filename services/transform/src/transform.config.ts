import { stripeEnvironment } from '@tributary/connector-stripe';
import {
  allowedHostsEnvironment,
  commonEnvironment,
  ConfigurationError,
  databaseEnvironment,
  kafkaConsumerEnvironment,
  ladderEnvironment,
  loadConfig,
  requiringSecrets,
} from '@tributary/platform';
import { payloadVariables } from '@tributary/persistence';
import { z } from 'zod';
import type { SettlementPolicy } from './decide/translate/settlement-policy.js';

const variables = commonEnvironment
  .extend(allowedHostsEnvironment.shape)
  .extend(kafkaConsumerEnvironment.shape)
  .extend(databaseEnvironment.shape)
  .extend(ladderEnvironment.shape)
  .extend(payloadVariables)
  .extend(stripeEnvironment.shape)
  .extend({
    HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(4020).describe('port the HTTP server listens on'),
    TRIBUTARY_ASSETS_DIR: z.string().min(1).describe('folder with flows, mappings, profiles (YAML) and lookup tables (CSV)'),
    TRIBUTARY_TARGETS: z
      .string()
      .optional()
      .describe('targets of this installation, comma separated: no others are posted to; without it those whose profile is active'),
    STRIPE_SETTLEMENT_CURRENCIES: z
      .string()
      .regex(/^(\*|[A-Z]{3}(\s*,\s*[A-Z]{3})*)?$/, 'expected currency codes of three capital letters, comma separated, or *')
      .default('')
      .describe(
        'currencies that the Stripe account keeps in themselves (it has a bank account in them), comma separated; * for all. A charge in ' +
          'another currency waits for its balance transaction, which says what it settles in',
      ),
    STRIPE_SETTLEMENT_WAIT_MS: z.coerce
      .number()
      .int()
      .min(0)
      .max(48 * 3_600_000)
      .default(3_600_000)
      .describe('longest wait for the balance transaction of such a charge; then it is held for an operator'),
    RECON_URL: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe(
        'where recon answers: it records in its audit trail who changes the level of the log here, and without it nobody can by a request',
      ),
    TRANSFORM_CONCURRENCY: z.coerce.number().int().positive().max(256).default(32).describe('record keys worked on at once'),
  });

/** Every environment variable of transform. */
export const transformEnvironment = requiringSecrets(variables, 'DATABASE_URL');

/** The parsed environment. */
export type TransformConfig = z.infer<typeof transformEnvironment>;

/** @throws {ConfigurationError} naming every bad variable at once. */
export function loadTransformConfig(env: NodeJS.ProcessEnv): TransformConfig {
  const config = loadConfig(transformEnvironment, env);
  if (!mayRead(config) && config.STRIPE_SETTLEMENT_CURRENCIES === '') throw new ConfigurationError([nothingSettles]);
  return config;
}

/** Whether the Stripe API can be read: a key is set, by itself or in a file. */
function mayRead({ STRIPE_API_KEY: key, STRIPE_API_KEY_FILE: file }: TransformConfig): boolean {
  return key !== undefined || file !== undefined;
}

/** Without a key and without a declaration every payment would be held, so the startup fails instead. */
const nothingSettles =
  'STRIPE_SETTLEMENT_CURRENCIES: without STRIPE_API_KEY nothing can tell in which currency a charge settles; set the key, or name the ' +
  'currencies that the Stripe account keeps in themselves (USD,EUR; * for all)';

/** The targets that are posted to; undefined: those whose profile is active. */
export function targetsOf({ TRIBUTARY_TARGETS }: Pick<TransformConfig, 'TRIBUTARY_TARGETS'>): string[] | undefined {
  const named = (TRIBUTARY_TARGETS ?? '').split(',').flatMap((target) => target.trim() || []);
  return named.length === 0 ? undefined : named;
}

/** The settlement policy of this installation. Without an API key nothing can be read, so no charge waits. */
export function settlementPolicyOf(config: TransformConfig): SettlementPolicy {
  const declared = config.STRIPE_SETTLEMENT_CURRENCIES;
  const currencies = new Set(declared.split(',').flatMap((code) => code.trim() || []));
  return {
    currencies: declared === '*' ? 'all' : currencies,
    waitMs: !mayRead(config) ? 0 : config.STRIPE_SETTLEMENT_WAIT_MS,
  };
}
