import type { Command } from './table.mjs';

/** What a command line asks for. */
export type Understood =
  | {
      readonly kind: 'run';
      readonly command: Command;
      /** Names from the top, e.g. `['tributary', 'dlq', 'show']`. */
      readonly path: readonly string[];
      /** Per option the values given, in order; `true` for a flag. */
      readonly values: Readonly<Record<string, readonly (string | true)[]>>;
      readonly arguments: readonly string[];
    }
  | { readonly kind: 'help'; readonly text: string; readonly exitCode: 0 | 2 }
  /** `problem`: what is wrong, the nearest known word, and where the help is. */
  | { readonly kind: 'wrong'; readonly problem: string };

export function understand(args: readonly string[]): Understood;

/** Says on the terminal what a command line that runs nothing asks for: help, or what is wrong. @returns its exit code. */
export function answerWithoutRunning(understood: Exclude<Understood, { readonly kind: 'run' }>): 0 | 2;
