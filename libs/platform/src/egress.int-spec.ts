import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { IncomingMessage } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createEgressFetch, EgressRefusedError, EgressTooLateError } from './egress.js';
import type { EgressOptions } from './egress.js';
import { EgressAnswerTooLargeError } from './outbound/limited-answer.js';

/** 20 KB that inflate to 20 MB. */
const bomb = gzipSync(Buffer.alloc(20 * 1_024 * 1_024));
/** Requests that reached the server, `GET /x`. */
let received: string[] = [];
let lastBody = '';
const server = createServer((request, response) => {
  received.push(`${request.method} ${request.url}`);
  if (request.url === '/redirect') response.writeHead(302, { location: 'http://example.com/' });
  if (request.url === '/never') return;
  if (request.url === '/bomb') return void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
  void textOf(request).then((body) => {
    lastBody = body;
    response.end('ok');
  });
});
let port: number;
let base: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  base = `http://127.0.0.1:${port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => void (received = []));

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
const egress = (options: Partial<EgressOptions> = {}): typeof fetch =>
  createEgressFetch({ allow: [base], allowInternal: false, timeoutMs: 2_000, ...options });
const resolvesTo =
  (...addresses: string[]) =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
/** undici wraps what a connection failed of. */
const causeOf = (call: Promise<unknown>): Promise<unknown> => call.then(() => undefined).catch((error: Error) => error.cause);

it('reaches an allowed address, whatever the path', async () => {
  expect(await (await egress({ allow: [`${base}/api/v1`] })(`${base}/x`)).text()).toBe('ok');
  expect(received).toEqual(['GET /x']);
});

it('sends method and body, given apart or as a Request', async () => {
  await egress()(`${base}/a`, { method: 'POST', body: 'one' });
  expect(lastBody).toBe('one');
  await egress()(new Request(`${base}/b`, { method: 'PUT', body: 'two', headers: { 'x-key': '1' } }));
  expect([received, lastBody]).toEqual([['POST /a', 'PUT /b'], 'two']);
});

it.each([
  ['another port', () => `http://127.0.0.1:${port + 1}/`],
  ['another host', () => 'http://example.com/'],
  ['another scheme', () => `https://127.0.0.1:${port}/`],
  ['the allowed host as user name', () => `http://127.0.0.1:${port}@example.com/`],
  ['the allowed host as a longer name', () => `http://127.0.0.1.example.com:${port}/`],
  ['a file', () => 'file:///etc/passwd'],
])('refuses %s before anything is sent', async (_what, url) => {
  const call = egress({ allowInternal: true })(url());
  await expect(call).rejects.toThrow(EgressRefusedError);
  await expect(call).rejects.toThrow('not among the allowed hosts');
  expect(received).toEqual([]);
});

it.each([
  ['http://erp.test', 'https://erp.test/'],
  ['https://erp.test', 'http://erp.test/'],
])('refuses the other scheme of a name: allowed %s, called %s', async (allowed, url) => {
  await expect(egress({ allow: [allowed], allowInternal: true })(url)).rejects.toThrow(EgressRefusedError);
});

it('takes another spelling of an allowed address for the same address', async () => {
  expect((await egress()(`http://0x7f.1:${port}/`)).status).toBe(200);
});

it('does not follow a redirect, also when the caller asks for it', async () => {
  const answer = await egress()(`${base}/redirect`, { redirect: 'follow' });
  expect([answer.status, received]).toEqual([302, ['GET /redirect']]);
});

