import type { INestApplication, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ConfigurationError } from './config.js';
import { createLogger, NestLogger, redactSecrets } from './logger.js';
import { otlpExporter, startTracing } from './tracing.js';

/** A drain that takes longer than this is cut off; Kubernetes' grace period must be longer. */
export const drainDeadlineMs = 25_000;

/** A client that has not sent its whole request by then is cut off, so that slow ones cannot hold connections for ever. */
const requestTimeoutMs = 30_000;

export interface ServiceOptions {
  readonly name: string;
  readonly http: { readonly host: string; readonly port: number };
  readonly otlpEndpoint?: string | undefined;
  /** Shown once at start. Secrets must already be summarised (summariseConfig). */
  readonly configuration?: Readonly<Record<string, unknown>>;
  /** Largest request body Fastify reads, bytes. */
  readonly bodyLimit?: number;
  /** The root module, made after logging and tracing are up. */
  module(): Promise<unknown> | unknown;
  /**
   * What has to be there before messages are taken (a database, say). HTTP answers meanwhile: /live well, /ready with what is missing.
   * @param signal aborted when the process is to stop.
   */
  beforeTransports?(app: INestApplication, signal: AbortSignal): Promise<void>;
  /** Transports to connect, taken from the application once it is made. */
  transports?(app: INestApplication): readonly CustomTransportStrategy[];
  /** After HTTP and transports have finished: close what they used. */
  onDrained?(): Promise<void>;
  /** Last changes to the HTTP server before it listens: body parsers, static files. */
  prepare?(app: NestFastifyApplication): Promise<void> | void;
}

/**
 * Runs a service until SIGTERM or SIGINT: HTTP first stops taking requests, transports finish what they hold, then the process
 * ends with 0. Exit code 1: it could not start. 2: the drain was cut off. 78: the configuration is not usable.
 */
export async function runService(load: () => ServiceOptions): Promise<void> {
  let options: ServiceOptions;
  try {
    options = load();
  } catch (error) {
    // There is no configuration yet and so no logger; the list is for the person who just started it.
    process.stderr.write(`${error instanceof Error ? redactSecrets(error.message) : String(error)}\n`);
    process.exitCode = error instanceof ConfigurationError ? 78 : 1;
    return;
  }
  const logger = createLogger(options.name);
  const tracing = startTracing(options.name, options.otlpEndpoint === undefined ? undefined : await otlpExporter(options.otlpEndpoint));
  try {
    const app = await NestFactory.create<NestFastifyApplication>(
      (await options.module()) as Type,
      new FastifyAdapter({ bodyLimit: options.bodyLimit ?? 1_048_576, forceCloseConnections: 'idle', requestTimeout: requestTimeoutMs }),
      {
        logger: new NestLogger(logger),
        bufferLogs: false,
        abortOnError: false,
      },
    );
    app.flushLogs();
    // HTTP first: /live answers while a transport still waits for its broker, and /ready says so.
    await options.prepare?.(app);
    for (const strategy of options.transports?.(app) ?? []) app.connectMicroservice({ strategy }, { inheritAppConfig: true }); // filters of the root module count for messages too
    const stopping = drainOnSignal(app, logger, async () => {
      await options.onDrained?.();
      await tracing.shutdown();
    });
    await app.listen({ host: options.http.host, port: options.http.port });
    logger.info({ configuration: options.configuration, url: await app.getUrl() }, `${options.name} listens`);
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

/** @returns aborted at the first signal. */
function drainOnSignal(app: INestApplication, logger: ReturnType<typeof createLogger>, flush: () => Promise<void>): AbortSignal {
  const stopping = new AbortController();
  let draining = false;
  const drain = (signal: NodeJS.Signals): void => {
    if (draining) return;
    draining = true;
    stopping.abort();
    logger.info(`${signal}: draining`);
    const deadline = setTimeout(() => {
      logger.error(`the drain was not done within ${drainDeadlineMs} ms and is cut off`);
      process.exit(2);
    }, drainDeadlineMs);
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
          logger.error({ err: error }, 'the drain failed');
          process.exit(2);
        },
      );
  };
  process.on('SIGTERM', drain);
  process.on('SIGINT', drain);
  return stopping.signal;
}

/** Whatever goes wrong with a preparation after the process was told to stop is no failure to start. */
async function unlessStopped(preparation: Promise<void> | undefined, stopping: AbortSignal): Promise<void> {
  try {
    await preparation;
  } catch (error) {
    if (!stopping.aborted) throw error;
  }
}
