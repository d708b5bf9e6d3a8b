import { loadSlConfig } from '../sl.config.js';
import { SlClient } from '../sl-client.js';
import { SlNotSetUpError, SlRefusedError, SlSilentError } from '../sl-errors.js';
import { publishedCalls } from './door-chooser.js';
import { doorsNamed } from './doors-named.js';

interface Sent {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const environment = {
  SL_URL: 'https://sl.example.test/ctDynamicsSL/',
  SL_COMPANY: '0060',
  SL_USER: 'u',
  SL_PASSWORD: 'p&<',
  SL_LICENCE_KEY: 'licence-key',
  SL_SITE_KEY: 'site-key',
};

/** A client whose calls are answered in turn. */
function client(
  more: NodeJS.ProcessEnv,
  ...answers: readonly (string | readonly [status: number, body: string])[]
): { sl: SlClient; sent: Sent[] } {
  const sent: Sent[] = [];
  const rest = [...answers];
  const sl = new SlClient(loadSlConfig({ ...environment, ...more }), (url, init) => {
    sent.push({ url, method: init.method ?? '', headers: init.headers as Record<string, string>, body: String(init.body ?? '') });
    const [status, body] = [rest[0]].flat().length === 2 ? (rest.shift() as [number, string]) : [200, rest.shift() as string];
    return Promise.resolve(new Response(body, { status }));
  });
  return { sl, sent };
}

const signal = AbortSignal.timeout(5_000);
const screen = {
  batchHandling: 'Hold',
  myBatch: { Module: 'AR' },
  myARDoc: { DocDate: '2025-03-01', DocDesc: 'A & <B>' },
  myARTran: [{ LineNbr: 1 }, { LineNbr: 2 }],
};

it('REST: a screen is posted as JSON with the company in its headers', async () => {
  const { sl, sent } = client({ SL_DOORS: 'rest' }, '{"errorMessage":"","myBatch":{"BatNbr":"000001"}}');
  expect(await sl.screen('invoiceAndMemo').add(screen, signal)).toMatchObject({ myBatch: { BatNbr: '000001' } });
  const [{ url, method, headers, body } = {} as Sent] = sent;
  expect([method, url]).toEqual(['POST', 'https://sl.example.test/ctDynamicsSL/api/financial/accountsReceivable/invoiceAndMemo/screen']);
  expect(headers).toMatchObject({ authorization: `Basic ${btoa('u:p&<')}`, SiteID: 'DEFAULT', CpnyID: '0060' });
  expect(JSON.parse(body)).toEqual({ ...screen, myARDoc: { DocDate: '03/01/2025', DocDesc: 'A & <B>' } });
});

it('REST: the login of older installations is the pair of keys without a scheme; dates may be ISO', async () => {
  const { sl, sent } = client({ SL_DOORS: 'rest', SL_LOGIN: 'key', SL_DATES: 'iso' }, '{"errorMessage":""}');
  await sl.screen('paymentEntry').update(screen, signal);
  expect(sent[0]?.headers.authorization).toBe(btoa('u,p&<'));
  expect([sent[0]?.method, JSON.parse(sent[0]?.body ?? '')]).toMatchObject(['PUT', { myARDoc: { DocDate: '2025-03-01T00:00:00' } }]);
});

it.each([
  ['ADD', 'add', 'POST', '/api/financial/accountsReceivable/customer'],
  ['UPDATE', 'update', 'PATCH', '/api/financial/accountsReceivable/customer/A%2FB'],
] as const)('REST: customers have calls of their own for %s', async (_action, call, method, path) => {
  const { sl, sent } = client({ SL_DOORS: 'rest' }, '{"errorMessage":""}');
  await sl.screen('customerMaintenance')[call]({ myCustomer: { CustId: 'A/B  ' } }, signal);
  expect([sent[0]?.method, sent[0]?.url.slice('https://sl.example.test/ctDynamicsSL'.length)]).toEqual([method, path]);
});

it.each([
  ['{"errorMessage":"No such customer."}', SlRefusedError],
  ['<html>Welcome</html>', SlSilentError],
  [[500, '<html><h1>Runtime Error</h1></html>'] as const, SlRefusedError],
])('REST: %j is a %p', async (answer, expected) => {
  const { sl } = client({ SL_DOORS: 'rest' }, answer);
  await expect(sl.screen('invoiceAndMemo').add(screen, signal)).rejects.toThrow(expected);
});

const soapAnswer = (operation: string, result: string): string =>
  `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><${operation}Response xmlns="urn:x"><${operation}Result>${result}</${operation}Result></${operation}Response></soap:Body></soap:Envelope>`;

it('SOAP: a screen is an element, with the credentials in the header and text escaped', async () => {
  const answer = '<errorMessage/><myBatch><BatNbr>000001</BatNbr></myBatch><myARTran><ARTran><LineNbr>1</LineNbr></ARTran></myARTran>';
  const { sl, sent } = client({ SL_DOORS: 'soap' }, soapAnswer('editScreen', answer));
  expect(await sl.screen('invoiceAndMemo').add(screen, signal)).toEqual({ myBatch: { BatNbr: '000001' }, myARTran: [{ LineNbr: '1' }] });
  const [{ url, headers, body } = {} as Sent] = sent;
  expect(url).toBe('https://sl.example.test/ctDynamicsSL/services/ctDynamicsSL/financial.accountsReceivable.input.invoiceAndMemo.asmx');
  expect(headers.SOAPAction).toBe('"http://www.catalinatechnology.com/services/ctDynamicsSL/editScreen"');
  expect(body).toContain('<licenseKey>licence-key</licenseKey>');
  expect(body).toContain('<apiPassword>p&#38;&#60;</apiPassword>');
  expect(body).toContain('<DocDate>2025-03-01T00:00:00</DocDate><DocDesc>A &#38; &#60;B&#62;</DocDesc>');
  expect(body).toContain('<myARTran><ARTran><LineNbr>1</LineNbr></ARTran><ARTran><LineNbr>2</LineNbr></ARTran></myARTran>');
  expect(JSON.stringify(sl.describe('invoiceAndMemo', 'ADD', screen, 'enters it'))).not.toMatch(/licence-key|apiPassword|site-key/);
});

it.each([
  ['<errorMessage/><myQueryResults/>', []],
  ['<myQueryResults><Table><CustId>C1</CustId></Table></myQueryResults>', [{ CustId: 'C1' }]],
  [
    '<myQueryResults><Table><CustId>C1</CustId></Table><Table><CustId>C2</CustId></Table></myQueryResults>',
    [{ CustId: 'C1' }, { CustId: 'C2' }],
  ],
])('SOAP: %s are the rows %j', async (result, expected) => {
  const { sl } = client({ SL_DOORS: 'soap' }, soapAnswer('getQuery', result));
  expect(await sl.rows('Customer', [{ name: 'CustId', value: 'C%', comparisonType: 'LIKE' }], signal)).toEqual(expected);
});

it('SOAP: a refusal is a text in the result, and an answer with a document type is none', async () => {
  const refused = client({ SL_DOORS: 'soap' }, soapAnswer('editScreen', '<errorMessage>No such customer.</errorMessage>')).sl;
  await expect(refused.screen('invoiceAndMemo').add(screen, signal)).rejects.toThrow(/No such customer/);
  const strange = client({ SL_DOORS: 'soap' }, '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>').sl;
  await expect(strange.screen('invoiceAndMemo').add(screen, signal)).rejects.toThrow(SlSilentError);
});

describe('the door of a service', () => {
  const paths = {
    '/api/financial/accountsReceivable/invoiceAndMemo/screen': { post: {}, put: {} },
    '/api/quickQuery/{ViewName}': { post: {} },
  };

  it('is REST where swagger has its call, SOAP where it has not; swagger is read once', async () => {
    const { sl, sent } = client(
      {},
      JSON.stringify({ paths }),
      '{"errorMessage":""}',
      soapAnswer('editScreen', '<errorMessage/>'),
      '{"myQueryResults":{"Table":[]}}',
    );
    await sl.screen('invoiceAndMemo').add(screen, signal);
    await sl.screen('paymentEntry').add(screen, signal);
    await sl.rows('Batch', [], signal);
    const tails = sent.map(({ url }) => url.split('/').slice(-2).join('/'));
    expect(tails).toEqual([
      'docs/v1',
      'invoiceAndMemo/screen',
      'ctDynamicsSL/financial.accountsReceivable.input.paymentEntry.asmx',
      'quickQuery/QQ_Batch',
    ]);
  });

  it('is named by SL_DOORS where swagger is not served; without it the error says what to write', async () => {
    const { sl } = client({}, [404, 'not here']);
    const failed = sl.screen('paymentEntry').add(screen, signal);
    await expect(failed).rejects.toThrow(SlNotSetUpError);
    await expect(failed).rejects.toThrow(/swagger\/docs\/v1 is not served \(HTTP 404\).*SL_DOORS=rest,paymentEntry=soap/);
  });

  it.each([[401], [500], [503]])('is not guessed when swagger answers %i', async (status) => {
    const { sl } = client({}, [status, 'no']);
    await expect(sl.screen('paymentEntry').add(screen, signal)).rejects.toThrow(SlRefusedError);
  });

  it('is read from paths in any case, whatever their parameters are called', () => {
    expect([...publishedCalls('{"paths":{"/API/quickQuery/{view}":{"post":{}}}}')]).toEqual(['POST /api/quickquery/{}']);
    expect(() => publishedCalls('[]')).toThrow(SlSilentError);
    expect(() => publishedCalls('no json')).toThrow(SlSilentError);
  });

  it('can be named for all services, and for one', () => {
    expect([...doorsNamed('rest, paymentApplication=soap')]).toEqual([
      ['*', 'rest'],
      ['paymentApplication', 'soap'],
    ]);
    expect(() => doorsNamed('odata')).toThrow('expected rest or soap; got "odata"');
    expect(() => loadSlConfig({ ...environment, SL_DOORS: 'orders=rest' })).toThrow(/expected one of customerMaintenance/);
  });
});
