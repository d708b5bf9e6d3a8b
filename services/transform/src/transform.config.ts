import { stripeEnvironment } from '@tributary/connector-stripe';
import { commonEnvironment, databaseEnvironment, kafkaConsumerEnvironment, ladderEnvironment, loadConfig } from '@tributary/platform';
import { z } from 'zod';

export const transformEnvironment = commonEnvironment
  .extend(kafkaConsumerEnvironment.shape)
  .extend(databaseEnvironment.shape)
  .extend(ladderEnvironment.shape)
  .extend(stripeEnvironment.shape)
  .extend({
    HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(4020).describe('port the HTTP server listens on'),
    TRIBUTARY_ASSETS_DIR: z.string().min(1).describe('folder with flows, mappings, profiles (YAML) and lookup tables (CSV)'),
    TRANSFORM_CONCURRENCY: z.coerce.number().int().positive().max(256).default(32).describe('record keys worked on at once'),
  });

export type TransformConfig = z.infer<typeof transformEnvironment>;

/** @throws {ConfigurationError} naming every bad variable at once. */
export function loadTransformConfig(env: NodeJS.ProcessEnv): TransformConfig {
  return loadConfig(transformEnvironment, env);
}
