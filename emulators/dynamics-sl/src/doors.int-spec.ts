import { parseXml, valueOf } from './doors/xml.js';
import type { Json } from './testing/sl-client.js';
import { memoScreen } from './testing/screens.js';
import { paths, SlClient } from './testing/sl-client.js';

let sl: SlClient;
beforeAll(async () => void (sl = await SlClient.start()));
beforeEach(() => sl.control('POST', 'reset'));
afterAll(() => sl.stop());

const namespace = 'http://www.catalinatechnology.com/services/ctDynamicsSL';
const login = {
  licenseKey: 'demo-licence-key',
  siteID: 'DEFAULT',
  siteKey: 'demo-site-key',
  cpnyID: '0060',
  apiUsername: 'tributary',
  apiPassword: 'demo-password',
};

async function soap(service: string, operation: string, body: string, header: Json = login, action = `"${namespace}/${operation}"`) {
  const inner = Object.entries(header).map(([name, value]) => `<${name}>${String(value)}</${name}>`);
  const text = `<?xml version="1.0"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Header><ctDynamicsSLHeader xmlns="${namespace}">${inner.join('')}</ctDynamicsSLHeader></soap:Header><soap:Body><${operation} xmlns="${namespace}">${body}</${operation}></soap:Body></soap:Envelope>`;
  const response = await fetch(`${sl.origin}/sl/services/ctDynamicsSL/${service}.asmx`, {
    method: 'POST',
    headers: { SOAPAction: action },
    body: text,
  });
  const answer = valueOf(parseXml(await response.text())) as { Body: Record<string, Record<string, Json>> };
  return { status: response.status, fault: answer.Body.Fault, result: answer.Body[`${operation}Response`]?.[`${operation}Result`] };
}

const service = 'financial.accountsReceivable.input.invoiceAndMemo';
const line =
  '<ARTran><TranType>IN</TranType><Acct>4000</Acct><Sub>000000000000</Sub><CuryTranAmt>10.50</CuryTranAmt><TranDesc>A &amp; B</TranDesc></ARTran>';
const invoice = `<actionType>ADD</actionType><inScreen><batchHandling>Hold</batchHandling><myBatch><CuryCtrlTot>10.5</CuryCtrlTot></myBatch><myARDoc><CustId>ACME</CustId><DocType>IN</DocType><DocDate>2026-11-20T00:00:00</DocDate><CuryOrigDocAmt>10.5</CuryOrigDocAmt></myARDoc><myARTran>${line}</myARTran></inScreen>`;

it('SOAP saves and releases what REST shows: section 2.2, 2.3', async () => {
  const added = await soap(service, 'editScreen', invoice);
  expect(added.result).toMatchObject({
    errorMessage: '',
    myBatch: { BatNbr: '000001    ', Status: 'H' },
    myARTran: [{ TranDesc: 'A & B'.padEnd(30) }],
  });
  const release = '<actionType>RELEASENOW</actionType><inScreen><myBatch><BatNbr>000001</BatNbr></myBatch></inScreen>';
  expect((await soap(service, 'editScreen', release)).result).toMatchObject({ errorMessage: '', myBatch: { Status: 'U' } });
  expect(await sl.call('GET', `${paths.invoice}/screen/000001/000001`)).toMatchObject({ myARDoc: { CuryDocBal: 10.5 } });
  const query =
    '<queryName>QQ_ARDoc</queryName><filters><queryFilter><name>CustId</name><value>ACME</value><comparisonType>=</comparisonType></queryFilter></filters>';
  expect((await soap('quickQuery', 'getQuery', query)).result).toMatchObject({ myQueryResults: { Table: { RefNbr: '000001    ' } } });
});

it('errors of SOAP are 200 with errorMessage too; a request that cannot be read is a fault', async () => {
  expect((await soap(service, 'editScreen', '<actionType>ADD</actionType><inScreen/>')).result?.errorMessage).toMatch(/Document type/);
  expect((await soap(service, 'editScreen', invoice, { ...login, licenseKey: 'old' })).result?.errorMessage).toMatch(/License/);
  expect((await soap(service, 'editScreen', invoice, { ...login, apiPassword: 'wrong' })).result?.errorMessage).toMatch(
    /password is incorrect/,
  );
  expect(await soap(service, 'editScreen', invoice, login, 'other')).toMatchObject({
    status: 500,
    fault: { faultstring: expect.stringMatching(/SOAPAction/) },
  });
  expect(await soap(service, 'nonsense', '')).toMatchObject({ status: 500, fault: { faultstring: expect.stringMatching(/no operation/) } });
});

