import cluster from 'node:cluster';
import type { INestApplication, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { tellBuild } from './about/build-metric.js';
import { ConfigurationError } from './config.js';
import { refuseDemoSecrets } from './demo-secrets.js';
import { httpAdapter } from './http/http-server.js';
import { logRequests } from './http/request-log.js';
import { warnAboutTls } from './http/server-tls.js';
import { secureHttp } from './http/secure-http.js';
import type { GuardedHttp } from './http/secure-http.js';
import type { IdentityConfig } from './identity/environment.js';
import { protectRoutes, refuseStrangersWithoutIdentity } from './identity/protect-routes.js';
import { serviceIdentityOf } from './identity/service-identity.js';
import type { ServiceIdentity } from './identity/service-identity.js';
import { changeLogLevelOnSignal } from './log-level.js';
import { createLogger, NestLogger } from './logger.js';
import { redactSecrets } from './redaction.js';
import { otlpExporter, startTracing } from './tracing.js';
import type { ServiceTlsConfig } from './transport/service-tls.environment.js';
import { superviseWorkers } from './workers/supervise-workers.js';

/** Longest graceful shutdown, ms; then the process exits with 2. Kubernetes' grace period must be longer. */
export const drainDeadlineMs = 25_000;

/** What a service is made of, for `runService`. */
export interface ServiceOptions {
  readonly name: string;
  readonly http: GuardedHttp;
  /** Keys to know callers by and to be known by; without them only loopback is served. */
  readonly identity?: Partial<IdentityConfig> & ServiceTlsConfig;
  readonly otlpEndpoint?: string | undefined;
  /** Logged once at start. Secrets must already be summarised (summariseConfig). */
  readonly configuration?: Readonly<Record<string, unknown>>;
  /** Largest request body Fastify reads, bytes. */
  readonly bodyLimit?: number;
  /** Longest graceful shutdown, ms; default `drainDeadlineMs`. */
  readonly drainDeadlineMs?: number;
  /** Processes that serve its port; default 1. With more, the first process only supervises them. */
  readonly workers?: number;
  /** Makes the root module, after logging and tracing are up. Calls of other services are made with `identity.tokens`. */
  module(identity: ServiceIdentity): Promise<unknown> | unknown;
  /**
   * Prepares what transports need, a database for example. HTTP answers meanwhile: /live with 200, /ready with what is missing.
   * @param signal aborted when the process is told to stop.
   */
  beforeTransports?(app: INestApplication, signal: AbortSignal): Promise<void>;
  /** Transports to connect, taken from the application once it is made. */
  transports?(app: INestApplication): readonly CustomTransportStrategy[];
  /** Closes what HTTP and transports used, after both have finished. */
  onDrained?(): Promise<void>;
  /** Last changes to the HTTP server before it listens: body parsers, static files. */
  prepare?(app: NestFastifyApplication): Promise<void> | void;
}

/**
 * Runs a service until SIGTERM or SIGINT: HTTP stops accepting requests and answers the open ones, transports finish the messages in
 * work, then the process exits with 0. Exit code 1: it could not start. 2: the graceful shutdown failed or took too long. 78: the
 * configuration is not usable.
 */
export async function runService(load: () => ServiceOptions): Promise<void> {
  let options: ServiceOptions;
  let identity: ServiceIdentity;
  try {
    refuseDemoSecrets(process.env);
    options = load();
    identity = await serviceIdentityOf(options.identity ?? {});
    refuseStrangersWithoutIdentity(options.http.host, identity.bearer !== undefined, options.identity?.TRIBUTARY_ENVIRONMENT);
  } catch (error) {
    // Without configuration there is no logger: plain text on stderr for whoever started the process.
    process.stderr.write(`${error instanceof Error ? redactSecrets(error.message) : String(error)}\n`);
    process.exitCode = error instanceof ConfigurationError ? 78 : 1;
    return;
  }
  const logger = createLogger(options.name);
  changeLogLevelOnSignal(logger);
  tellBuild(options.name);
  const { workers: count = 1, drainDeadlineMs: deadlineMs = drainDeadlineMs } = options;
  if (count > 1 && cluster.isPrimary) return superviseWorkers({ count, drainDeadlineMs: deadlineMs, logger });
  const tracing = startTracing(options.name, options.otlpEndpoint === undefined ? undefined : await otlpExporter(options.otlpEndpoint));
  try {
    const app = await NestFactory.create<NestFastifyApplication>(
      (await options.module(identity)) as Type,
      httpAdapter(options.http.limits, options.bodyLimit, options.http.tls),
      {
        logger: new NestLogger(logger),
        bufferLogs: false,
        abortOnError: false,
      },
    );
    app.flushLogs();
    logRequests(app, logger);
    await secureHttp(app, options.http);
    protectRoutes(app, identity.bearer);
    // HTTP first: /live answers while a transport still waits for its broker, and /ready says so.
    await options.prepare?.(app);
    for (const strategy of options.transports?.(app) ?? []) app.connectMicroservice({ strategy }, { inheritAppConfig: true }); // filters of the root module count for messages too
    const stopping = drainOnSignal(app, logger, deadlineMs, async () => {
      await options.onDrained?.();
      await tracing.shutdown();
    });
    closeConnectionsWhenStopping(app, stopping);
    await app.listen({ host: options.http.host, port: options.http.port });
    logger.info({ configuration: options.configuration, url: await app.getUrl() }, `${options.name} listens`);
    warnAboutTls(app.getHttpServer(), options.http.tls, (text) => logger.warn(text));
    identity.revocations?.start(logger);
    await unlessStopped(options.beforeTransports?.(app, stopping), stopping);
    if (stopping.aborted) return;
    await app.startAllMicroservices();
    logger.info(`${options.name} is started`);
  } catch (error) {
    logger.fatal(
      { err: error },
      `${options.name} could not start: ${error instanceof Error ? redactSecrets(error.message) : String(error)}`,
    );
    process.exit(1);
  }
}

/** Starts the graceful shutdown at the first SIGTERM or SIGINT. @returns a signal that is aborted then. */
function drainOnSignal(app: INestApplication, logger: Logger, deadlineMs: number, flush: () => Promise<void>): AbortSignal {
  const stopping = new AbortController();
  let draining = false;
  const drain = (signal: NodeJS.Signals): void => {
    if (draining) return;
    draining = true;
    stopping.abort();
    logger.info(`${signal}: draining`);
    const deadline = setTimeout(() => {
      logger.error(`graceful shutdown exceeded ${deadlineMs} ms; exiting`);
      process.exit(2);
    }, deadlineMs);
    app
      .close()
      .then(flush)
      .then(
        () => {
          clearTimeout(deadline);
          logger.info('drained');
          process.exit(0);
        },
        (error: unknown) => {
          logger.error({ err: error }, 'graceful shutdown failed; exiting');
          process.exit(2);
        },
      );
  };
  process.on('SIGTERM', drain);
  process.on('SIGINT', drain);
  return stopping.signal;
}

/** How often connections that became idle during the shutdown are closed, ms. */
const closeIdleEveryMs = 100;

/**
 * Fastify closes connections that are idle when the shutdown begins. One with an open request would stay until its keep-alive timeout
 * (72 s), which is longer than the shutdown may take, so it is closed as soon as its answer is sent.
 */
function closeConnectionsWhenStopping(app: NestFastifyApplication, stopping: AbortSignal): void {
  const { server } = app.getHttpAdapter().getInstance();
  stopping.addEventListener('abort', () => {
    setInterval(() => server.closeIdleConnections(), closeIdleEveryMs).unref();
  });
}

/** Ignores a preparation that fails after the process was told to stop: that is no failure to start. */
async function unlessStopped(preparation: Promise<void> | undefined, stopping: AbortSignal): Promise<void> {
  try {
    await preparation;
  } catch (error) {
    if (!stopping.aborted) throw error;
  }
}
