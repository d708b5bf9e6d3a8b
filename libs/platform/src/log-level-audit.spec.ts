import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpException } from '@nestjs/common';
import { logLevelAuditAtRecon } from './log-level-audit.js';
import type { LogLevelDeed } from './log-level-audit.js';

const asked: { readonly path: string | undefined; readonly authorization: string | undefined; readonly body: unknown }[] = [];
let status = 201;
const recon = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request
    .on('data', (chunk: Buffer) => chunks.push(chunk))
    .on('end', () => {
      const { url, headers } = request;
      asked.push({ path: url, authorization: headers.authorization, body: JSON.parse(Buffer.concat(chunks).toString()) as unknown });
      response.writeHead(status).end('{}');
    });
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((listening) => recon.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(recon.address() as AddressInfo).port}`;
});
afterAll(() => {
  recon.closeAllConnections();
  recon.close();
});
beforeEach(() => void (asked.length = 0));

const details = { level: { before: 'info', after: 'debug' }, forMinutes: 10, until: '2026-11-30T03:10:00.000Z', host: 'ingest-0' };
const deed: LogLevelDeed = {
  ...{ subject: 'person:1', name: 'Ada', action: 'log-level.changed', object: 'log:ingest', reason: 'acknowledgements are slow', details },
};
/** What `record` throws; undefined: it was recorded. */
async function refusalOf(
  RECON_URL: string | undefined,
  given: number,
): Promise<{ readonly status: number; readonly body: unknown } | undefined> {
  status = given;
  const thrown = await logLevelAuditAtRecon('ingest', { RECON_URL })
    .record(deed, 'Bearer of-ada')
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  if (thrown === undefined) return undefined;
  if (!(thrown instanceof HttpException)) throw thrown;
  return { status: thrown.getStatus(), body: thrown.getResponse() };
}

it('asks recon with the token of who asks, and says nothing of who that is', async () => {
  expect(await refusalOf(`${url}/`, 201)).toBeUndefined();
  const body = { service: 'ingest', reason: deed.reason, details };
  expect(asked).toEqual([{ path: '/audit/log-levels', authorization: 'Bearer of-ada', body }]);
});

it.each([
  [401, 401, /recon refuses the token/],
  [403, 403, /recon refuses the token/],
  [404, 503, /recon answered 404/],
  [503, 503, /recon answered 503/],
])('is refused where recon answers %d, with %d', async (answered, expected, why) => {
  const message = expect.stringMatching(why) as string;
  expect(await refusalOf(url, answered)).toEqual({ status: expected, body: { error: 'log-level.not-recorded', message } });
});

it.each([
  ['nobody listens', 'http://127.0.0.1:1', /it cannot be reached/],
  ['no address is set', undefined, /RECON_URL of the service is not set/],
])('is refused where %s', async (_what, address, why) => {
  const message = expect.stringMatching(why) as string;
  expect(await refusalOf(address, 201)).toEqual({ status: 503, body: { error: 'log-level.not-recorded', message } });
});
