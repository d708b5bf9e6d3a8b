import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { P21Client } from './testing/p21-client.js';

let p21: P21Client;
beforeEach(async () => {
  p21 = await P21Client.start();
});
afterEach(() => p21.stop());

const ada = {
  CompanyId: 'ACME',
  CustomerName: 'Ada Ltd',
  SalesrepId: '100',
  LegacyId: 'cus_ABC',
  UserDefinedFields: { stripe_id: 'cus_ABC' },
};

describe('tokens', () => {
  it('a user gets one for a day, with the right password only', async () => {
    const given = await p21.send('POST', '/api/security/token/v2', { username: 'tributary', password: 'demo-password' });
    expect(given.body).toMatchObject({ ExpiresInSeconds: 86_400, TokenType: 'Bearer' });
    const refused = await p21.send('POST', '/api/security/token/v2', { username: 'tributary', password: 'wrong' });
    expect([refused.status, refused.body]).toEqual([
      401,
      { error: 'invalid_grant', error_description: 'The user name or password is incorrect.' },
    ]);
  });

  it('the old form takes its credentials in headers and answers XML to whoever does not accept JSON', async () => {
    const headers = { username: 'tributary', password: 'demo-password', accept: '*/*' };
    const { text } = await p21.send('POST', '/api/security/token', undefined, headers);
    expect(text).toMatch(/^<TokenResponse><AccessToken>[\w-]+<\/AccessToken>/);
  });

  it('a consumer key gets one for twenty years, within its scope', async () => {
    const { body } = await p21.send('POST', '/api/security/token/v2', {
      ClientSecret: 'demo-consumer-key',
      GrantType: 'client_credentials',
    });
    expect(body).toMatchObject({ ExpiresIn: 630_720_000, Scope: '/api;/uiserver0;/odataservice' });
    const other = await p21.send('POST', '/api/security/token/v2', { ClientSecret: 'other', GrantType: 'client_credentials' });
    expect([other.status, other.body.error]).toEqual([401, 'invalid_client']);
    await p21.stop();
    p21 = await P21Client.start({ EMULATOR_CONSUMER_SCOPE: '/api' });
    const narrow = await p21.send('POST', '/api/security/token/v2', { ClientSecret: 'demo-consumer-key', GrantType: 'client_credentials' });
    const authorization = `Bearer ${String(narrow.body.AccessToken)}`;
    const { status, body: problem } = await p21.send('GET', '/odataservice/odata/table/gl', undefined, { authorization });
    expect([status, problem.error]).toEqual([403, 'insufficient_scope']);
  });

  it('one that has expired is 401 without a body, and a new one works', async () => {
    await p21.control('POST', 'expire-tokens');
    expect(await p21.send('GET', '/api/entity/customers/ping')).toMatchObject({ status: 401, text: '' });
    await p21.login();
    expect((await p21.send('GET', '/api/entity/customers/ping')).body).toEqual({ ResponseMessage: 'success' });
    expect((await p21.control('GET', 'calls')).sessions).toBe(2);
  });
});

