import { optionalSecret, requiredSecret, requiringSecrets, secretVariables } from '@tributary/platform';
import { z } from 'zod';
import type { DoorName } from './doors/door.js';
import { doorsNamed } from './doors/doors-named.js';

/** Environment variables of the connector. */
export const slEnvironment = z.object({
  SL_URL: z.url({ protocol: /^https?$/ }).describe('virtual directory of the web layer, for example https://sl.example.test/ctDynamicsSL'),
  SL_SOAP_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('folder of the SOAP services; left out: services/ctDynamicsSL below SL_URL'),
  SL_COMPANY: z.string().min(1).max(10).describe('CpnyID of the company that documents are booked in'),
  SL_SITE_ID: z.string().min(1).default('DEFAULT').describe('SiteID of the web layer'),
  ...secretVariables('SL_SITE_KEY', 'siteKey of the SOAP header'),
  SL_USER: z.string().min(1).describe('login of the integration; with SL_LOGIN=key the API key'),
  ...secretVariables('SL_PASSWORD', 'password of that login; with SL_LOGIN=key the secret key'),
  SL_LOGIN: z.enum(['basic', 'key']).default('basic').describe('how requests are signed: Basic, or the key pair of older installations'),
  SL_LICENCE_NAME: z.string().default('').describe('company name of the licence, for the SOAP header'),
  ...secretVariables('SL_LICENCE_KEY', 'key of the licence, for the SOAP header'),
  SL_LICENCE_EXPIRATION: z.string().default('').describe('expiry of the licence as it was issued, for the SOAP header'),
  SL_DOORS: z
    .string()
    .default('')
    .superRefine((text, context) => {
      try {
        doorsNamed(text);
      } catch (error) {
        context.addIssue({ code: 'custom', message: (error as Error).message });
      }
    })
    .describe('door of each service where it is not read from swagger: rest, soap, or a list like rest,paymentApplication=soap'),
  SL_CALL_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .default(300_000)
    .describe('longest one HTTP call may take, ms: calls of several minutes are normal. Lease and time to held follow from it'),
  SL_FISCAL_YEAR_STARTS: z
    .string()
    .regex(/^(?:[1-9]|1[0-2]|none)$/)
    .default('1')
    .describe('first calendar month of the fiscal year, for the period of a date; none: SL or the mapping says the period'),
  SL_BASE_CURRENCY: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('USD')
    .describe('currency of the ledger: a payment in another currency is valued at what Stripe settled only where that is in this one'),
  SL_WRITERS: z.coerce.number().int().min(1).max(8).default(1).describe('calls that may be open at once: counters of SL are central rows'),
  SL_DATES: z.enum(['us', 'iso']).default('us').describe('how dates are written in JSON: MM/DD/YYYY, or date and time in ISO form'),
  SL_READ_EFFECT: z
    .enum(['books', 'all', 'none'])
    .default('books')
    .describe('whose entries in the general ledger are read: of all documents but payments, of payments too, or of none'),
  SL_RETRY_MS: z.coerce.number().int().min(1).default(30_000).describe('pause when the web layer says that it is busy, ms'),
});

/** Access to one company of one SL site, and the limits of its calls. */
export interface SlConfig {
  /** Without a slash at its end. */
  readonly url: string;
  readonly soapUrl: string;
  readonly company: string;
  readonly siteId: string;
  /** As it is now, '' for none: secrets may be exchanged while the process runs. */
  readonly siteKey: string;
  readonly user: string;
  readonly password: string;
  readonly login: 'basic' | 'key';
  readonly licence: { readonly name: string; readonly key: string; readonly expiration: string };
  /** Service -> door, `*` for all others; empty: swagger says it. */
  readonly doors: ReadonlyMap<string, DoorName>;
  readonly callTimeoutMs: number;
  /** 1 to 12; undefined: the period is left to the mapping or to SL. */
  readonly fiscalYearStarts: number | undefined;
  readonly baseCurrency: string;
  readonly writers: number;
  readonly dates: 'us' | 'iso';
  readonly readEffect: 'books' | 'all' | 'none';
  readonly retryMs: number;
}

/** All secrets as they are now, to see whether one was exchanged. */
export function secretsOf({ password, siteKey, licence }: SlConfig): string {
  return JSON.stringify([password, siteKey, licence.key]);
}

/** @throws {z.ZodError} naming every bad variable at once. */
export function loadSlConfig(env: NodeJS.ProcessEnv): SlConfig {
  const e = requiringSecrets(slEnvironment, 'SL_PASSWORD').parse(env);
  const url = e.SL_URL.replace(/\/+$/, '');
  const [siteKey, licenceKey] = [optionalSecret(e, 'SL_SITE_KEY'), optionalSecret(e, 'SL_LICENCE_KEY')];
  const password = requiredSecret(e, 'SL_PASSWORD');
  return {
    url,
    soapUrl: (e.SL_SOAP_URL ?? `${url}/services/ctDynamicsSL`).replace(/\/+$/, ''),
    company: e.SL_COMPANY,
    siteId: e.SL_SITE_ID,
    get siteKey() {
      return siteKey?.() ?? '';
    },
    user: e.SL_USER,
    get password() {
      return password();
    },
    login: e.SL_LOGIN,
    licence: {
      name: e.SL_LICENCE_NAME,
      get key() {
        return licenceKey?.() ?? '';
      },
      expiration: e.SL_LICENCE_EXPIRATION,
    },
    doors: doorsNamed(e.SL_DOORS),
    callTimeoutMs: e.SL_CALL_TIMEOUT_MS,
    fiscalYearStarts: e.SL_FISCAL_YEAR_STARTS === 'none' ? undefined : Number(e.SL_FISCAL_YEAR_STARTS),
    baseCurrency: e.SL_BASE_CURRENCY,
    writers: e.SL_WRITERS,
    dates: e.SL_DATES,
    readEffect: e.SL_READ_EFFECT,
    retryMs: e.SL_RETRY_MS,
  };
}
