import { orderLimitsFrom } from '@tributary/identity';
import { payloadVariables } from '@tributary/persistence';
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
import { defaultTargetKind, environmentOf, parseTargetList, shippedTargets, targetListPattern } from '@tributary/target-registry';
import { z } from 'zod';

const positive = z.coerce.number().int().positive();
const natural = z.coerce.number().int().min(0);

const variables = commonEnvironment
  .extend(allowedHostsEnvironment.shape)
  .extend(kafkaConsumerEnvironment.shape)
  .extend(databaseEnvironment.shape)
  .extend(payloadVariables)
  .extend(ladderEnvironment.shape)
  .extend({
    HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(4030).describe('port the HTTP server listens on'),
    RECON_URL: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('where recon answers: what people decide here is reported to its audit trail, and waits while there is none'),
    ERP_TARGET: z
      .string()
      .regex(/^[A-Za-z0-9_.-]{1,80}$/)
      .describe(`target that is served, e.g. ${shippedTargets[0]}: one company in one ERP; not with ERP_TARGETS`),
    ERP_TARGETS: z
      .string()
      .regex(targetListPattern, 'expected target=kind, comma separated')
      .optional()
      .describe(
        'targets that one process serves, as target=kind, comma separated, instead of ERP_TARGET and ERP_KIND. Variables of one target alone begin with its name: <TARGET>__<VARIABLE>',
      ),
    ERP_KIND: z.string().default(defaultTargetKind).describe('connector of the target'),
    ERP_CONCURRENCY: positive
      .max(256)
      .default(16)
      .describe('calls of the ERP that may be open at once, over all partitions; never more than its connector allows'),
    ERP_LEASE_MS: positive.optional().describe('lease of a posting, ms; default: the longest call of the connector and 5 s'),
    ERP_SETTLE_MS: positive
      .optional()
      .describe('settle delay: time the ERP may need to show what it committed, ms; default: that of the connector, else 2000'),
    ERP_RECHECK_MS: z
      .string()
      .regex(/^\d+(,\d+)*$/, 'milliseconds, comma separated')
      .default('15000,120000,1800000')
      .describe('delays before a posting that was sent again is checked for a duplicate, ms, comma separated'),
    ERP_MAX_ATTEMPTS: positive.max(100).default(6).describe('posts that may be sent for one posting before it is held for an operator'),
    ERP_HELD_AFTER_MS: positive
      .optional()
      .describe(
        'a posting whose outcome is not known is held this long after it was sent, ms; default: 40000, or the longest call of the connector and 5 s',
      ),
    ERP_PROBE_MAX_MS: positive.default(30_000).describe('longest wait between two probes of a target that is unavailable, ms'),
    ERP_BREAKER_FAILURES: positive.max(100).default(3).describe('consecutive target failures that open the circuit breaker'),
    ERP_PERIODS_MAX_AGE_MS: positive
      .default(300_000)
      .describe('age at which the fiscal periods of the ERP are read again, ms; after a refusal they are read at once'),
    ERP_PARK_MS: positive.default(10_000).describe('delay before a stored posting that could not continue is resumed, ms'),
    BATCH_MAX_DOCUMENTS: positive.default(200).describe('documents that a batch takes before it is closed and released'),
    BATCH_IDLE_MS: positive.default(5_000).describe('a batch that took no document for this long is released, ms'),
    BATCH_MAX_AGE_MS: positive.default(60_000).describe('a batch is released at this age, ms'),
    BATCH_STUCK_AFTER_MS: positive
      .default(600_000)
      .describe('documents of a batch that the ERP is still posting this long after its release was sent are held for an operator, ms'),
    ERP_RELEASE_LIMITS: z
      .string()
      .default('accountant: 500 documents, 10000')
      .superRefine((text, context) => {
        try {
          orderLimitsFrom(text, 'documents');
        } catch (error) {
          context.addIssue({ code: 'custom', message: (error as Error).message });
        }
      })
      .describe(
        'what a role may order alone to be released of one batch: documents, amounts in major units; without a currency: of every one that is not named',
      ),
    ERP_RELEASE_APPROVAL_HOURS: z.coerce
      .number()
      .positive()
      .max(720)
      .default(72)
      .describe(
        'an order to release a batch that waits for a second person is given up after this long, and an approval holds as long; hours',
      ),
    ERP_LEDGER_RETENTION_DAYS: positive
      .default(400)
      .describe('days after which outcomes and payloads of finished postings are deleted from the ledger; keys and references stay'),
    ERP_CALL_RETENTION_DAYS: natural
      .default(30)
      .describe('days that requests to the ERP and its answers are kept, the newest 20 calls of each posting; 0: none are'),
    SWEEP_INTERVAL_MS: positive.default(2_000).describe('interval between two sweeps of stored postings and batches, ms'),
  });

/** Every environment variable of the service, beside those of its connector. */
export const erpSinkEnvironment = requiringSecrets(variables, 'DATABASE_URL');

/** The parsed environment. */
export type ErpSinkConfig = z.infer<typeof erpSinkEnvironment>;

/** One target of the process. */
export interface ServedTarget {
  readonly config: ErpSinkConfig;
  /** The environment as that target sees it, which its connector reads. */
  readonly env: NodeJS.ProcessEnv;
}

/** Configuration of one target. @throws {ConfigurationError} naming every bad variable at once. */
export function loadErpSinkConfig(env: NodeJS.ProcessEnv): ErpSinkConfig {
  return loadConfig(erpSinkEnvironment, env);
}

/** The targets of ERP_TARGETS, or the one of ERP_TARGET. @throws {ConfigurationError} naming every bad variable, with its target. */
export function loadServedTargets(env: NodeJS.ProcessEnv): readonly ServedTarget[] {
  if (!env.ERP_TARGETS) {
    const own = environmentOf(env.ERP_TARGET ?? '', env);
    return [{ config: loadErpSinkConfig(own), env: own }];
  }
  return forEachTarget(
    [...targetsOf(env, env.ERP_TARGETS)],
    ([target]) => target,
    ([target, kind]) => {
      const own = { ...environmentOf(target, env), ERP_TARGET: target, ERP_KIND: kind };
      return { config: loadErpSinkConfig(own), env: own };
    },
  );
}

function targetsOf(env: NodeJS.ProcessEnv, text: string): ReadonlyMap<string, string> {
  if (env.ERP_TARGET) throw new ConfigurationError([`ERP_TARGET (${env.ERP_TARGET}) and ERP_TARGETS (${text}) are both set: remove one`]);
  if (!targetListPattern.test(text)) throw new ConfigurationError([`ERP_TARGETS is "${text}": expected target=kind, comma separated`]);
  try {
    return parseTargetList(text);
  } catch (error) {
    throw new ConfigurationError([`ERP_TARGETS: ${(error as Error).message}`]);
  }
}

/** Does something for each target. @throws {ConfigurationError} with the problems of all of them, each with the name of its target. */
export function forEachTarget<Given, Made>(
  targets: readonly Given[],
  nameOf: (target: Given) => string,
  make: (target: Given) => Made,
): readonly Made[] {
  const problems: string[] = [];
  const made = targets.flatMap((target) => {
    try {
      return [make(target)];
    } catch (error) {
      const found = error instanceof ConfigurationError ? error.problems : [(error as Error).message];
      problems.push(...found.map((problem) => `${nameOf(target)}: ${problem}`));
      return [];
    }
  });
  if (problems.length > 0) throw new ConfigurationError(problems);
  return made;
}
