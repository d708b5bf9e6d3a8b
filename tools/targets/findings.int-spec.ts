import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErpFinding, ErpNeeds, FindingCode } from '@tributary/connector-kit';
import { EmulatorProcess } from '@tributary/local-stack';
import { checkTarget } from '@tributary/target-registry';
import { root } from '../contracts/workspace.js';
import { Relay } from './testing/relay.js';
import type { Answered } from './testing/relay.js';

/** What each ledger answers, and which finding comes out. Where a ledger gives no way to know, that is the finding. */
type Kind = 'epicor-kinetic' | 'dynamics-sl' | 'prophet21' | 'rest';
interface Ledger {
  readonly url: string;
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}
const ledgers: Readonly<Record<Kind, Ledger>> = {
  'epicor-kinetic': {
    url: 'KINETIC_URL',
    path: '/kinetic',
    env: { KINETIC_COMPANY: 'EPIC06', KINETIC_USER: 'tributary', KINETIC_PASSWORD: 'demo-password', KINETIC_API_KEY: 'demo-api-key' },
  },
  'dynamics-sl': { url: 'SL_URL', path: '/sl', env: { SL_COMPANY: '0060', SL_USER: 'tributary', SL_PASSWORD: 'demo-password' } },
  prophet21: {
    url: 'P21_URL',
    path: '',
    env: { P21_COMPANY: 'ACME', P21_USER: 'tributary', P21_PASSWORD: 'demo-password', P21_RECEIPT_SERVICE: 'CashReceipts' },
  },
  rest: { url: 'REST_URL', path: '', env: { REST_SECRET: 'a-token' } },
};
const kinds = Object.keys(ledgers) as Kind[];

/** A row: what is different, and the finding. `says` is part of its sentence. */
interface Row {
  readonly kind: Kind;
  readonly what: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly needs?: ErpNeeds;
  readonly answers?: (call: string) => Answered | undefined;
  readonly aheadMs?: number;
  /** Rule of the emulator's faults. */
  readonly fault?: object;
  /** Closes the period of today in the emulator. */
  readonly periodClosed?: true;
  readonly code: FindingCode;
  readonly says?: string;
}

const kineticError = (status: number, message: string, type = 'Ice.Common.BusinessObjectException'): Answered => ({
  status,
  body: { HttpStatus: status, ErrorMessage: message, ErrorType: type },
});
const onlyFor =
  (part: string, answer: Answered) =>
  (call: string): Answered | undefined =>
    call.includes(part) ? answer : undefined;
const page: Answered = { status: 404, body: '<html><body>Not Found</body></html>' };
const refusal = (errorMessage: string): Answered => ({ status: 200, body: { errorMessage, myQueryResults: { Table: [] } } });
const forAll = (what: string, code: FindingCode, of: (kind: Kind) => Partial<Row>): Row[] =>
  kinds.map((kind) => ({ kind, what, code, ...of(kind) }));
const unknown = (kind: Kind, what: string, says: string): Row => ({ kind, what, code: 'check.cannot-be-known', says });
const one = (name: string, place: string): ReadonlyMap<string, string> => new Map([[name, place]]);
const field = (kind: string, name: string): ErpNeeds => ({ customFields: new Map([[kind, new Set([name])]]) });

const reached: readonly Row[] = [
  ...forAll('a host where nobody listens', 'check.unreachable', (kind) => ({ env: { [ledgers[kind].url]: 'http://127.0.0.1:9/erp' } })),
  ...forAll('a path where another server answers', 'check.path-wrong', () => ({ answers: () => page })),
  ...forAll('a server that answers everything with a page', 'check.path-wrong', () => ({ answers: () => ({ ...page, status: 200 }) })),
  ...forAll('a server that sends everybody to its sign-in page', 'check.path-wrong', () => ({ answers: () => ({ ...page, status: 302 }) })),
  {
    kind: 'dynamics-sl',
    what: 'swagger that is absent',
    answers: onlyFor('/swagger', page),
    code: 'check.doors-unknown',
    says: 'SL_DOORS',
  },
];

