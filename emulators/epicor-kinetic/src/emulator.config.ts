import { z } from 'zod';

const environment = z.object({
  HTTP_HOST: z.string().default('127.0.0.1').describe('address to listen on'),
  HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(4301).describe('port to listen on; 0 takes a free one'),
  EMULATOR_STATE_DIR: z.string().optional().describe('folder that keeps the data over restarts; in memory when not set'),
  EMULATOR_FSYNC: z.enum(['true', 'false']).default('false').describe('sync every transaction to the disk'),
  EMULATOR_COMPANY: z.string().max(8).default('EPIC06').describe('the one company there is'),
  EMULATOR_USER: z.string().default('tributary').describe('login of the integration'),
  EMULATOR_PASSWORD: z.string().default('demo-password').describe('secret: password of the integration'),
  EMULATOR_API_KEY: z.string().default('demo-api-key').describe('secret: API key of the integration'),
  EMULATOR_LICENCES: z.coerce.number().int().positive().default(50).describe('calls that can run at once'),
  EMULATOR_LICENCE_MODE: z.enum(['refuse', 'penalty']).default('refuse').describe('what happens without a free licence'),
  EMULATOR_LICENCE_PENALTY_MS: z.coerce.number().int().nonnegative().default(20_000).describe('delay in penalty mode, ms'),
  EMULATOR_POSTING_DELAY_MS: z.coerce.number().int().nonnegative().default(500).describe('how long the task agent takes, ms'),
  EMULATOR_EARLIEST_APPLY_DATE: z.iso.date().default('2000-01-01').describe('first open day of accounts receivable'),
  EMULATOR_EXCHANGE_RATES: z
    .string()
    .regex(/^([A-Z]{3}:\d+(\.\d{1,6})?(,|$))*$/)
    .default('USD:1,EUR:1.1,GBP:1.25,CAD:0.72,AUD:0.65,CHF:1.12,SEK:0.095,JPY:0.0067,KWD:3.25,ISK:0.0072,UGX:0.00027')
    .describe('worth of one unit of a currency in the base currency: the rates of the company itself'),
  EMULATOR_BASE_CURRENCY: z.string().length(3).default('USD').describe('currency of the book'),
  EMULATOR_INACTIVE_CUSTOMER: z
    .enum(['accept', 'refuse'])
    .default('accept')
    .describe('what happens to a receipt of an inactive customer; no source says, so it is assumed and can be switched'),
});

/** Everything that the emulator is configured with. */
export interface EmulatorConfig {
  readonly host: string;
  readonly port: number;
  readonly stateDir?: string;
  readonly fsync: boolean;
  readonly company: string;
  readonly user: string;
  readonly password: string;
  readonly apiKey: string;
  readonly licences: number;
  readonly licenceMode: 'refuse' | 'penalty';
  readonly licencePenaltyMs: number;
  readonly postingDelayMs: number;
  readonly earliestApplyDate: string;
  /** Currency -> millionths of the base currency. */
  readonly exchangeRates: ReadonlyMap<string, bigint>;
  /** Currency of the book. */
  readonly baseCurrency: string;
  readonly inactiveCustomer: 'accept' | 'refuse';
}

/** @throws {z.ZodError} naming every bad variable. */
export function loadEmulatorConfig(env: NodeJS.ProcessEnv): EmulatorConfig {
  const e = environment.parse(env);
  return {
    host: e.HTTP_HOST,
    port: e.HTTP_PORT,
    ...(e.EMULATOR_STATE_DIR ? { stateDir: e.EMULATOR_STATE_DIR } : {}),
    fsync: e.EMULATOR_FSYNC === 'true',
    company: e.EMULATOR_COMPANY,
    user: e.EMULATOR_USER,
    password: e.EMULATOR_PASSWORD,
    apiKey: e.EMULATOR_API_KEY,
    licences: e.EMULATOR_LICENCES,
    licenceMode: e.EMULATOR_LICENCE_MODE,
    licencePenaltyMs: e.EMULATOR_LICENCE_PENALTY_MS,
    postingDelayMs: e.EMULATOR_POSTING_DELAY_MS,
    earliestApplyDate: e.EMULATOR_EARLIEST_APPLY_DATE,
    exchangeRates: ratesOf(e.EMULATOR_EXCHANGE_RATES),
    baseCurrency: e.EMULATOR_BASE_CURRENCY,
    inactiveCustomer: e.EMULATOR_INACTIVE_CUSTOMER,
  };
}

function ratesOf(text: string): Map<string, bigint> {
  const rates = text.split(',').filter((part) => part !== '');
  return new Map(
    rates.map((part) => {
      const [currency = '', rate = ''] = part.split(':');
      const [units = '', fraction = ''] = rate.split('.');
      return [currency, BigInt(`${units}${fraction.padEnd(6, '0')}`)];
    }),
  );
}
