import { stripeEnvironment } from '@tributary/connector-stripe';
import { defaultOrderLimits, orderLimitsFrom } from '@tributary/identity';
import { payloadVariables } from '@tributary/persistence';
import {
  allowedHostsEnvironment,
  commonEnvironment,
  databaseEnvironment,
  kafkaConsumerEnvironment,
  loadConfig,
  requiringSecrets,
} from '@tributary/platform';
import { defaultTargetKind, shippedTargets } from '@tributary/target-registry';
import { z } from 'zod';
import { documentLinksVariable } from './views/decide/document-links.js';

const variables = commonEnvironment
  .extend(allowedHostsEnvironment.shape)
  .extend(kafkaConsumerEnvironment.shape)
  .extend(databaseEnvironment.shape)
  .extend(payloadVariables)
  .extend(stripeEnvironment.shape)
  .extend({
    HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(4040).describe('port the HTTP server listens on'),
    RECON_TARGETS: z
      .string()
      .default(shippedTargets[0] ?? '')
      .describe('targets whose dead letters are counted, comma separated'),
    TRIBUTARY_ASSETS_DIR: z
      .string()
      .min(1)
      .optional()
      .describe('folder with flows and mappings that dry runs of dead letters are made with'),
    TRIBUTARY_TARGETS: z
      .string()
      .optional()
      .describe('targets that transform posts to, comma separated; without it those whose profile is active'),
    TRANSFORM_URL: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('transform, as recon reaches it: translates raw events for dry runs of their dead letters'),
    DEAD_LETTER_GIVE_AGAIN_MS: z.coerce
      .number()
      .int()
      .min(100)
      .default(30_000)
      .describe('a dead letter that was given back and not answered is given again after this long, ms; doubled each time'),
    ERP_KIND: z
      .string()
      .default(defaultTargetKind)
      .describe('kind of the target whose ledger is compared with, where RECON_LEDGERS is not set'),
    RECON_LEDGERS: z
      .string()
      .regex(/^[A-Za-z0-9_.-]+=[a-z0-9-]+(,[A-Za-z0-9_.-]+=[a-z0-9-]+)*$/, 'target=kind, comma separated')
      .optional()
      .describe(
        'targets whose ledgers are compared with, as target=kind, comma separated; default: the first of RECON_TARGETS. Variables of one target alone begin with its name: <TARGET>__<VARIABLE>',
      ),
    RECON_DOCUMENT_LINKS: documentLinksVariable,
    RECON_ORDER_LIMITS: z
      .string()
      .default(defaultOrderLimits)
      .superRefine((text, context) => {
        try {
          orderLimitsFrom(text);
        } catch (error) {
          context.addIssue({ code: 'custom', message: (error as Error).message });
        }
      })
      .describe('what a role may order alone: messages, amounts in major units; without a currency: of every one that is not named'),
    RECON_APPROVAL_HOURS: z.coerce
      .number()
      .positive()
      .max(720)
      .default(72)
      .describe(
        'an order that waits for a second person is given up after this long; what is not dispatched so long after an approval, too; hours',
      ),
    RECON_PAYLOAD_RETENTION_DAYS: z.coerce
      .number()
      .int()
      .positive()
      .default(400)
      .describe(
        'days after which the bytes of closed dead letters, and of messages that were edited or replayed by an order that has ended, are deleted; their rows stay',
      ),
    RECON_TEXT_RETENTION_DAYS: z.coerce
      .number()
      .int()
      .positive()
      .default(400)
      .describe(
        'days after which names and other texts about people are overwritten in the views, counted from the last that was heard of an event; what is open is not touched',
      ),
    RECON_NOTIFICATIONS_FILE: z
      .string()
      .min(1)
      .optional()
      .describe(
        'file (JSON) that says who is told of conditions such as dead letters or a clearing difference, by webhook or mail; without it nobody is (docs/how-to/notifications.md)',
      ),
    AUDIT_ANCHOR_FILE: z
      .string()
      .min(1)
      .optional()
      .describe('file outside the database that the end of the audit trail is appended to; without it a cut-off end cannot be noticed'),
    AUDIT_ANCHOR_ROWS: z.coerce
      .number()
      .int()
      .positive()
      .default(100)
      .describe('an anchor is written after so many rows of the audit trail'),
    AUDIT_ANCHOR_SECONDS: z.coerce
      .number()
      .positive()
      .default(10)
      .describe('an anchor is written after this time when there is a new row, s'),
  });

/** Environment variables of recon. */
export const reconEnvironment = requiringSecrets(variables, 'DATABASE_URL');

/** Parsed configuration of recon. */
export type ReconConfig = z.infer<typeof reconEnvironment>;

/** @throws {ConfigurationError} naming every bad variable at once. */
export function loadReconConfig(env: NodeJS.ProcessEnv): ReconConfig {
  return loadConfig(reconEnvironment, env);
}

/** The targets that transform posts to; undefined: those whose profile is active. */
export function assetTargetsOf({ TRIBUTARY_TARGETS }: ReconConfig): string[] | undefined {
  const named = (TRIBUTARY_TARGETS ?? '').split(',').flatMap((target) => target.trim() || []);
  return named.length === 0 ? undefined : named;
}

/** The ledgers to read: target -> kind of ERP. */
export function ledgersOf({ RECON_LEDGERS, RECON_TARGETS, ERP_KIND }: ReconConfig): ReadonlyMap<string, string> {
  if (RECON_LEDGERS === undefined) return new Map([[RECON_TARGETS.split(',')[0]?.trim() ?? '', ERP_KIND]]);
  return new Map(RECON_LEDGERS.split(',').map((entry) => entry.split('=') as [string, string]));
}