const login: readonly Row[] = [
  { kind: 'epicor-kinetic', what: 'a wrong password', env: { KINETIC_PASSWORD: 'wrong' }, code: 'check.login-refused' },
  { kind: 'epicor-kinetic', what: 'a wrong API key', env: { KINETIC_API_KEY: 'wrong' }, code: 'check.login-refused' },
  { kind: 'dynamics-sl', what: 'a wrong password', env: { SL_PASSWORD: 'wrong' }, code: 'check.login-refused' },
  { kind: 'prophet21', what: 'a wrong password', env: { P21_PASSWORD: 'wrong' }, code: 'check.login-refused' },
  { kind: 'rest', what: 'a wrong token', env: { REST_SECRET: 'wrong' }, code: 'check.login-refused' },
  { kind: 'epicor-kinetic', what: 'no licence', fault: { action: { kind: 'licence' } }, code: 'check.no-licence' },
  { kind: 'dynamics-sl', what: 'no licence', fault: { action: { kind: 'licence' } }, code: 'check.no-licence' },
  { kind: 'prophet21', what: 'no licence', fault: { action: { kind: 'licence' } }, code: 'check.no-licence' },
  {
    kind: 'rest',
    what: 'no licence',
    answers: () => ({ status: 401, body: { message: 'The license has expired.' } }),
    code: 'check.no-licence',
  },
  {
    kind: 'prophet21',
    what: 'a consumer key without the scope of the UI server',
    answers: onlyFor('/api/ui/router', { status: 403, body: { error: 'insufficient_scope' } }),
    code: 'check.right-missing',
    says: 'insufficient_scope',
  },
  {
    kind: 'prophet21',
    what: 'a token that is refused when it is new',
    answers: (call) => (call.includes('/token/') ? undefined : { status: 401, body: '' }),
    code: 'check.token-refused',
  },
  ...(['epicor-kinetic', 'rest'] as const).flatMap((kind): Row[] => [
    {
      kind,
      what: 'a client without a token',
      env: { ERP_OAUTH_TOKEN_URL: 'refuses' },
      code: 'check.token-refused',
      says: 'invalid_client',
    },
    { kind, what: 'a token that the ledger refuses', env: { ERP_OAUTH_TOKEN_URL: 'gives' }, code: 'check.token-refused' },
    { kind, what: 'an issuer that is away', env: { ERP_OAUTH_TOKEN_URL: 'http://127.0.0.1:9/token' }, code: 'check.issuer-unreachable' },
  ]),
  { kind: 'epicor-kinetic', what: 'another company', env: { KINETIC_COMPANY: 'EPIC99' }, code: 'check.company-unusable', says: 'EPIC99' },
  { kind: 'dynamics-sl', what: 'another company', env: { SL_COMPANY: '0099' }, code: 'check.company-unusable', says: '0099' },
  {
    kind: 'prophet21',
    what: 'another company',
    env: { P21_COMPANY: 'NONE' },
    code: 'check.record-missing',
    says: 'NONE has no fiscal periods',
  },
];