describe('names', () => {
  const named = (): string => `http://erp.test:${port}`;

  it('connects to the address that was checked, and resolves once per connection', async () => {
    let asked = 0;
    // A name server that answers with our server first and with another address ever after (DNS rebinding).
    const resolve = async (): Promise<{ address: string; family: number }[]> => [
      { address: (asked += 1) === 1 ? '127.0.0.1' : '203.0.113.1', family: 4 },
    ];
    const call = egress({ allow: [named()], allowInternal: true, resolve });
    expect(await (await call(`${named()}/x`)).text()).toBe('ok');
    expect([asked, received]).toEqual([1, ['GET /x']]);
  });

  it.each([
    [['127.0.0.1']],
    [['10.0.0.1']],
    [['169.254.169.254']],
    [['::1']],
    [['::ffff:7f00:1']],
    [['64:ff9b::7f00:1']],
    [['8.8.8.8', '127.0.0.1']], // one public address does not excuse an internal one
  ])('refuses a name that resolves to %j', async (addresses) => {
    const cause = await causeOf(egress({ allow: [named()], resolve: resolvesTo(...addresses) })(named()));
    expect(cause).toBeInstanceOf(EgressRefusedError);
    expect(received).toEqual([]);
  });

  it('refuses a name without address', async () => {
    expect(await causeOf(egress({ allow: [named()], resolve: resolvesTo() })(named()))).toBeInstanceOf(EgressRefusedError);
  });

  it('allows localhost, which is internal by its name', async () => {
    const local = `http://localhost:${port}`;
    expect((await egress({ allow: [local], resolve: resolvesTo('127.0.0.1') })(local)).status).toBe(200);
  });
});

describe('addresses that are never called', () => {
  it.each(['http://169.254.169.254', 'http://2852039166', 'http://[::ffff:127.0.0.1]', 'http://[64:ff9b::808:808]', 'http://[fe80::1]'])(
    'a base URL with one is refused at once: %s',
    (base) => expect(() => egress({ allow: [base], allowInternal: true })).toThrow(EgressRefusedError),
  );

  it.each([['169.254.169.254'], ['fd00:ec2::254'], ['fe80::1%eth0'], ['64:ff9b::7f00:1'], ['2002:7f00:1::1'], ['::ffff:127.0.0.1']])(
    'a name that resolves to %s is refused, also where private addresses are allowed',
    async (address) => {
      const named = `http://erp.test:${port}`;
      const call = egress({ allow: [named], allowInternal: true, resolve: resolvesTo('127.0.0.1', address) })(named);
      expect(await causeOf(call)).toBeInstanceOf(EgressRefusedError);
      expect(received).toEqual([]);
    },
  );
});

describe('the size of an answer', () => {
  it('is limited after it was inflated', async () => {
    const answer = await egress({ maxAnswerBytes: 1_024 * 1_024 })(`${base}/bomb`);
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow(EgressAnswerTooLargeError);
  });

  it('may be the limit itself', async () => {
    const answer = await egress({ maxAnswerBytes: 20 * 1_024 * 1_024 })(`${base}/bomb`);
    expect((await answer.arrayBuffer()).byteLength).toBe(20 * 1_024 * 1_024);
  });
});

describe('time', () => {
  it('gives up when no answer comes in time', async () => {
    await expect(egress({ timeoutMs: 100 })(`${base}/never`)).rejects.toThrow();
  });

  it('sends nothing once the permit has expired, though the connection is there', async () => {
    let expired = false;
    const call = egress({ permit: () => () => (expired ? 'the lease is over' : undefined) });
    expect((await call(`${base}/first`)).status).toBe(200);
    expired = true;
    const cause = await causeOf(call(`${base}/second`));
    expect(cause).toBeInstanceOf(EgressTooLateError);
    expect(received).toEqual(['GET /first']);
  });

  it('asks the permit of each request, not of the connection that requests share', async () => {
    const reasons = [undefined, 'the lease is over', undefined];
    const call = egress({
      permit: () => {
        const reason = reasons.shift();
        return () => reason;
      },
    });
    const results = [];
    for (const path of ['/1', '/2', '/3'])
      results.push(
        await call(`${base}${path}`).then(
          ({ status }) => status,
          () => 'refused',
        ),
      );
    expect([results, received]).toEqual([
      [200, 'refused', 200],
      ['GET /1', 'GET /3'],
    ]);
  });

  it('reports a server that closes the connection without an answer as a failure of the call, never as an answer', async () => {
    const rude = createTcpServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(rude.address() as AddressInfo).port}`;
    await expect(egress({ allow: [url] })(url)).rejects.toThrow(TypeError);
    rude.close();
  });
});
