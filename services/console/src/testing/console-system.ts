import 'reflect-metadata';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { generateKeys, readSigningKey, signToken } from '@tributary/identity';
import type { Claims, JwkPair, SigningKey } from '@tributary/identity';
import { connectAndMigrate, createDataSource } from '@tributary/persistence';
import { protectRoutes } from '@tributary/platform';
import type { AuditReport } from '@tributary/persistence';
import type { DataSource } from 'typeorm';
import { servePage } from '../accept/page.js';
import { loadConsoleConfig } from '../console.config.js';
import { ConsoleModule } from '../console.module.js';
import { identityPartsOf } from '../identity/identity-parts.js';
import { isAuthority } from '../identity/identity.config.js';
import type { IdentityParts } from '../identity/identity.module.js';
import { consoleMigrations } from '../identity/migrations/index.js';
import { useSessions } from '../identity/use-sessions.js';

/** recon as the console calls it: remembers who asked, and answers. */
export class ReconRecorder {
  readonly asked: { readonly url: string; readonly authorization: string | undefined }[] = [];
  /** Orders that were forwarded to it. */
  readonly orders: { readonly url: string; readonly authorization: string | undefined; readonly body: unknown }[] = [];
  /** Reports for the audit trail that it got, each time that it got one. */
  readonly reports: (AuditReport & { readonly id: string })[] = [];
  /** How it answers reports: `lost` takes one and breaks the connection before the answer, `away` takes none. */
  reporting: 'takes' | 'lost' | 'away' | 'refuses' = 'takes';
  private readonly streams = new Set<ServerResponse>();
  private readonly server: Server = createServer((request, response) => this.answer(request, response));

  /** Resolves when the console has closed every live stream. */
  async allStreamsClosed(): Promise<void> {
    while (this.streams.size > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async takeReport(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { reporting } = this;
    if (reporting === 'away') return void response.writeHead(503).end();
    const report = JSON.parse(await text(request)) as AuditReport & { id: string };
    this.reports.push(report);
    if (reporting === 'lost') return void response.destroy();
    response.writeHead(reporting === 'refuses' ? 400 : 201, { 'content-type': 'application/json' }).end('{}');
  }

  private async takeOrder(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url = '', headers } = request;
    this.orders.push({ url, authorization: headers.authorization, body: JSON.parse(await text(request)) as unknown });
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"from":"recon"}');
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    if (request.url === '/audit') return void this.takeReport(request, response);
    if (request.method === 'POST') return void this.takeOrder(request, response);
    this.asked.push({ url: request.url ?? '', authorization: request.headers.authorization });
    if (request.url !== '/feed') return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"from":"recon"}');
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    this.streams.add(response);
    response.on('close', () => this.streams.delete(response));
    response.write('event: snapshot\ndata: {}\n\n');
  }
}

/** A console with identity in this process, on a port of its own. */
export interface ConsoleSystem {
  readonly url: string;
  readonly parts: IdentityParts;
  readonly database: DataSource;
  readonly recon: ReconRecorder;
  /** Signs a token as an issuer whose key the console knows. */
  sign(issuer: 'console' | 'recon', claims: Claims, lifetimeS?: number): Promise<string>;
  stop(): Promise<void>;
}

/** @param port 0: any. @param variables of the configuration beside the keys. */
export async function startConsole(
  databaseUrl: string,
  variables: Readonly<Record<string, string>> = {},
  port = 0,
): Promise<ConsoleSystem> {
  const [console, recon] = [await generateKeys('console'), await generateKeys('recon')];
  const recorder = new ReconRecorder();
  const config = loadConsoleConfig({
    ...keyVariables(console, recon),
    DATABASE_URL: databaseUrl,
    RECON_URL: await recorder.start(),
    ...variables,
  });
  if (!isAuthority(config)) throw new Error('the configuration of the test has no keys');
  const database = createDataSource({ url: databaseUrl, schema: 'console', migrations: consoleMigrations });
  await connectAndMigrate(database);
  const parts = await identityPartsOf(config, database);
  const app = await NestFactory.create<NestFastifyApplication>(ConsoleModule.for(config, parts), new FastifyAdapter(), { logger: false });
  protectRoutes(app);
  useSessions(app, parts.gate);
  if (config.CONSOLE_WEB_DIR !== undefined) await servePage(app, config.CONSOLE_WEB_DIR);
  await app.listen(port, '127.0.0.1');
  const keys = { console: await keyOf(console), recon: await keyOf(recon) };
  return {
    url: `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`,
    parts,
    database,
    recon: recorder,
    sign: (issuer, claims, lifetimeS = 60) =>
      signToken(keys[issuer], claims, { tokenId: `test-${Math.random()}`, lifetimeS, now: new Date() }),
    stop: async () => {
      await recorder.stop();
      await app.close();
      await database.destroy();
    },
  };
}

function keyVariables(console: JwkPair, recon: JwkPair): Record<string, string> {
  return {
    IDENTITY_KEY: JSON.stringify(console.privateJwk),
    IDENTITY_JWKS: JSON.stringify({ keys: [console.publicJwk, recon.publicJwk] }),
  };
}

function keyOf({ privateJwk }: JwkPair): Promise<SigningKey> {
  return readSigningKey(JSON.stringify(privateJwk));
}