const rights: readonly Row[] = [
  {
    kind: 'epicor-kinetic',
    what: 'a service outside of the access scope',
    answers: onlyFor('CashRecSvc', kineticError(403, 'Access denied.', 'System.UnauthorizedAccessException')),
    code: 'check.right-missing',
    says: 'Erp.BO.CashRecSvc',
  },
  {
    kind: 'dynamics-sl',
    what: 'a view without a right',
    answers: onlyFor('QQ_GLTran', refusal("The SELECT permission was denied on the object 'QQ_GLTran'.")),
    code: 'check.right-missing',
    says: 'QQ_GLTran',
  },
  {
    kind: 'prophet21',
    what: 'a table without a right',
    fault: { match: { service: 'odata', operation: 'gl' }, action: { kind: 'odata-denied' } },
    code: 'check.right-missing',
    says: 'The table gl',
  },
  {
    kind: 'rest',
    what: 'a look-up without a right',
    answers: onlyFor('/invoices', { status: 403, body: {} }),
    code: 'check.right-missing',
    says: '/invoices',
  },
  {
    kind: 'epicor-kinetic',
    what: 'a service that is not there',
    answers: onlyFor('GLJrnGrpSvc', kineticError(404, 'Not found.', 'Ice.Common.ApiException')),
    code: 'check.service-missing',
    says: 'Erp.BO.GLJrnGrpSvc',
  },
  {
    kind: 'dynamics-sl',
    what: 'a view that is not installed',
    answers: onlyFor('QQ_GLTran', refusal("Invalid object name 'QQ_GLTran'.")),
    code: 'check.service-missing',
    says: 'QQ_GLTran',
  },
  {
    kind: 'prophet21',
    what: 'a family that is not there',
    answers: onlyFor('/accounting/gl', { status: 404, body: {} }),
    code: 'check.service-missing',
    says: 'general ledger',
  },
  {
    kind: 'prophet21',
    what: 'no service for receipts',
    env: { P21_RECEIPT_SERVICE: '' },
    code: 'check.service-missing',
    says: 'P21_RECEIPT_SERVICE',
  },
  {
    kind: 'rest',
    what: 'a look-up that is not there',
    answers: onlyFor('/invoices', { status: 404, body: {} }),
    code: 'check.service-missing',
    says: '/invoices',
  },
  {
    kind: 'epicor-kinetic',
    what: 'a column that mappings fill',
    needs: field('customer', 'Region_c'),
    answers: onlyFor('Region_c', kineticError(400, "Could not find a property named 'Region_c'.", 'ODataException')),
    code: 'check.custom-field-missing',
    says: 'Region_c of Customer',
  },
  {
    kind: 'epicor-kinetic',
    what: 'the column of posting keys',
    answers: onlyFor(
      '$select=StripePostingKey_c',
      kineticError(400, "Could not find a property named 'StripePostingKey_c'.", 'ODataException'),
    ),
    code: 'check.custom-field-missing',
    says: 'StripePostingKey_c',
  },
  {
    kind: 'dynamics-sl',
    what: 'a column that mappings fill',
    needs: field('customer', 'xRegion'),
    code: 'check.custom-field-missing',
    says: 'QQ_Customer.xRegion',
  },
  unknown('rest', 'fields', 'Whether the service takes every field'),
];

const records: readonly Row[] = [
  {
    kind: 'epicor-kinetic',
    what: 'an account that is not in the chart',
    needs: { accounts: one('4711-00-00', 'accounts.REV') },
    code: 'check.account-unknown',
    says: '4711-00-00 (accounts.REV)',
  },
  {
    kind: 'dynamics-sl',
    what: 'an account that is not in the chart',
    needs: { accounts: one('4711-000000000000', 'accounts.REV') },
    code: 'check.account-unknown',
    says: '4711 (accounts.REV)',
  },
  {
    kind: 'prophet21',
    what: 'an account that is not in the chart',
    needs: { accounts: one('47110000', 'accounts.REV') },
    code: 'check.account-unknown',
    says: '47110000 (accounts.REV)',
  },
  {
    kind: 'dynamics-sl',
    what: 'no view of the chart',
    needs: { accounts: one('1100-0', 'accounts.AR') },
    answers: onlyFor('QQ_Account', refusal("Invalid object name 'QQ_Account'.")),
    code: 'check.cannot-be-known',
    says: 'The accounts of the profile',
  },
  unknown('rest', 'the chart', 'Accounts, periods and customer numbers'),
  {
    kind: 'epicor-kinetic',
    what: 'a bank account',
    needs: { bankAccounts: one('NONE', 'bankAccounts.USD') },
    code: 'check.record-missing',
    says: 'NONE (bankAccounts.USD)',
  },
  {
    kind: 'prophet21',
    what: 'a bank',
    needs: { bankAccounts: one('77', 'bankAccounts.USD') },
    code: 'check.cannot-be-known',
    says: 'The numbers of the banks',
  },
  { kind: 'epicor-kinetic', what: 'a closed period', periodClosed: true, code: 'check.period-closed' },
  { kind: 'prophet21', what: 'a closed period', periodClosed: true, code: 'check.period-closed' },
  unknown('dynamics-sl', 'a closed period', 'Whether the period of today is open'),
  {
    kind: 'prophet21',
    what: 'two companies with the same customer number',
    code: 'check.customer-number-twice',
    says: 'ACME and ACMEWEST both have a customer 100101',
  },
  {
    kind: 'epicor-kinetic',
    what: 'two companies with the same customer number',
    code: 'check.passed',
    says: 'count within the company EPIC06',
  },
  { kind: 'dynamics-sl', what: 'two companies with the same customer number', code: 'check.passed', says: 'one customer in all companies' },
];

