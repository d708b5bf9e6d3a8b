/** One end of the connection between the first process of a service and a worker. */
export interface Channel {
  send(message: WorkerMessage): void;
}

/** A question of one worker to all of them, itself included, and the way of the answers back. */
export type WorkerMessage =
  | { readonly kind: 'ask'; readonly id: number; readonly what: string; readonly detail?: unknown }
  | { readonly kind: 'asked'; readonly id: number; readonly what: string; readonly detail?: unknown }
  | { readonly kind: 'told'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'answers'; readonly id: number; readonly answers: readonly unknown[] };

const kinds: readonly unknown[] = ['ask', 'asked', 'told', 'answers'];

/** Whether a message of another process is one of ours: packages send messages, too. */
export function isWorkerMessage(message: unknown): message is WorkerMessage {
  return typeof message === 'object' && message !== null && kinds.includes((message as { kind?: unknown }).kind);
}
