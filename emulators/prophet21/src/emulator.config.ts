import { z } from 'zod';

const rates = 'USD:1,EUR:1.1,GBP:1.25,CAD:0.72,AUD:0.65,CHF:1.12,SEK:0.095,JPY:0.0067,KWD:3.25,ISK:0.0072,UGX:0.00027';
const udfs =
  'customer_ud.stripe_id:255,customer_ud.stripe_posting_key:255,oe_hdr_ud.stripe_posting_key:255,invoice_hdr_ud.stripe_posting_key:255';

const environment = z.object({
  HTTP_HOST: z.string().default('127.0.0.1').describe('address to listen on'),
  HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(4303).describe('port to listen on; 0 takes a free one'),
  EMULATOR_STATE_DIR: z.string().optional().describe('folder that keeps the data over restarts; in memory when not set'),
  EMULATOR_FSYNC: z.enum(['true', 'false']).default('false').describe('sync every transaction to the disk'),
  EMULATOR_COMPANY: z.string().max(8).default('ACME').describe('the company that is worked in'),
  EMULATOR_OTHER_COMPANY: z
    .string()
    .max(8)
    .default('ACMEWEST')
    .describe('another company of the same database, with a customer of the same number'),
  EMULATOR_USER: z.string().default('tributary').describe('login of the integration'),
  EMULATOR_PASSWORD: z.string().default('demo-password').describe('secret: password of the integration'),
  EMULATOR_CONSUMER_KEY: z.string().default('demo-consumer-key').describe('secret: consumer key of the integration'),
  EMULATOR_CONSUMER_SCOPE: z.string().default('/api;/uiserver0;/odataservice').describe('what a token of the consumer key may call'),
  EMULATOR_TOKEN_SECONDS: z.coerce.number().int().positive().default(86_400).describe('how long a token of a user lives, s'),
  EMULATOR_UI_SERVER: z
    .string()
    .regex(/^uiserver\d+$/)
    .default('uiserver0')
    .describe('name of the UI server that the router answers'),
  EMULATOR_WRITERS: z.coerce.number().int().positive().default(2).describe('sessions of the UI server: transactions that run at once'),
  EMULATOR_WRITE_MS: z.coerce.number().int().nonnegative().default(0).describe('how long a transaction holds its session, ms'),
  EMULATOR_ASYNC_MS: z.coerce.number().int().nonnegative().default(200).describe('how long an asynchronous transaction waits, ms'),
  EMULATOR_CASH_SERVICE: z
    .string()
    .default('CashReceipts')
    .describe('name of the Transaction service for cash receipts; empty: there is none'),
  EMULATOR_CASH_ELEMENTS: z
    .string()
    .regex(/^[\w.]+,[\w.]+$/)
    .default('TABPAGE_1.cash_receipts,TP_INVOICES.invoices')
    .describe('its form and its list'),
  EMULATOR_DELETED_CUSTOMER: z
    .enum(['accept', 'refuse'])
    .default('accept')
    .describe('what happens to a document of a customer that is marked as deleted; no source says, so it is assumed and can be switched'),
  EMULATOR_EXCHANGE_RATES: z
    .string()
    .regex(/^([A-Z]{3}:\d+(\.\d{1,6})?(,|$))*$/)
    .default(rates)
    .describe('worth of one unit of a currency in the home currency: the rates of the company itself'),
  EMULATOR_HOME_CURRENCY: z.string().length(3).default('USD').describe('home currency of the company'),
  EMULATOR_UDFS: z
    .string()
    .regex(/^(\w+_ud\.\w+:\d+(,|$))*$/)
    .default(udfs)
    .describe('user-defined fields of the site: table.column:length'),
});

/** A user-defined field. */
export interface Udf {
  /** `customer_ud` */
  readonly table: string;
  readonly column: string;
  readonly length: number;
}

/** Everything that the emulator is configured with. */
export interface EmulatorConfig {
  readonly host: string;
  readonly port: number;
  readonly stateDir?: string;
  readonly fsync: boolean;
  readonly company: string;
  readonly otherCompany: string;
  readonly user: string;
  readonly password: string;
  readonly consumerKey: string;
  readonly consumerScope: readonly string[];
  readonly tokenSeconds: number;
  readonly uiServer: string;
  readonly writers: number;
  readonly writeMs: number;
  readonly asyncMs: number;
  /** Undefined: the site has no such service. */
  readonly cashService?: { readonly name: string; readonly form: string; readonly list: string };
  readonly deletedCustomer: 'accept' | 'refuse';
  /** Currency -> millionths of the home currency. */
  readonly exchangeRates: ReadonlyMap<string, bigint>;
  readonly homeCurrency: string;
  readonly udfs: readonly Udf[];
}

/** @throws {z.ZodError} naming every bad variable. */
export function loadEmulatorConfig(env: NodeJS.ProcessEnv): EmulatorConfig {
  const e = environment.parse(env);
  const [form = '', list = ''] = e.EMULATOR_CASH_ELEMENTS.split(',');
  return {
    host: e.HTTP_HOST,
    port: e.HTTP_PORT,
    ...(e.EMULATOR_STATE_DIR ? { stateDir: e.EMULATOR_STATE_DIR } : {}),
    fsync: e.EMULATOR_FSYNC === 'true',
    company: e.EMULATOR_COMPANY,
    otherCompany: e.EMULATOR_OTHER_COMPANY,
    user: e.EMULATOR_USER,
    password: e.EMULATOR_PASSWORD,
    consumerKey: e.EMULATOR_CONSUMER_KEY,
    consumerScope: e.EMULATOR_CONSUMER_SCOPE.split(';'),
    tokenSeconds: e.EMULATOR_TOKEN_SECONDS,
    uiServer: e.EMULATOR_UI_SERVER,
    writers: e.EMULATOR_WRITERS,
    writeMs: e.EMULATOR_WRITE_MS,
    asyncMs: e.EMULATOR_ASYNC_MS,
    ...(e.EMULATOR_CASH_SERVICE ? { cashService: { name: e.EMULATOR_CASH_SERVICE, form, list } } : {}),
    deletedCustomer: e.EMULATOR_DELETED_CUSTOMER,
    exchangeRates: ratesOf(e.EMULATOR_EXCHANGE_RATES),
    homeCurrency: e.EMULATOR_HOME_CURRENCY,
    udfs: udfsOf(e.EMULATOR_UDFS),
  };
}

function ratesOf(text: string): Map<string, bigint> {
  const parts = text.split(',').filter((part) => part !== '');
  return new Map(
    parts.map((part) => {
      const [currency = '', rate = ''] = part.split(':');
      const [units = '', fraction = ''] = rate.split('.');
      return [currency, BigInt(`${units}${fraction.padEnd(6, '0')}`)];
    }),
  );
}

function udfsOf(text: string): Udf[] {
  const parts = text.split(',').filter((part) => part !== '');
  return parts.map((part) => {
    const [path = '', length = ''] = part.split(':');
    const [table = '', column = ''] = path.split('.');
    return { table, column, length: Number(length) };
  });
}