it.each([
  ['no login', { authorization: '' }, 401],
  ['a wrong password', { authorization: `Basic ${Buffer.from('tributary:x').toString('base64')}` }, 401],
  ['another site', { siteid: 'OTHER' }, 401],
  ['the older form of the login', { authorization: Buffer.from('tributary,demo-password').toString('base64') }, 200],
  ['no company', { cpnyid: '' }, 200],
])('answers %s with %j: section 2.1', async (_what, headers, status) => {
  expect((await sl.send('GET', `${paths.customer}/ACME`, undefined, headers)).status).toBe(status);
});

it('another company is refused in the answer, a body that is no JSON with 400, an unknown path with 404', async () => {
  expect((await sl.send('GET', `${paths.customer}/ACME`, undefined, { cpnyid: '0061' })).body.errorMessage).toMatch(/0061/);
  expect((await sl.send('POST', paths.customer, '{')).status).toBe(400);
  expect((await sl.send('POST', 'nonsense', {})).status).toBe(404);
});

it('swagger names the paths, and is not there where it is switched off: section 2.1', async () => {
  const swagger = (await (await fetch(`${sl.origin}/sl/swagger/docs/v1`)).json()) as { basePath: string; paths: Record<string, Json> };
  expect(swagger.basePath).toBe('/sl');
  expect(Object.keys(swagger.paths['/api/financial/accountsReceivable/invoiceAndMemo/screen'] ?? {})).toEqual(['post', 'put']);
  const closed = await SlClient.start({ EMULATOR_SWAGGER: 'off' });
  expect((await fetch(`${closed.origin}/sl/swagger/docs/v1`)).status).toBe(404);
  await closed.stop();
});

it('a customer is created with a number of SL, found by any column, changed by what is sent: section 5.1', async () => {
  const made = await sl.call('POST', paths.customer, {
    myCustomer: { Name: 'Ada Ltd', ClassId: 'STRIPE', EMailAddr: 'ap@ada.example', User1: 'cus_ABC' },
  });
  expect(made).toMatchObject({
    errorMessage: '',
    myCustomer: { CustId: '0000000001     ', Terms: '30', Status: 'A', ARAcct: '1100      ' },
  });
  expect(await sl.refused('POST', paths.customer, { myCustomer: { CustId: '0000000001', Name: 'B', ClassId: 'STRIPE' } })).toMatch(
    /already exists/,
  );
  expect(await sl.refused('POST', paths.customer, { myCustomer: { Name: 'B', ClassId: 'NONE' } })).toMatch(/class/);
  await sl.call('PATCH', `${paths.customer}/0000000001`, { City: 'Reno' });
  const found = (await (
    await fetch(`${sl.origin}/sl/api/${paths.customer}/query`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('tributary:demo-password').toString('base64')}`, siteid: 'default' },
      body: JSON.stringify([{ name: 'emailaddr', value: 'AP@%' }]),
    })
  ).json()) as Json[];
  expect(found.map(({ CustId, Name, City }) => [String(CustId).trim(), String(Name).trim(), String(City).trim()])).toEqual(
    [
      ['BAYSIDE', 'Bayside Marine', 'Reno'],
      ['0000000001', 'Ada Ltd', 'Reno'],
    ].sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
  );
});

it('a reference number is taken once per customer and type: section 5.5', async () => {
  const screen = memoScreen('IN', [['4000', 10]], { RefNbr: 'S123456789' });
  await sl.add(paths.invoice, screen);
  expect(
    await sl.refused('POST', `${paths.invoice}/screen`, { ...screen, myARDoc: { ...(screen.myARDoc as Json), RefNbr: 's123456789' } }),
  ).toMatch(/already exists/);
  await sl.add(paths.invoice, memoScreen('CM', [['4900', 10]], { RefNbr: 'S123456789' }));
});

it('an overlong reference is cut without a word, and no longer matches: section 2.3', async () => {
  const saved = await sl.add(paths.invoice, memoScreen('IN', [['4000', 10]], { RefNbr: 'S1234567890123', User1: 'u'.repeat(40) }));
  expect(saved.myARDoc).toMatchObject({ RefNbr: 'S123456789', User1: 'u'.repeat(30) });
  expect(await sl.rows('QQ_ARDoc', [{ name: 'RefNbr', value: 'S1234567890123' }])).toEqual([]);
});

it('VALIDATEONLY stores nothing: section 2.3', async () => {
  await sl.call('POST', `${paths.invoice}/editScreen/VALIDATEONLY`, memoScreen('IN', [['4000', 10]]));
  expect(await sl.refused('POST', `${paths.invoice}/editScreen/VALIDATEONLY`, memoScreen('IN', [['4001', 10]]))).toMatch(/Account/);
  expect(await sl.rows('QQ_Batch')).toEqual([]);
});

it('a view has no table it does not know, and no column', async () => {
  expect(await sl.refused('POST', 'quickQuery/QQ_Nothing', {})).toMatch(/Invalid object name/);
  expect(await sl.refused('POST', 'quickQuery/QQ_Batch', { filters: [{ name: 'X', value: '1' }] })).toMatch(/Invalid column name/);
});
