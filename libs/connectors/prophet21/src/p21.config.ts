import { ConfigurationError, optionalSecret, secretVariables } from '@tributary/platform';
import { z } from 'zod';

const names = z.string().regex(/^([A-Za-z0-9_]+=[A-Za-z0-9_]+(,|$))*$/, 'expected name=value pairs between commas');

/** Environment variables of the connector. */
export const p21Environment = z.object({
  P21_URL: z.url({ protocol: /^https?$/ }).describe('root of the middleware, for example https://p21.example.test'),
  P21_UI_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('root of the UI server where the router names one on another host; without it only the host of P21_URL is called'),
  P21_COMPANY: z.string().min(1).max(8).describe('company the documents are booked in'),
  P21_USER: z.string().default('').describe('login of the integration: give it an account of its own; not needed with a consumer key'),
  ...secretVariables('P21_PASSWORD', 'password of that account'),
  ...secretVariables('P21_CONSUMER_KEY', 'consumer key; used instead of user and password when it is set'),
  P21_CALL_TIMEOUT_MS: z.coerce.number().int().min(100).default(20_000).describe('longest one HTTP call may take, ms'),
  P21_WRITERS: z.coerce
    .number()
    .int()
    .min(1)
    .max(4)
    .default(2)
    .describe('most writing calls at the same time: the session pool of the UI server is small'),
  P21_BUSY_RETRY_MS: z.coerce.number().int().min(1).default(15_000).describe('pause when no session is free, ms'),
  P21_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('USD')
    .describe('home currency of the company'),
  P21_CURRENCY_IDS: names
    .default('')
    .describe("P21's numbers of currencies, `USD=1,EUR=2`; without it the home currency is 1, and there is no other"),
  P21_FOREIGN_AMOUNTS: z
    .enum(['refuse', 'face'])
    .default('refuse')
    .describe('journals in another than the home currency: refuse, or enter the same figure as home amount (the company revalues)'),
  P21_JOURNAL: z.string().min(1).max(2).default('GJ').describe('journal of entries in the general ledger'),
  P21_SOURCE: z
    .string()
    .regex(/^[A-Za-z0-9 _-]{1,40}$/)
    .default('STRIPE')
    .describe('source of entries in the general ledger, by which they are listed'),
  P21_RECEIPT_SERVICE: z
    .string()
    .default('')
    .describe('Transaction service that enters a cash receipt; empty: cash receipts are held until it is named'),
  P21_RECEIPT_FORM: z.string().default('TABPAGE_1.cash_receipts').describe('form of that service'),
  P21_RECEIPT_FIELDS: names.default('').describe('fields of that form that have another name than the shape, `payment_desc=memo`'),
  P21_READ_EFFECT: z
    .enum(['books', 'all', 'none'])
    .default('books')
    .describe('whose entries in the general ledger are read: of all documents but receipts, of receipts too, or of none'),
});

/** A Transaction service that the site names, since no public source does. */
export interface ConfiguredService {
  /** '' where the site has not named one. */
  readonly service: string;
  readonly form: string;
  /** Field of the shape -> field of the form, where they differ. */
  readonly fields: ReadonlyMap<string, string>;
  /** Variable that names the service, for messages. */
  readonly variable: string;
}

/** Access to one company of a P21 database, and the limits of its calls. */
export interface P21Config {
  /** Without a slash at its end. */
  readonly url: string;
  readonly uiUrl?: string;
  readonly company: string;
  readonly user: string;
  /** As it is now, '' for none: secrets may be exchanged while the process runs. */
  readonly password: string;
  readonly consumerKey: string;
  readonly callTimeoutMs: number;
  readonly writers: number;
  readonly busyRetryMs: number;
  readonly currency: string;
  readonly currencyIds: ReadonlyMap<string, string>;
  readonly foreignAmounts: 'refuse' | 'face';
  readonly journal: string;
  readonly source: string;
  readonly receipts: ConfiguredService;
  readonly readEffect: 'books' | 'all' | 'none';
}

/** @throws {z.ZodError} naming every bad variable at once; a ConfigurationError when neither a consumer key nor user and password are there. */
export function loadP21Config(env: NodeJS.ProcessEnv): P21Config {
  const e = p21Environment.parse(env);
  const [password, consumerKey] = [optionalSecret(e, 'P21_PASSWORD'), optionalSecret(e, 'P21_CONSUMER_KEY')];
  if (!consumerKey && (e.P21_USER === '' || !password))
    throw new ConfigurationError(['P21_USER and P21_PASSWORD, or P21_CONSUMER_KEY: one of them is required, or the file of the secret']);
  return {
    url: withoutSlash(e.P21_URL),
    ...(e.P21_UI_URL ? { uiUrl: withoutSlash(e.P21_UI_URL) } : {}),
    company: e.P21_COMPANY,
    user: e.P21_USER,
    get password() {
      return password?.() ?? '';
    },
    get consumerKey() {
      return consumerKey?.() ?? '';
    },
    callTimeoutMs: e.P21_CALL_TIMEOUT_MS,
    writers: e.P21_WRITERS,
    busyRetryMs: e.P21_BUSY_RETRY_MS,
    currency: e.P21_CURRENCY,
    currencyIds: pairsOf(e.P21_CURRENCY_IDS),
    foreignAmounts: e.P21_FOREIGN_AMOUNTS,
    journal: e.P21_JOURNAL,
    source: e.P21_SOURCE,
    receipts: {
      service: e.P21_RECEIPT_SERVICE,
      form: e.P21_RECEIPT_FORM,
      fields: pairsOf(e.P21_RECEIPT_FIELDS),
      variable: 'P21_RECEIPT_SERVICE',
    },
    readEffect: e.P21_READ_EFFECT,
  };
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

function pairsOf(text: string): Map<string, string> {
  const pairs = text.split(',').filter((pair) => pair !== '');
  return new Map(pairs.map((pair): [string, string] => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}
