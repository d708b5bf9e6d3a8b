import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child, freePorts } from '@tributary/local-stack';
import { root } from '../contracts/workspace.js';
import { answersOk } from '../stack/http-probe.js';
import { demoLedgers } from '../stack/ledgers.js';
import { checkTargets } from './cli.js';
import type { TargetFinding } from './finding.js';

/** The check against the emulators of Stripe and Kinetic, and against servers that refuse as the references say. */
let folder: string;
let emulators: Child[];
let env: Record<string, string>;
/** Variables of the ledgers beside Kinetic. */
let ledgers: Record<string, string>;
const servers: Server[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'targets-'));
  const [stripe, kinetic, sl, p21] = (await freePorts(4)) as [number, number, number, number];
  const start = (project: string, port: number): Promise<Child> =>
    Child.start({
      name: project,
      command: process.execPath,
      args: ['--enable-source-maps', join(root, 'emulators', project, 'dist/main.js')],
      env: { PATH: process.env.PATH, HTTP_HOST: '127.0.0.1', HTTP_PORT: String(port), LOG_LEVEL: 'error' },
      logFile: join(folder, `${project}.log`),
    });
  emulators = await Promise.all([
    start('stripe', stripe),
    start('epicor-kinetic', kinetic),
    start('dynamics-sl', sl),
    start('prophet21', p21),
  ]);
  await emulators[0]?.readyWhen(() => answersOk(`http://127.0.0.1:${stripe}/_control/day`), 20_000);
  await emulators[1]?.readyWhen(() => answersOk(`http://127.0.0.1:${kinetic}/_control/calls`), 20_000);
  await emulators[2]?.readyWhen(() => answersOk(`http://127.0.0.1:${sl}/_control/calls`), 20_000);
  await emulators[3]?.readyWhen(() => answersOk(`http://127.0.0.1:${p21}/_control/calls`), 20_000);
  ledgers = Object.assign({ ERP_TARGETS: 'sl-main=dynamics-sl,p21-main=prophet21' }, ...demoLedgers.map(({ variables }) => variables), {
    SL_URL: `http://127.0.0.1:${sl}/sl`,
    P21_URL: `http://127.0.0.1:${p21}`,
  }) as Record<string, string>;
  env = {
    TRIBUTARY_STATE_DIR: folder,
    STRIPE_API_URL: `http://127.0.0.1:${stripe}`,
    KINETIC_URL: `http://127.0.0.1:${kinetic}/kinetic`,
  };
});
afterAll(async () => {
  await Promise.all(emulators.map((child) => child.kill9()));
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function check(change: Record<string, string> = {}, assets = join(root, 'assets')): Promise<TargetFinding[]> {
  return checkTargets({ ...env, ...change }, assets, fetch);
}
const missing = (findings: readonly TargetFinding[]): string[] =>
  findings.filter(({ level }) => level === 'missing').map(({ target, text, fix }) => `${target}: ${text} ${fix}`);

/** Rows of a Kinetic company that has what is asked for: its accounts, one open period, and one row of anything else. */
function kineticRows(path: string): object[] {
  const query = decodeURIComponent(path);
  if (query.includes('GLBookPerSearches'))
    return [{ StartDate: '2000-01-01T00:00:00', EndDate: '2999-12-31T00:00:00', ClosedPeriod: false }];
  if (query.includes('GLAccounts')) return [...query.matchAll(/GLAccount eq '([^']*)'/g)].map(([, GLAccount]) => ({ GLAccount }));
  return [{}];
}

/** A copy of the shipped assets with a text replaced in one file. */
function assetsWith(file: string, from: string, to: string): string {
  const copy = mkdtempSync(join(folder, 'assets-'));
  cpSync(join(root, 'assets'), copy, { recursive: true });
  const text = readFileSync(join(copy, file), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(copy, file), text.replace(from, to));
  return copy;
}

async function serverThat(answers: (request: IncomingMessage) => { status: number; body: unknown }): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    const { status, body } = answers(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('finds nothing missing in the emulators with the configuration of the demo', async () => {
  const findings = await check();
  expect(missing(findings)).toEqual([]);
  expect(findings.filter(({ level }) => level === 'ok').map(({ text }) => text)).toEqual(
    expect.arrayContaining([
      'the API key is a test key, as the posting profile wants.',
      'the key has the permission Customers: Write.',
      'the posting profile of kinetic-main is for company EPIC06.',
      'column StripePostingKey_c of Customer is there.',
      'column StripeChargeID_c of CashHead is there.',
      'bank account STR-USD (bankAccounts.USD) is there.',
    ]),
  );
  // The emulator has no service for payment methods; the check says that it does not know.
  expect(findings.filter(({ level }) => level === 'warning').map(({ text }) => text.split('(')[0])).toEqual([
    'the payment methods of the profile could not be checked ',
  ]);
});

it.each([
  ['a wrong key', { STRIPE_API_KEY: 'sk_wrong' }, 'Stripe: the API key is refused (401:'],
  [
    'a live key for a test profile',
    { STRIPE_API_KEY: 'rk_live_1' },
    'Stripe: the API key is a live key, and the posting profile books test payments only.',
  ],
  ['a Stripe that does not answer', { STRIPE_API_URL: 'http://127.0.0.1:9' }, 'Stripe: http://127.0.0.1:9 does not answer ('],
  [
    'a wrong password',
    { KINETIC_PASSWORD: 'wrong' },
    'kinetic-main: the login tributary or the API key is refused: Erp.BO.CustomerSvc/Customers: HTTP 401: Invalid username or password.',
  ],
  [
    'a wrong API key of the ERP',
    { KINETIC_API_KEY: 'wrong' },
    'kinetic-main: the login tributary or the API key is refused: Erp.BO.CustomerSvc/Customers: HTTP 401: Missing or invalid API key.',
  ],
  ['a company that is not there', { KINETIC_COMPANY: 'EPIC99' }, 'kinetic-main: there is no company "EPIC99" for this login'],
  [
    'another company than the profile says',
    { KINETIC_COMPANY: 'EPIC99' },
    'Profile: the posting profile of kinetic-main says company EPIC06, and KINETIC_COMPANY is EPIC99.',
  ],
  [
    'a Kinetic that does not answer',
    { KINETIC_URL: 'http://127.0.0.1:9/kinetic' },
    'kinetic-main: Kinetic at http://127.0.0.1:9/kinetic does not answer: ',
  ],
  [
    'an issuer of tokens that does not answer',
    { ERP_OAUTH_TOKEN_URL: 'http://127.0.0.1:9/token', ERP_OAUTH_CLIENT_ID: 'tributary', ERP_OAUTH_CLIENT_SECRET: 'sk_wrong' },
    'kinetic-main: no token: http://127.0.0.1:9/token gives no usable answer',
  ],
  [
    'an issuer of tokens of this ledger alone',
    {
      KINETIC_MAIN__ERP_OAUTH_TOKEN_URL: 'http://127.0.0.1:9/own',
      KINETIC_MAIN__ERP_OAUTH_CLIENT_ID: 'tributary',
      KINETIC_MAIN__ERP_OAUTH_CLIENT_SECRET: 'sk_wrong',
      ERP_OAUTH_TOKEN_URL: 'http://127.0.0.1:9/of-all',
    },
    'kinetic-main: no token: http://127.0.0.1:9/own gives no usable answer.',
  ],
  [
    'an issuer of tokens without a client',
    { ERP_OAUTH_TOKEN_URL: 'http://127.0.0.1:9/token' },
    'kinetic-main: the configuration is not usable: ERP_OAUTH_CLIENT_ID: set it, or leave ERP_OAUTH_TOKEN_URL out',
  ],
  ['a target without a profile', { ERP_TARGET: 'other-main' }, 'Profile: no posting profile has the target other-main.'],
] as const)('names %s and how to get it right', async (_name, change, expected) => {
  const found = missing(await check(change));
  expect(found).toContainEqual(expect.stringContaining(expected));
  expect(found.every((line) => /\. [A-Z]/.test(line))).toBe(true);
  expect(JSON.stringify(found)).not.toMatch(/sk_wrong|rk_live_1|demo-password/);
});

it('names a column that a mapping fills and the company does not have', async () => {
  const assets = assetsWith(
    'epicor-kinetic/mappings/customer.yaml',
    'StripePostingKey_c: postingKey',
    'StripePostingKey_c: postingKey\n  Region_c: customerId',
  );
  // The emulator has every column whose name ends in _c. Answer of OData to an unknown one: docs/reference/epicor-kinetic.md section 4.1.
  const url = await serverThat(({ url: path = '' }) =>
    path.includes('Region_c')
      ? { status: 400, body: { ErrorMessage: "Could not find a property named 'Region_c' on type 'Erp.Customer'." } }
      : { status: 200, body: { value: kineticRows(path) } },
  );
  expect(missing(await check({ KINETIC_URL: `${url}/kinetic` }, assets))).toEqual([
    'kinetic-main: column Region_c of Customer is missing. Add it to Customer_UD in User Defined Table Maintenance (text, at least 100 characters), then regenerate the data model.',
  ]);
});

it('names a closed company with what the ERP says', async () => {
  const url = await serverThat(() => ({
    status: 400,
    body: { HttpStatus: 400, ErrorMessage: 'Company EPIC06 is closed.', ErrorType: 'Ice.Common.BusinessObjectException' },
  }));
  expect(missing(await check({ KINETIC_URL: `${url}/kinetic` }))).toContainEqual(
    expect.stringMatching(
      /^kinetic-main: company EPIC06 cannot be read: .*HTTP 400: Company EPIC06 is closed\. Open the company in Kinetic/,
    ),
  );
});

it('names the permission that a restricted key lacks, for reading and for writing', async () => {
  const url = await serverThat(({ method, url: path = '' }) => {
    const refused = (method === 'POST' && path.startsWith('/v1/charges')) || path.startsWith('/v1/balance_transactions');
    if (refused)
      return {
        status: 403,
        body: { error: { type: 'invalid_request_error', message: 'The provided key rk_test_123 does not have the required permissions.' } },
      };
    return method === 'POST' ? { status: 404, body: { error: { code: 'resource_missing' } } } : { status: 200, body: { data: [] } };
  });
  expect(missing(await check({ STRIPE_API_URL: url }))).toEqual([
    expect.stringMatching(/^Stripe: the key lacks the permission Balance transactions: Read \(403\)\. Add it: Developers > API keys/),
    expect.stringMatching(/^Stripe: the key lacks the permission Charges: Write \(403\)\./),
  ]);
  // Without the way back nothing is written, so no permission for it is asked for.
  const assets = join(root, 'assets/epicor-kinetic');
  expect(missing(await check({ STRIPE_API_URL: url }, assets))).toHaveLength(1);
});

it('names bank accounts and payment methods that the company does not have', async () => {
  const url = await serverThat(({ url: path = '' }) => {
    const query = decodeURIComponent(path);
    const known = !query.includes("BankAcctID eq 'STR-UGX'") && !query.includes('PMUID eq 9');
    return { status: 200, body: { value: known ? kineticRows(path) : [] } };
  });
  expect(missing(await check({ KINETIC_URL: `${url}/kinetic` }))).toEqual([
    'kinetic-main: there is no bank account STR-UGX (bankAccounts.UGX). Create it in Kinetic, or change bankAccounts.UGX in the profile.',
    'kinetic-main: there is no payment method 9 (paymentMethods.default). Create it in Kinetic, or change paymentMethods.default in the profile.',
  ]);
});

it('changes nothing in Stripe or the ERP', async () => {
  const seen: string[] = [];
  const url = await serverThat(({ method, url: path = '' }) => {
    seen.push(`${method} ${path.split('?')[0]}`);
    return method === 'POST' ? { status: 404, body: {} } : { status: 200, body: { data: [], value: kineticRows(path) } };
  });
  await check({ STRIPE_API_URL: url, KINETIC_URL: `${url}/kinetic` });
  // The only writes name objects that cannot exist.
  expect(seen.filter((call) => !call.startsWith('GET '))).toEqual([
    'POST /v1/customers/cus_tributary_permission_check',
    'POST /v1/charges/ch_tributary_permission_check',
  ]);
});

it('asks the connector of every further ledger: each has what it needs, and says what it lacks', async () => {
  const findings = await check(ledgers);
  expect(missing(findings)).toEqual([]);
  for (const target of ['sl-main', 'p21-main'])
    expect(findings.filter((one) => one.target === target && one.level === 'ok').length).toBeGreaterThan(0);

  const wrong = missing(await check({ ...ledgers, SL_PASSWORD: 'wrong', P21_PASSWORD: 'wrong' }));
  expect(wrong).toEqual(expect.arrayContaining([expect.stringMatching(/^sl-main: /), expect.stringMatching(/^p21-main: /)]));
  expect(wrong.join(' ')).not.toContain('wrong');
});