const surroundings: readonly Row[] = [
  ...forAll('a clock that is an hour ahead', 'check.clock-off', () => ({ aheadMs: 3_600_000, says: '60 minutes ahead of ours' })),
  ...forAll('a clock that is an hour behind', 'check.clock-off', () => ({ aheadMs: -3_600_000, says: '60 minutes behind ours' })),
  ...forAll('another zone', 'check.cannot-be-known', () => ({
    needs: { timeZone: 'America/New_York' },
    says: 'The time zone of the ledger cannot be checked',
  })),
  {
    kind: 'prophet21',
    what: 'another version',
    answers: onlyFor('/environment/systems', { status: 200, body: { list: [{ Version: '0027.0001.0000.0000' }] } }),
    code: 'check.version-other',
    says: '0027.0001',
  },
  {
    kind: 'prophet21',
    what: 'no version',
    answers: onlyFor('/environment/systems', { status: 404, body: {} }),
    code: 'check.cannot-be-known',
    says: 'The version',
  },
  ...(['epicor-kinetic', 'dynamics-sl', 'rest'] as const).map((kind) => unknown(kind, 'another version', 'The version cannot be checked')),
];

const emulators = new Map<Kind, EmulatorProcess>();
const relays = new Map<Kind, Relay>();
const places = new Map<Kind, string>();
const issuers = new Map<string, string>();
const certificates = join(root, 'libs/platform/src/testing/certificates');
const readCertificate = (name: string): string => readFileSync(join(certificates, name), 'utf8');
const tls = { cert: readCertificate('server.pem'), key: readCertificate('server.key.pem') };

beforeAll(async () => {
  for (const kind of ['epicor-kinetic', 'dynamics-sl', 'prophet21'] as const)
    emulators.set(kind, await EmulatorProcess.buildAndStart(kind));
  for (const kind of kinds) {
    const authorised = 'Bearer a-token';
    relays.set(
      kind,
      new Relay(
        emulators.get(kind)?.origin ??
          (({ headers }) =>
            headers.authorization === authorised ? { status: 200, body: { items: [] } } : { status: 401, body: { message: 'no' } }),
      ),
    );
    places.set(kind, (await relays.get(kind)?.listen()) ?? '');
  }
  for (const [name, answer] of [
    ['refuses', { status: 401, body: { error: 'invalid_client' } }],
    ['gives', { status: 200, body: { access_token: 'of-another-audience', token_type: 'bearer', expires_in: 3600 } }],
  ] as const) {
    const issuer = new Relay(() => answer);
    relays.set(name as Kind, issuer);
    issuers.set(name, `http://${await issuer.listen()}/token`);
  }
});
afterAll(async () => {
  for (const relay of relays.values()) relay.close();
  for (const emulator of emulators.values()) await emulator.stop();
});

async function control(kind: Kind, path: string, body: object): Promise<void> {
  const answer = await fetch(`${emulators.get(kind)?.origin}/_control/${path}`, { method: 'PUT', body: JSON.stringify(body) });
  expect(answer.status).toBe(200);
}

