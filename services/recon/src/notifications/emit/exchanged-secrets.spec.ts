import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testMessage } from '../decide/message.js';
import { caFile, mailServer, webhookReceiver } from '../testing/receivers.js';
import { mailRoute } from './mail-route.js';
import { signatureOf, webhookRoute } from './webhook-route.js';

/** Secrets of routes, exchanged in their files while recon runs. */
const folder = mkdtempSync(join(tmpdir(), 'tributary-route-secrets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const links = { installation: 'shop', console: undefined, runbooks: undefined };
const message = testMessage('msg_1', 'duty', Date.UTC(2026, 10, 21), links);
const body = JSON.stringify(message);
const severities: ('critical' | 'warning')[] = ['critical'];

it('signs a webhook with the secret that is in secretFile now', async () => {
  const receiver = await webhookReceiver();
  const secretFile = join(folder, 'signing');
  writeFileSync(secretFile, 'of-yesterday');
  const route = webhookRoute({ name: 'duty', kind: 'webhook', severities, url: receiver.url, secretFile, allowInternal: false });
  await route.send(message, body);
  writeFileSync(secretFile, 'of-today');
  await route.send(message, body);
  await receiver.stop();
  const signed = receiver.received.map(({ headers }) => String(headers['tributary-signature']));
  const expected = ['of-yesterday', 'of-today'].map((secret, index) =>
    signatureOf(secret, body, Number(/^t=(\d+)/.exec(signed[index] ?? '')?.[1])),
  );
  expect(signed).toEqual(expected);
});

it('signs in at the mail server with the password that is in passwordFile now', async () => {
  const server = await mailServer('of-today');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, 'of-yesterday');
  const route = mailRoute({
    ...{ name: 'accounts', kind: 'mail', severities, from: 'tributary@example.test', to: ['accounts@example.test'] },
    ...{ host: '127.0.0.1', port: server.port, tls: 'implicit', caFile, user: 'ada', passwordFile },
  });
  expect(await route.send(message, body)).toMatchObject({ ok: false });
  writeFileSync(passwordFile, 'of-today');
  expect(await route.send(message, body)).toEqual({ ok: true });
  await server.stop();
  expect(server.mails).toHaveLength(1);
});
