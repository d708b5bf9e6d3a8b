import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { certificateEnds } from '@tributary/platform';
import { examine, fault, faultWithinMs, silentHost } from './testing/doctor-run.js';
import type { Examination } from './testing/doctor-run.js';

const pem = (name: string): string => join(workspaceRoot, 'libs/platform/src/testing/certificates/services', name);
/** What is asked: a service, or Stripe. */
interface Asked {
  ready: number;
  version: string;
  date: string | undefined;
  stripe: number;
}
const well: Asked = { ready: 200, version: '1.2.0', date: undefined, stripe: 200 };
let says: Asked = well;
const answer = ({ url = '' }: IncomingMessage, response: ServerResponse): void => {
  if (says.date !== undefined) response.setHeader('date', says.date);
  if (url === '/ready') response.writeHead(says.ready).end(JSON.stringify({ error: { kafka: { status: 'down', message: 'no broker' } } }));
  else if (url === '/metrics') response.end(`# HELP x\ntributary_build_info{service="recon",version="${says.version}",commit=""} 1\n`);
  else response.writeHead(says.stripe).end(JSON.stringify({ error: { message: 'Invalid API Key provided: sk_test_hunter2' } }));
};
const plain = createServer(answer);
const other = createServer((request, response) => {
  if (request.url === '/metrics') response.end('tributary_build_info{service="ingest",version="1.2.0",commit=""} 1\n');
  else response.end('{}');
});
const tls = createTlsServer({ cert: readFileSync(pem('server.pem')), key: readFileSync(pem('server.key.pem')) }, answer);
const servers = [plain, other, tls];
beforeAll(async () => {
  for (const server of servers) await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterAll(() => servers.forEach((server) => server.close()));
const portOf = (server: (typeof servers)[number]): number => (server.address() as AddressInfo).port;

/** Kafka and the registry are away in all of them; here it is about services and Stripe. */
function asking(url: string, more: NodeJS.ProcessEnv = {}, rest: Examination = {}): Examination {
  const { limits, ...others } = rest;
  return {
    args: ['--service', `recon=${url}`, '--service', `ingest=http://127.0.0.1:${portOf(other)}`],
    env: { KAFKA_BROKERS: '127.0.0.1:1', SCHEMA_REGISTRY_URL: 'http://127.0.0.1:1', SERVICE_CA_FILE: pem('ca.pem'), ...more },
    limits: { kafka: 100, registry: 100, ...limits },
    ...others,
  };
}
const whole = (more: NodeJS.ProcessEnv = {}): Examination => asking(`http://127.0.0.1:${portOf(plain)}`, more);
const overTls = (): Examination => asking(`https://localhost:${portOf(tls)}`);
const change = (changed: Partial<Asked>): { make(): Promise<void>; undo(): Promise<void> } => ({
  make: async () => void (says = { ...well, ...changed }),
  undo: async () => void (says = well),
});

it(
  'says which service is silent, also where a host takes the connection and says nothing',
  async () => {
    await fault('service.silent', 'recon', asking('http://127.0.0.1:1'), whole());
    const host = await silentHost();
    try {
      const asked = asking(`http://${host.address}`, {}, { limits: { services: 1_000 } });
      expect((await fault('service.silent', 'services', asked, whole())).text).toContain('within 1 s');
      await fault('service.silent', 'recon', asking(`http://${host.address}`), whole());
    } finally {
      host.close();
    }
  },
  faultWithinMs,
);

it(
  'says what a service lacks, that its clock is off, and that releases differ',
  async () => {
    const { text } = await fault('service.not-ready', 'recon', whole(), whole(), change({ ready: 503 }));
    expect(text).toBe('It is not ready: kafka: no broker.');
    await fault('service.clock-off', 'recon', whole(), whole(), change({ date: new Date(Date.now() - 600_000).toUTCString() }));
    const differ = await fault('service.versions-differ', 'services', whole(), whole(), change({ version: '1.1.0' }));
    expect(differ.text).toBe('Different releases answer: 1.1.0 (recon); 1.2.0 (ingest).');
  },
  faultWithinMs,
);

it(
  'says that a certificate ends soon, or is not trusted',
  async () => {
    const url = `https://localhost:${portOf(tls)}`;
    const ends = await certificateEnds(url, { caFile: pem('ca.pem') }, 5_000);
    const validUntil = ends.find(({ whose }) => whose === 'server')?.validUntil ?? NaN;
    await fault('certificate.ends', 'recon', { ...overTls(), now: () => validUntil - 3 * 86_400_000 }, overTls());
    const untrusting = asking(url, { SERVICE_CA_FILE: join(workspaceRoot, 'libs/platform/src/testing/certificates/ca.pem') });
    await fault('certificate.refused', 'recon', untrusting, overTls());
  },
  faultWithinMs,
);

describe('Stripe', () => {
  const stripe = (key = 'rk_test_hunter2'): Examination =>
    whole({
      STRIPE_API_KEY: key,
      STRIPE_API_URL: `http://127.0.0.1:${portOf(plain)}`,
      TRIBUTARY_ASSETS_DIR: join(workspaceRoot, 'assets/epicor-kinetic'),
    });

  it(
    'refuses the key, which is not printed',
    async () => {
      await fault('check.login-refused', 'Stripe', stripe(), stripe(), change({ stripe: 401 }));
      says = { ...well, stripe: 401 };
      expect((await examine(stripe())).text).not.toContain('hunter2');
      says = well;
    },
    faultWithinMs,
  );

  it(
    'does not answer',
    async () => {
      await fault('check.unreachable', 'Stripe', { ...stripe(), env: { ...stripe().env, STRIPE_API_URL: 'http://127.0.0.1:1' } }, stripe());
    },
    faultWithinMs,
  );

  it(
    'has another clock',
    async () => {
      await fault('clock.off', 'Stripe', stripe(), stripe(), change({ date: new Date(Date.now() + 600_000).toUTCString() }));
    },
    faultWithinMs,
  );
});

it(
  'says that ingest has no signing secret, or one that cannot be one, and prints none',
  async () => {
    const endpoint = (secret: string): NodeJS.ProcessEnv => ({
      STRIPE_ENDPOINTS: JSON.stringify([{ name: 'main', secrets: [secret], livemode: false }]),
    });
    const asIngest = (env: NodeJS.ProcessEnv): Examination => ({ ...whole(env), args: ['--client', 'ingest'] });
    const { text } = await fault('stripe.webhook-secret-missing', 'webhooks', asIngest({}), asIngest(endpoint('whsec_hunter2')));
    expect(text).toContain('STRIPE_ENDPOINTS is missing');
    const wrong = asIngest(endpoint('hunter2'));
    await fault('stripe.webhook-secret-missing', 'webhooks', wrong, asIngest(endpoint('whsec_hunter2')));
    expect((await examine(wrong)).text).not.toContain('hunter2');
  },
  faultWithinMs,
);
