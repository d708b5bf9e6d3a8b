import { commonEnvironment, databaseEnvironment, kafkaConsumerEnvironment, ladderEnvironment, loadConfig } from '@tributary/platform';
import { defaultTargetKind, shippedTargets } from '@tributary/target-registry';
import { z } from 'zod';

const positive = z.coerce.number().int().positive();

export const erpSinkEnvironment = commonEnvironment
  .extend(kafkaConsumerEnvironment.shape)
  .extend(databaseEnvironment.shape)
  .extend(ladderEnvironment.shape)
  .extend({
    HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(4030).describe('port the HTTP server listens on'),
    ERP_TARGET: z
      .string()
      .regex(/^[A-Za-z0-9_.-]{1,80}$/)
      .describe(`target that is served, e.g. ${shippedTargets[0]}: one company in one ERP`),
    ERP_KIND: z.string().default(defaultTargetKind).describe('connector of the target'),
    ERP_CONCURRENCY: positive.max(256).default(16).describe('calls of the ERP open at once, however many partitions there are'),
    ERP_LEASE_MS: positive.optional().describe('lease of a posting, ms; default: the longest call of the connector and 5 s'),
    ERP_SETTLE_MS: positive
      .optional()
      .describe('time the ERP may need to show what it committed, ms; default: what the connector says, else 2000'),
    ERP_RECHECK_MS: z
      .string()
      .regex(/^\d+(,\d+)*$/, 'milliseconds, comma separated')
      .default('15000,120000,1800000')
      .describe('what was sent again after silence is looked for a second document after these waits, ms, comma separated'),
    ERP_MAX_ATTEMPTS: positive.max(100).default(6).describe('posts sent for one posting before a person is asked'),
    ERP_HELD_AFTER_MS: positive
      .optional()
      .describe(
        'a posting whose outcome is not known is held this long after it was sent, ms; default: 40000, or the longest call of the connector and 5 s',
      ),
    ERP_PROBE_MAX_MS: positive.default(30_000).describe('longest wait between two probes of a target that takes nothing, ms'),
    ERP_BREAKER_FAILURES: positive.max(100).default(3).describe('failures of the target in a row after which it is left alone'),
    ERP_PERIODS_MAX_AGE_MS: positive
      .default(300_000)
      .describe('age at which the fiscal periods of the ERP are read again, ms; a refusal reads them at once'),
    ERP_PARK_MS: positive.default(10_000).describe('how long a stored posting is left alone after it could not go on, ms'),
    BATCH_MAX_DOCUMENTS: positive.default(200).describe('documents of a batch before it is released'),
    BATCH_IDLE_MS: positive.default(5_000).describe('a batch that took nothing for this long is released, ms'),
    BATCH_MAX_AGE_MS: positive.default(60_000).describe('a batch is released at this age, ms'),
    BATCH_STUCK_AFTER_MS: positive
      .default(600_000)
      .describe('the documents of a batch that the ERP still posts this long after its release was sent are held for an operator, ms'),
    ERP_LEDGER_RETENTION_DAYS: positive
      .default(400)
      .describe('words and payloads of postings that are done are taken out of the ledger after this; keys and references stay'),
    SWEEP_INTERVAL_MS: positive.default(2_000).describe('how often stored postings and batches are looked at, ms'),
  });

export type ErpSinkConfig = z.infer<typeof erpSinkEnvironment>;

/** @throws {ConfigurationError} naming every bad variable at once. */
export function loadErpSinkConfig(env: NodeJS.ProcessEnv): ErpSinkConfig {
  return loadConfig(erpSinkEnvironment, env);
}
