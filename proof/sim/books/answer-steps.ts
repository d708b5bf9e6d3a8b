import { builtExports } from '../../built.js';

/** The pure decisions of recon about dead letters and answers that the simulation uses, as that service compiled them. */
export interface AnswerDesk {
  letterId(topic: string, partition: number, offset: bigint): string;
  itemId(orderId: string, letter: string): string;
  letterStates(
    letters: readonly { readonly id: string; readonly order: bigint; readonly deadAtMs: number }[],
    closures: readonly { readonly itemId: string; readonly result: string; readonly closedAtMs: number }[],
    ordered: ReadonlySet<string>,
  ): ReadonlyMap<string, { readonly state: 'open' | 'ordered' | 'closed' }>;
  answerProblem(id: string, headers: Readonly<Record<string, string>>, answer: string): { readonly text: string } | undefined;
  replayRecord(letter: {
    readonly item: string;
    readonly action: string;
    readonly reason: string;
    readonly reference: null;
    readonly answer: { readonly code: string; readonly text: string };
    readonly group: string;
    readonly topic: string;
    readonly partition: number;
    readonly offset: bigint;
    readonly key: string;
    readonly value: Buffer;
    readonly headers: Readonly<Record<string, string>>;
  }): { readonly headers: Readonly<Record<string, string>> };
}

/** Loads them from the build of recon. */
export function loadAnswerDesk(): Promise<AnswerDesk> {
  return builtExports<AnswerDesk>('recon/dist/desk/decide', ['letter.js', 'order.js', 'question.js']);
}
