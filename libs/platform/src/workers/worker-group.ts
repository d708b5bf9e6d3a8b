import cluster from 'node:cluster';
import { isWorkerMessage } from './worker-channel.js';
import type { Channel, WorkerMessage } from './worker-channel.js';

/** Longest wait of a worker for the answers of all, ms; longer than the first process waits for each. */
const answersWithinMs = 3_000;

/** The workers of a service, as one of them sees them: it can ask all of them, and answers what it is asked. */
export class WorkerGroup {
  private readonly open = new Map<number, (answers: readonly unknown[] | undefined) => void>();
  private readonly answerers = new Map<string, (detail: unknown) => Promise<unknown>>();
  private asked = 0;

  constructor(private readonly channel: Channel) {}

  /** Says what this worker answers to a question. */
  answers(what: string, answer: (detail: unknown) => Promise<unknown>): void {
    this.answerers.set(what, answer);
  }

  /** Asks all workers. @param detail what the question is about, as node:cluster can send it. @returns one answer each, `undefined` of one that gave none; `undefined` when nobody answers at all. */
  async ask(what: string, detail?: unknown): Promise<readonly unknown[] | undefined> {
    const id = (this.asked += 1);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.settle(id, undefined), answersWithinMs);
      this.open.set(id, (answers) => {
        clearTimeout(timer);
        resolve(answers);
      });
      this.channel.send({ kind: 'ask', id, what, detail });
    });
  }

  /** Takes a message of the first process. */
  async take(message: WorkerMessage): Promise<void> {
    if (message.kind === 'answers') return this.settle(message.id, message.answers);
    if (message.kind !== 'asked') return;
    const answer = await this.answerers
      .get(message.what)?.(message.detail)
      .catch(() => undefined);
    this.channel.send({ kind: 'told', id: message.id, answer });
  }

  private settle(id: number, answers: readonly unknown[] | undefined): void {
    this.open.get(id)?.(answers);
    this.open.delete(id);
  }
}

/** The workers of this service; undefined in a service of one process. */
export const workerGroup: WorkerGroup | undefined = cluster.isWorker ? joined() : undefined;

function joined(): WorkerGroup {
  const group = new WorkerGroup({ send: (message) => void process.send?.(message) });
  process.on('message', (message) => {
    if (isWorkerMessage(message)) void group.take(message);
  });
  return group;
}
