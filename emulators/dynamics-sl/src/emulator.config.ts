import { z } from 'zod';

const environment = z.object({
  HTTP_HOST: z.string().default('127.0.0.1').describe('address to listen on'),
  HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(4302).describe('port to listen on; 0 takes a free one'),
  EMULATOR_STATE_DIR: z.string().optional().describe('folder that keeps the data over restarts; in memory when not set'),
  EMULATOR_FSYNC: z.enum(['true', 'false']).default('false').describe('sync every transaction to the disk'),
  EMULATOR_COMPANY: z.string().max(10).default('0060').describe('CpnyID of the one company there is'),
  EMULATOR_SITE_ID: z.string().default('DEFAULT').describe('SiteID of the web layer'),
  EMULATOR_SITE_KEY: z.string().default('demo-site-key').describe('secret: siteKey of the SOAP header'),
  EMULATOR_LICENCE_KEY: z.string().default('demo-licence-key').describe('secret: licenseKey of the SOAP header'),
  EMULATOR_USER: z.string().default('tributary').describe('login of the integration; APIKey of the older form'),
  EMULATOR_PASSWORD: z.string().default('demo-password').describe('secret: its password; SecretKey of the older form'),
  EMULATOR_SWAGGER: z.enum(['on', 'off']).default('on').describe('whether the documentation of the REST door is published'),
  EMULATOR_OVERLONG: z.enum(['truncate', 'error', 'store']).default('truncate').describe('what happens to a text longer than its column'),
  EMULATOR_CUSTOMER_ADDRESS: z.enum(['optional', 'required']).default('optional').describe('whether a customer needs Addr1 and City'),
  EMULATOR_CUSTOM_FIELDS: z
    .string()
    .regex(/^((Customer|ARDoc|ARTran|GLTran|Batch)\.[A-Za-z][A-Za-z0-9_]*:\d+(,|$))*$/)
    .default('')
    .describe('columns that the site added: Table.Column:length, separated by commas'),
  EMULATOR_LOCK_WAIT_MS: z.coerce.number().int().nonnegative().default(30_000).describe('how long a second writer waits, ms; 0 refuses it'),
  EMULATOR_TIME_SCALE: z.coerce.number().positive().default(1).describe('slow answers of the faults last their time divided by this'),
  EMULATOR_CLOCK_OFFSET_MS: z.coerce.number().int().default(0).describe('how far the clock of the server is off, ms'),
  EMULATOR_TIME_ZONE: z.string().default('UTC').describe('IANA zone of the server: SL writes local times'),
  EMULATOR_GL_POSTING: z
    .enum(['manual', 'at-release'])
    .default('manual')
    .describe('whether released batches stay U, or are posted (P) at once'),
  EMULATOR_PERIODS_PER_YEAR: z.coerce.number().int().min(12).max(13).default(12).describe('12: calendar months; 13: of four weeks each'),
  EMULATOR_EXCHANGE_RATES: z
    .string()
    .regex(/^([A-Z]{3}:\d+(\.\d{1,6})?(,|$))*$/)
    .default('USD:1,EUR:1.1,GBP:1.25,CAD:0.72,AUD:0.65,CHF:1.12,SEK:0.095,JPY:0.0067,KWD:3.25,ISK:0.0072,UGX:0.00027')
    .describe('worth of one unit of a currency in the base currency, where a document names no rate'),
  EMULATOR_BASE_CURRENCY: z.string().length(3).default('USD').describe('currency of the ledger'),
});

/** Everything that the emulator is configured with. */
export interface EmulatorConfig {
  readonly host: string;
  readonly port: number;
  readonly stateDir?: string;
  readonly fsync: boolean;
  readonly company: string;
  readonly siteId: string;
  readonly siteKey: string;
  readonly licenceKey: string;
  readonly user: string;
  readonly password: string;
  readonly swagger: boolean;
  readonly overlong: 'truncate' | 'error' | 'store';
  readonly addressRequired: boolean;
  /** `Table.Column` -> length. */
  readonly customFields: ReadonlyMap<string, number>;
  readonly lockWaitMs: number;
  readonly timeScale: number;
  readonly clockOffsetMs: number;
  readonly timeZone: string;
  readonly postAtRelease: boolean;
  readonly periodsPerYear: number;
  /** Currency -> base currency for one unit. */
  readonly exchangeRates: ReadonlyMap<string, number>;
  readonly baseCurrency: string;
}

const pairs = (text: string): [string, number][] =>
  text
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const [name = '', value = ''] = part.split(':');
      return [name, Number(value)];
    });

/** @throws {z.ZodError} naming every bad variable. */
export function loadEmulatorConfig(env: NodeJS.ProcessEnv): EmulatorConfig {
  const e = environment.parse(env);
  return {
    host: e.HTTP_HOST,
    port: e.HTTP_PORT,
    ...(e.EMULATOR_STATE_DIR ? { stateDir: e.EMULATOR_STATE_DIR } : {}),
    fsync: e.EMULATOR_FSYNC === 'true',
    company: e.EMULATOR_COMPANY,
    siteId: e.EMULATOR_SITE_ID,
    siteKey: e.EMULATOR_SITE_KEY,
    licenceKey: e.EMULATOR_LICENCE_KEY,
    user: e.EMULATOR_USER,
    password: e.EMULATOR_PASSWORD,
    swagger: e.EMULATOR_SWAGGER === 'on',
    overlong: e.EMULATOR_OVERLONG,
    addressRequired: e.EMULATOR_CUSTOMER_ADDRESS === 'required',
    customFields: new Map(pairs(e.EMULATOR_CUSTOM_FIELDS)),
    lockWaitMs: e.EMULATOR_LOCK_WAIT_MS,
    timeScale: e.EMULATOR_TIME_SCALE,
    clockOffsetMs: e.EMULATOR_CLOCK_OFFSET_MS,
    timeZone: e.EMULATOR_TIME_ZONE,
    postAtRelease: e.EMULATOR_GL_POSTING === 'at-release',
    periodsPerYear: e.EMULATOR_PERIODS_PER_YEAR,
    exchangeRates: new Map(pairs(e.EMULATOR_EXCHANGE_RATES)),
    baseCurrency: e.EMULATOR_BASE_CURRENCY,
  };
}
