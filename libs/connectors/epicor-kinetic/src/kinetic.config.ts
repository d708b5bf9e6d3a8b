import { hasErpOauth, optionalSecret, requiredSecret, requiringSecrets, secretVariables } from '@tributary/platform';
import { z } from 'zod';

/** Environment variables of the connector. */
export const kineticEnvironment = z.object({
  KINETIC_URL: z.url({ protocol: /^https?$/ }).describe('base of the instance without /api, for example https://erp.example.test/kinetic'),
  KINETIC_COMPANY: z.string().min(1).max(8).describe('company the documents are booked in'),
  KINETIC_USER: z
    .string()
    .min(1)
    .optional()
    .describe('login of the integration: give it an account of its own; not needed with ERP_OAUTH_TOKEN_URL or ERP_OAUTH_ISSUER'),
  ...secretVariables('KINETIC_PASSWORD', 'password of that account; not needed with ERP_OAUTH_TOKEN_URL or ERP_OAUTH_ISSUER'),
  ...secretVariables('KINETIC_API_KEY', 'API key, may be bound to an access scope'),
  KINETIC_CALL_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(25_000)
    .describe('longest one HTTP call may take, ms: more than the 20 s that Kinetic adds without a free licence'),
  KINETIC_LOOKUP: z
    .enum(['odata', 'baq'])
    .default('odata')
    .describe('how Stripe ids are looked up: $filter on UD columns, or the two BAQs of README.md'),
  KINETIC_EMAIL_LOOKUP: z
    .enum(['functions', 'plain'])
    .default('functions')
    .describe('how customers are looked up by e-mail: tolower(trim(...)) in $filter, or plain for a server that refuses those functions'),
  KINETIC_POSTING: z.enum(['direct', 'agent']).default('direct').describe('how cash groups are posted: RunDirect or SubmitToAgent'),
  KINETIC_AGENT_ID: z.string().default('SystemTaskAgent').describe('task agent for KINETIC_POSTING=agent'),
  KINETIC_WRITES: z
    .enum(['dataset', 'function', 'steps'])
    .default('dataset')
    .describe('how a document with lines is written: one dataset, one Epicor Function, or header and lines in a call each'),
  KINETIC_FUNCTION: z
    .string()
    .regex(/^[A-Za-z0-9_-]+\/[A-Za-z0-9_-]+$/)
    .default('Tributary/PostDocument')
    .describe('library and function for KINETIC_WRITES=function, see README.md of the connector'),
  KINETIC_BOOK: z.string().min(1).max(12).default('MAIN').describe('book whose fiscal periods count'),
  KINETIC_READ_EFFECT: z
    .enum(['books', 'all', 'none'])
    .default('books')
    .describe(
      'whose entries in the general ledger are read: of all documents but receipts, of receipts too (a call more for each), or of none',
    ),
  KINETIC_SESSION: z
    .enum(['true', 'false'])
    .default('false')
    .describe('hold one session, and with it one licence, instead of claiming one per call'),
  KINETIC_LICENCE_RETRY_MS: z.coerce.number().int().min(1).default(30_000).describe('pause when no licence is free, ms'),
});

/** Access to one company of a Kinetic instance, and the limits of its calls. */
export interface KineticConfig {
  /** Without a slash at its end: one there breaks calls (docs/reference/epicor-kinetic.md section 11). */
  readonly url: string;
  readonly company: string;
  /** Empty where a token says who calls. */
  readonly user: string;
  /** As it is now: it may be exchanged while the process runs, and so may the key. Empty with OAuth. */
  readonly password: string;
  readonly apiKey: string;
  readonly callTimeoutMs: number;
  readonly lookup: 'odata' | 'baq';
  readonly emailLookup: 'functions' | 'plain';
  readonly posting: 'direct' | 'agent';
  readonly agentId: string;
  readonly writes: 'dataset' | 'function' | 'steps';
  /** `<library>/<function>` for writes `function`. */
  readonly functionName: string;
  readonly book: string;
  readonly readEffect: 'books' | 'all' | 'none';
  readonly session: boolean;
  readonly licenceRetryMs: number;
}

/** @throws {z.ZodError} naming every bad variable at once. */
export function loadKineticConfig(env: NodeJS.ProcessEnv): KineticConfig {
  // With OAuth there is no password: the token says who calls, and the key does not replace it.
  const byToken = hasErpOauth(env);
  const needed = byToken ? (['KINETIC_API_KEY'] as const) : (['KINETIC_PASSWORD', 'KINETIC_API_KEY'] as const);
  const schema = kineticEnvironment.refine((values) => byToken || Boolean(values.KINETIC_USER), {
    path: ['KINETIC_USER'],
    error: 'set it: the login that calls are made with',
    when: () => true, // also when another variable is wrong
  });
  const e = requiringSecrets(schema, ...needed).parse(env);
  const [password, apiKey] = [optionalSecret(e, 'KINETIC_PASSWORD') ?? (() => ''), requiredSecret(e, 'KINETIC_API_KEY')];
  return {
    url: e.KINETIC_URL.replace(/\/+$/, ''),
    company: e.KINETIC_COMPANY,
    user: e.KINETIC_USER ?? '',
    get password() {
      return password();
    },
    get apiKey() {
      return apiKey();
    },
    callTimeoutMs: e.KINETIC_CALL_TIMEOUT_MS,
    lookup: e.KINETIC_LOOKUP,
    emailLookup: e.KINETIC_EMAIL_LOOKUP,
    posting: e.KINETIC_POSTING,
    agentId: e.KINETIC_AGENT_ID,
    writes: e.KINETIC_WRITES,
    functionName: e.KINETIC_FUNCTION,
    book: e.KINETIC_BOOK,
    readEffect: e.KINETIC_READ_EFFECT,
    session: e.KINETIC_SESSION === 'true',
    licenceRetryMs: e.KINETIC_LICENCE_RETRY_MS,
  };
}
