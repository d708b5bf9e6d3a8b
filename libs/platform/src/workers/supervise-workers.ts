import cluster from 'node:cluster';
import type { Worker } from 'node:cluster';
import type { Logger } from 'pino';
import { isWorkerMessage } from './worker-channel.js';
import type { Channel } from './worker-channel.js';
import { WorkerQuestions } from './worker-questions.js';

/** Time after the end of a worker until another one takes its place, ms: one that ends at once does not take the machine. */
const replaceAfterMs = 1_000;
/** What the workers' own graceful shutdown may take longer than it may, ms. */
const graceMs = 2_000;

/** How many workers, and how they end. */
export interface WorkersOptions {
  readonly count: number;
  /** Longest graceful shutdown of a worker, ms. */
  readonly drainDeadlineMs: number;
  readonly logger: Pick<Logger, 'info' | 'error'>;
}

/**
 * The first process of a service with workers: starts them, replaces one that ends, and ends all of them on SIGTERM or SIGINT. Connections are
 * given to the workers in turn, so that each has as many (node:cluster; `reusePort` leaves that to chance).
 *
 * Exit codes are those of `runService`: that of a worker which ends before any listens, else 0, or 2 when one did not end in time.
 */
export function superviseWorkers({ count, drainDeadlineMs, logger }: WorkersOptions): void {
  cluster.setupPrimary({ serialization: 'advanced' }); // metrics may be infinite
  cluster.schedulingPolicy = cluster.SCHED_RR;
  const channels = new Map<Worker, Channel>();
  const questions = new WorkerQuestions(() => [...channels.values()]);
  let [listening, stopping, worst] = [false, false, 0];
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    logger.info(`${signal}: draining ${channels.size} workers`);
    if (channels.size === 0) process.exit(worst);
    for (const { process: child } of channels.keys()) child.kill(signal);
    setTimeout(() => {
      logger.error(`${channels.size} workers did not end; exiting`);
      for (const { process: child } of channels.keys()) child.kill('SIGKILL');
      process.exit(2);
    }, drainDeadlineMs + graceMs).unref();
  };
  const start = (): void => {
    if (stopping) return;
    const worker = cluster.fork();
    const channel: Channel = { send: (message) => void (worker.isConnected() && worker.send(message)) };
    channels.set(worker, channel);
    worker.on('message', (message: unknown) => {
      if (isWorkerMessage(message)) questions.take(channel, message);
    });
    worker.once('listening', () => (listening = true));
    worker.on('error', () => undefined); // its end is told by `exit`
    worker.once('exit', (code: number | null, signal: string | null) => {
      channels.delete(worker);
      questions.gone(channel);
      if (stopping) worst = Math.max(worst, code ?? 2);
      if (stopping && channels.size === 0) process.exit(worst);
      if (stopping) return;
      logger.error({ worker: worker.process.pid, code, signal }, 'a worker ended; another one takes its place');
      if (listening) return void setTimeout(start, replaceAfterMs);
      worst = code ?? 1;
      stop('SIGTERM');
    });
  };
  // Whoever changes the level of the log of the service means all of its processes.
  process.on('SIGUSR2', () => [...channels.keys()].forEach((worker) => worker.process.kill('SIGUSR2')));
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  for (let n = 0; n < count; n += 1) start();
}
