import type { Answer } from './answers.js';
import { P21Error } from './answers.js';
import type { EmulatorConfig } from './emulator.config.js';
import type { FaultAction } from './faults.js';
import type { Writer } from './rows.js';

/** One call, as its handler sees it. */
export interface Call extends Writer {
  readonly method: string;
  /** What the groups of the route's pattern found. */
  readonly args: readonly string[];
  readonly query: URLSearchParams;
  /** Parsed; undefined without a body. */
  readonly body: unknown;
  readonly config: EmulatorConfig;
  readonly fault?: FaultAction;
}

/** Does one call within its transaction. @throws {Refusal} to undo it. */
export type Handler = (call: Call) => Answer;

/** One route of a family. */
export interface Route {
  readonly method: string;
  /** Of the whole path. */
  readonly path: RegExp;
  /** Name of the family in faults and in the count of calls. */
  readonly service: string;
  /** The call within the family; given none, the last part of the path. */
  operation?(args: readonly string[], body: unknown): string;
  /** Runs in a session of the UI server. */
  readonly inSession?: boolean;
  readonly handler: Handler;
}

/** An object out of a body or a part of one. @throws {P21Error} 400 (assumed) when it is none. */
export function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new P21Error('badRequest', 'The request body is not a JSON object.');
}
