import type { Fetch } from './kinetic-client.js';
import { KineticClient } from './kinetic-client.js';
import { odataText, tableRows } from './kinetic-dataset.js';
import { loadKineticConfig } from './kinetic.config.js';
import { KineticNotDoneError, KineticSilentError } from './kinetic-errors.js';

const config = loadKineticConfig({
  KINETIC_URL: 'https://erp.example.test/kinetic/',
  KINETIC_COMPANY: 'EPIC06',
  KINETIC_USER: 'u',
  KINETIC_PASSWORD: 'p',
  KINETIC_API_KEY: 'k',
});
const answering =
  (answer: object): Fetch =>
  () =>
    Promise.resolve(new Response(JSON.stringify(answer)));
const failing =
  (error: Error): Fetch =>
  () =>
    Promise.reject(error);
const never = new AbortController().signal;
const failure = (code: string): Error => new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });

it('leaves the slash at the end of the configured URL away', async () => {
  const urls: string[] = [];
  const client = new KineticClient(config, (url) => {
    urls.push(url);
    return Promise.resolve(new Response('{"value":[]}'));
  });
  await client.rows('Erp.BO.CustomerSvc', 'Customers', { filter: "Name eq 'A & B+C'" }, never);
  expect(urls).toEqual([
    "https://erp.example.test/kinetic/api/v2/odata/EPIC06/Erp.BO.CustomerSvc/Customers?$filter=Name%20eq%20'A%20%26%20B%2BC'&$top=100&$skip=0",
  ]);
});

it.each(['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT', 'CERT_HAS_EXPIRED', 'egress.refused'])(
  '%s was surely not sent',
  async (code) => {
    await expect(new KineticClient(config, failing(failure(code))).write('Svc/Update', {}, never)).rejects.toMatchObject({ sent: false });
  },
);

it.each(['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])(
  '%s may have been sent',
  async (code) => {
    await expect(new KineticClient(config, failing(failure(code))).write('Svc/Update', {}, never)).rejects.toMatchObject({ sent: true });
  },
);

it('200 with errorsOccurred is a refusal with the text of the row', async () => {
  const answer = {
    returnObj: { BOUpdError: [{ TableName: 'Customer', ErrorText: 'Name is required.' }] },
    parameters: { errorsOccurred: true },
  };
  const written = new KineticClient(config, answering(answer)).write('Svc/UpdateExt', {}, never);
  await expect(written).rejects.toThrow(new KineticNotDoneError('kinetic.row-refused', 'Svc/UpdateExt: Name is required.', 'Customer'));
});

it('200 with opUpdateRan false is a refusal', async () => {
  const written = new KineticClient(config, answering({ parameters: { opUpdateRan: false } })).write('Svc/UpdateMaster', {}, never);
  await expect(written).rejects.toMatchObject({ code: 'kinetic.update-did-not-run' });
});

it('200 with the page of a proxy is as good as silence', async () => {
  const client = new KineticClient(config, () => Promise.resolve(new Response('<html>Sign in</html>')));
  await expect(client.write('Svc/Update', {}, never)).rejects.toThrow(KineticSilentError);
});

it.each([
  [{ parameters: { ds: { Customer: [{ CustNum: 1 }] } } }],
  [{ returnObj: { Customer: [{ CustNum: 1 }] } }],
  [{ Customer: [{ CustNum: 1 }] }],
])('finds the rows of %j', (answer) => {
  expect(tableRows(answer, 'Customer')).toEqual([{ CustNum: 1 }]);
});

it('doubles quotes in a text literal, so that nothing escapes from it', () => {
  expect(odataText("o'neill' or CustNum gt 0")).toBe("'o''neill'' or CustNum gt 0'");
});

it('names every bad variable at once', () => {
  expect(() => loadKineticConfig({ KINETIC_URL: 'ftp://x' })).toThrow(/KINETIC_URL[\s\S]*KINETIC_COMPANY[\s\S]*KINETIC_PASSWORD/);
});

it.each([
  ['7', 7_000],
  // Two minutes after the date of the same answer, whatever the clock here says.
  ['Sun, 06 Nov 1994 08:51:37 GMT', 120_000],
  ['soon', undefined],
])('keeps how long Retry-After: %s asks to wait', async (retryAfter, retryAfterMs) => {
  const headers = { 'retry-after': retryAfter, date: 'Sun, 06 Nov 1994 08:49:37 GMT' };
  const client = new KineticClient(config, () => Promise.resolve(new Response('{}', { status: 429, headers })));
  await expect(client.write('Svc/Update', {}, never)).rejects.toMatchObject({ status: 429, retryAfterMs });
});