/** Findings of a ledger as the row has it. Everything that a row changes is put back. */
async function findingsOf({ kind, env = {}, needs = {}, answers, aheadMs, fault, periodClosed }: Row): Promise<readonly ErpFinding[]> {
  const relay = relays.get(kind);
  if (!relay) throw new Error(`no relay of ${kind}`);
  const { url, path, env: own } = ledgers[kind];
  const date = new Date().toISOString().slice(0, 10);
  relay.change = { answers, aheadMs };
  if (fault) await control(kind, 'faults', { seed: 1, rules: [fault] });
  if (periodClosed) await control(kind, 'periods', { date, open: false });
  const issuer = issuers.get(env.ERP_OAUTH_TOKEN_URL ?? '');
  const oauth = env.ERP_OAUTH_TOKEN_URL ? { ERP_OAUTH_CLIENT_ID: 'tributary', ERP_OAUTH_CLIENT_SECRET: 'a-secret' } : {};
  try {
    const all = {
      ...own,
      [url]: `http://${places.get(kind)}${path}`,
      ...oauth,
      ...env,
      ...(issuer ? { ERP_OAUTH_TOKEN_URL: issuer } : {}),
    };
    return await checkTarget(kind, all, needs);
  } finally {
    relay.change = {};
    if (fault) await control(kind, 'faults', { seed: 1, rules: [] });
    if (periodClosed) await control(kind, 'periods', { date, open: true });
  }
}

it.each([...reached, ...login, ...rights, ...records, ...surroundings])('$kind: $what is $code', async (row) => {
  const found = (await findingsOf(row)).filter(({ code, text }) => code === row.code && text.includes(row.says ?? ''));
  expect(found).not.toEqual([]);
  for (const { fix } of found) expect(fix === '').toBe(row.code === 'check.passed');
  expect(JSON.stringify(found)).not.toMatch(/demo-password|demo-api-key|a-secret|of-another-audience|a-token/);
});

it.each(kinds)('%s: nothing is missing where nothing is different', async (kind) => {
  const found = await findingsOf({ kind, what: '', code: 'check.passed' });
  expect(found.filter(({ level }) => level === 'missing')).toEqual([]);
});

it.each(kinds)('%s: what is refused for everything is one finding', async (kind) => {
  const rows = [...reached, ...login].filter((row) => row.kind === kind && row.code !== 'check.record-missing');
  for (const row of rows) expect((await findingsOf(row)).map(({ code }) => code)).toEqual([row.code]);
});

describe.each(kinds)('%s: a certificate', (kind) => {
  const day = 86_400_000;
  const { url, path, env } = ledgers[kind];
  const caFile = join(certificates, 'ca.pem');
  /** Codes about certificates, of a ledger that is called by TLS. */
  const codes = async (host: string, more: Record<string, string>, now?: number): Promise<string[]> => {
    const place = (await relays.get(kind)?.listen(host, tls)) ?? '';
    const found = await checkTarget(kind, { ...env, [url]: `https://${place}${path}`, ...more }, {}, { now: () => now ?? Date.now() });
    return found.filter(({ about }) => about === 'certificate').map(({ code }) => code);
  };
  const validUntil = Date.parse(new X509Certificate(tls.cert).validTo);

  it('of an authority that is not named is not trusted; named, it is', async () => {
    expect(await codes('127.0.0.1', {})).toEqual(['check.certificate-untrusted']);
    expect(await codes('127.0.0.1', { ERP_CA_FILE: caFile })).toEqual(['check.passed']);
  });
  it('of another host is not taken', async () => {
    expect(await codes('127.0.0.2', { ERP_CA_FILE: caFile })).toEqual(['check.certificate-other-host']);
  });
  it('that ends soon is a warning, and one that has ended is missing', async () => {
    expect(await codes('127.0.0.1', { ERP_CA_FILE: caFile }, validUntil - day)).toEqual(['check.certificate-ends-soon']);
    expect(await codes('127.0.0.1', { ERP_CA_FILE: caFile }, validUntil + day)).toEqual(['check.certificate-expired']);
  });
});
