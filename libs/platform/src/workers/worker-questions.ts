import type { Channel, WorkerMessage } from './worker-channel.js';

/** Longest wait for the answer of one worker, ms. */
const answerWithinMs = 2_000;

interface Question {
  readonly answers: unknown[];
  readonly waiting: Map<Channel, number>;
  finish(): void;
}

/** Passes a question of one worker on to all of them, and their answers back. Part of the first process of a service. */
export class WorkerQuestions {
  private readonly open = new Map<number, Question>();
  private passed = 0;

  /** @param workers those that run now. */
  constructor(private readonly workers: () => readonly Channel[]) {}

  /** Takes a message of a worker. */
  take(from: Channel, message: WorkerMessage): void {
    if (message.kind === 'ask') this.pass(from, message);
    else if (message.kind === 'told') this.told(from, message.id, message.answer);
  }

  /** A worker is gone: nobody waits for its answer. */
  gone(worker: Channel): void {
    for (const id of this.open.keys()) this.told(worker, id, undefined);
  }

  private pass(from: Channel, { id: asked, what, detail }: Extract<WorkerMessage, { kind: 'ask' }>): void {
    const id = (this.passed += 1);
    const workers = this.workers();
    const answers: unknown[] = workers.map(() => undefined);
    const timer = setTimeout(() => this.open.get(id)?.finish(), answerWithinMs);
    const finish = (): void => {
      clearTimeout(timer);
      this.open.delete(id);
      from.send({ kind: 'answers', id: asked, answers });
    };
    this.open.set(id, { answers, waiting: new Map(workers.map((worker, index) => [worker, index])), finish });
    for (const worker of workers) worker.send({ kind: 'asked', id, what, detail });
  }

  private told(from: Channel, id: number, answer: unknown): void {
    const question = this.open.get(id);
    const index = question?.waiting.get(from);
    if (!question || index === undefined) return;
    question.answers[index] = answer;
    question.waiting.delete(from);
    if (question.waiting.size === 0) question.finish();
  }
}
