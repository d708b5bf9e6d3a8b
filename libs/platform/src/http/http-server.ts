import { Server as TlsServer } from 'node:tls';
import { BadRequestException } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { maxJsonDepth } from './json-keys.js';
import { findJsonTextFault } from './json-text.js';
import type { JsonTextFault } from './json-text.js';
import { renewCertificates, tlsServerOptions } from './server-tls.js';
import type { ServerTls } from './server-tls.js';

/** What a client may take of an HTTP server. */
export interface HttpLimits {
  /** Longest time until the headers of a request are there, from its first byte or from the beginning of the connection, ms. */
  readonly headersTimeoutMs: number;
  /** Longest time until a whole request is there, ms. */
  readonly requestTimeoutMs: number;
  /** Connections at once; more are closed as they come. */
  readonly maxConnections: number;
}

/** The limits where nothing else is configured. */
export const defaultHttpLimits: HttpLimits = { headersTimeoutMs: 10_000, requestTimeoutMs: 30_000, maxConnections: 2_000 };

/** Largest body of a service that takes no larger ones, bytes. */
const defaultBodyLimit = 1_048_576;
/** How often slow clients are looked for, ms. Node's default is 30 s, and a slow request lives that much longer. */
const lookForSlowEveryMs = 1_000;

/**
 * The HTTP server of a service, with what slow and many clients may take of it (OWASP ASVS 5.0, 15.2.2).
 * @param tls what it is served with; undefined: plain http.
 */
export function httpAdapter(limits: HttpLimits = defaultHttpLimits, bodyLimit = defaultBodyLimit, tls?: ServerTls): FastifyAdapter {
  const { headersTimeoutMs, requestTimeoutMs, maxConnections } = limits;
  const server = {
    headersTimeout: Math.min(headersTimeoutMs, requestTimeoutMs),
    connectionsCheckingInterval: Math.min(lookForSlowEveryMs, headersTimeoutMs, requestTimeoutMs),
  };
  const adapter = new FastifyAdapter({
    bodyLimit,
    forceCloseConnections: 'idle',
    requestTimeout: requestTimeoutMs,
    ...(tls ? { https: { ...server, ...tlsServerOptions(tls), handshakeTimeout: headersTimeoutMs } } : { http: server }),
  });
  const { server: made } = adapter.getInstance();
  made.maxConnections = maxConnections;
  if (tls && made instanceof TlsServer) renewCertificates(made, tls);
  return adapter;
}

/**
 * Parses JSON bodies that are not nested deeper than `maxJsonDepth` and have no key twice in an object; others are answered with 400 before they
 * are parsed.
 */
export function guardJsonBodies(app: NestFastifyApplication): void {
  const instance = app.getHttpAdapter().getInstance();
  const parse = instance.getDefaultJsonParser('error', 'error');
  const { bodyLimit = defaultBodyLimit } = instance.initialConfig;
  app.useBodyParser('application/json', { bodyLimit }, (request, body, done) => {
    const text = body.toString('utf8');
    // Of the text, not of the body: bytes that are no UTF-8 are alike once they are decoded.
    const found = findJsonTextFault(Buffer.from(text, 'utf8'), maxJsonDepth);
    if (found) done(new BadRequestException(answerTo(found)), undefined);
    else parse(request as never, text, done);
  });
}

/** Says where, not what: a key may hold what nobody else may read (I8). */
function answerTo(found: JsonTextFault): { error: string; message: string } {
  return found.fault === 'nested'
    ? { error: 'body.nested', message: `The body is nested deeper than ${maxJsonDepth} levels.` }
    : { error: 'body.repeated-key', message: `The key at byte ${found.at} stands twice in its object. Send each key once.` };
}