describe('customers', () => {
  it('are made, read, found by query and by OData, changed and marked deleted', async () => {
    const made = await p21.send('POST', '/api/entity/customers/', { ...ada, CustomerAddress: { MailCity: 'London' } });
    expect(made).toMatchObject({ status: 200, body: { CustomerId: 100_201, CustomerAddress: null, UserDefinedFields: {} } });
    const read = await p21.send('GET', '/api/entity/customers/ACME_100201?extendedproperties=*');
    expect(read.body).toMatchObject({ CustomerName: 'Ada Ltd', CustomerAddress: { MailCity: 'London' }, CustomerContacts: { list: [] } });
    const found = await p21.send('GET', `/api/entity/customers/?$query=${encodeURIComponent("substringof('ada', CustomerName)")}`);
    expect(found.body).toHaveLength(1);
    expect(await p21.rows('customer_ud', "stripe_id eq 'cus_ABC'")).toMatchObject([{ company_id: 'ACME', customer_id: 100_201 }]);
    expect(await p21.rows('customer', "legacy_id eq 'cus_ABC' and delete_flag eq 'N'")).toHaveLength(1);
    const changed = await p21.send('PUT', '/api/entity/customers/ACME_100201', { CustomerName: 'Ada Limited', CreditStatus: 'HOLD' });
    expect(changed.body).toMatchObject({ CustomerName: 'Ada Limited', CreditStatus: 'HOLD', LegacyId: 'cus_ABC' });
    await p21.send('PUT', '/api/entity/customers/ACME_100201', { Delete: true });
    expect(await p21.rows('customer', "legacy_id eq 'cus_ABC' and delete_flag eq 'N'")).toEqual([]);
  });

  it('have contacts, by whose e-mail they are found', async () => {
    const contact = { AddressId: 100_101, FirstName: 'Grace', LastName: 'Hopper', EmailAddress: 'grace@acme-industrial.example' };
    expect((await p21.send('POST', '/api/entity/contacts/', contact)).body).toMatchObject({ Id: '20001', ContactName: 'Grace Hopper' });
    expect(await p21.rows('contacts', "email_address eq 'GRACE@acme-industrial.example'")).toMatchObject([{ address_id: 100_101 }]);
    expect((await p21.send('PUT', '/api/entity/contacts/20001', { EmailAddress: 'g@acme-industrial.example' })).body).toMatchObject({
      FirstName: 'Grace',
      EmailAddress: 'g@acme-industrial.example',
    });
  });

  it('of two companies with the same number are two', async () => {
    const [here, there] = await Promise.all(['ACME', 'ACMEWEST'].map((name) => p21.send('GET', `/api/entity/customers/${name}_100101`)));
    expect([here?.body.CompanyId, there?.body.CompanyId]).toEqual(['ACME', 'ACMEWEST']);
    expect(await p21.rows('customer', 'customer_id eq 100101')).toHaveLength(2);
  });

  it.each([
    ['without a sales representative', { CompanyId: 'ACME', CustomerName: 'Ada' }, 'Salesrep ID is required for a new ship to.'],
    ['in a company that is not there', { ...ada, CompanyId: 'NONE' }, 'Company ID NONE is not valid.'],
    ['with a text that is too long', { ...ada, TermsId: '300' }, 'terms_id: the value is longer than 2 characters.'],
    [
      'with a field that nobody defined',
      { ...ada, UserDefinedFields: { other: 'x' } },
      'User defined field other is not defined for customer.',
    ],
  ])('are refused %s', async (_how, body, message) => {
    const answered = await p21.send('POST', '/api/entity/customers/', body);
    expect([answered.status, answered.body.ErrorMessage]).toEqual([500, message]);
    expect(await p21.rows('customer', "customer_name eq 'Ada Ltd'")).toEqual([]);
  });

  it('an unknown key is 404 with the error of the family', async () => {
    const { status, body } = await p21.send('GET', '/api/entity/customers/ACME_999999');
    expect([status, body.ErrorType, Object.keys(body as object).sort()]).toEqual([
      404,
      'ResourceNotFoundException',
      ['DateTimeStamp', 'ErrorMessage', 'ErrorType', 'HostName', 'InnerException', 'LogId', 'StackTrace', 'UserId'],
    ]);
  });

  it('the list ignores $top, and is elsewhere without its slash', async () => {
    expect((await p21.send('GET', '/api/entity/customers/?$top=1')).body).toHaveLength(5);
    const { status, headers } = await p21.send('GET', '/api/entity/customers?$top=1');
    expect([status, headers.get('location')]).toEqual([307, '/api/entity/customers/?$top=1']);
  });

  it('their fields are defined at the extensibility family', async () => {
    const { body } = await p21.send('GET', '/api/extensibility/userdefinedfields/tables/CUSTOMER_UD');
    expect(body).toMatchObject({ TableName: 'customer_ud', BaseTableName: 'customer' });
    expect((await p21.send('GET', '/api/extensibility/userdefinedfields/tables/customer')).status).toBe(404);
  });
});

it('tells its version, its rates and its currencies, which are named and have no code', async () => {
  const { body } = await p21.send('GET', '/api/environment/systems');
  expect(body.list).toMatchObject([{ Type: 'Prophet 21', Version: '0026.0001.5950.0000' }]);
  expect((await p21.send('GET', '/api/environment/systems/ping')).status).toBe(404);
  const rates = await p21.send('GET', '/api/accounting/exchangerates/');
  expect(rates.body).toContainEqual({ CurrencyId: 2, ToCurrencyId: 1, ExchangeRate: 1.1 });
  const same = await p21.send('POST', '/api/accounting/exchangerates/', { CurrencyId: 1, ToCurrencyId: 1 });
  expect([same.status, same.body.ErrorMessage]).toEqual([500, 'The currencies cannot be the same. (-1)']);
  expect(await p21.rows('currency_hdr', 'currency_id eq 1')).toMatchObject([{ currency_desc: 'U.S. Dollars' }]);
});

it('what was stored is there after a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'p21-'));
  try {
    await p21.stop();
    p21 = await P21Client.start({ EMULATOR_STATE_DIR: folder });
    await p21.send('POST', '/api/entity/customers/', ada);
    await p21.journal([
      ['11500000', 10],
      ['11000000', -10],
    ]);
    const before = await p21.control('GET', 'state');
    await p21.stop();
    p21 = await P21Client.start({ EMULATOR_STATE_DIR: folder });
    expect(await p21.control('GET', 'state')).toEqual(before);
    expect((await p21.send('POST', '/api/entity/customers/', ada)).body.CustomerId).toBe(100_202);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
