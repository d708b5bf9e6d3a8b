import type { EmulatorConfig } from '../emulator.config.js';
import type { FaultAction } from '../faults.js';
import type { Input } from '../data/rows.js';
import type { Row, Transaction } from '../data/store.js';
import { Crash } from '../answers.js';

/** One call of an operation, whichever door it came through. */
export interface Call {
  readonly config: EmulatorConfig;
  readonly user: string;
  /** Local date-time of the server. */
  readonly now: string;
  readonly fault?: FaultAction;
  /** Runs work that is stored together, or not at all when it throws. A call may commit more than once. */
  commit<T>(work: (transaction: Transaction) => T): T;
}

/** What an operation does with its arguments. @throws {Refusal} for a rule of SL's. */
export type Work = (call: Call, args: Input) => Record<string, unknown> | readonly Record<string, unknown>[];

/** An operation of a service. */
export interface Operation {
  /** Whether it takes the one place of a writer. */
  readonly writes: boolean;
  readonly work: Work;
  /** How a refusal is answered: `errorMessage` with what was sent, unless another form is documented. */
  readonly refused?: (message: string, code: number, args: Input) => Record<string, unknown>;
}

/** A read. */
export const reads = (work: Work, refused?: Operation['refused']): Operation => ({ writes: false, work, ...(refused ? { refused } : {}) });
/** A write. */
export const writes = (work: Work, refused?: Operation['refused']): Operation => ({ writes: true, work, ...(refused ? { refused } : {}) });

/** Marks a row as written now, by a screen: docs/reference/dynamics-sl.md section 3 [verified columns]. */
export function stamped(row: Row, screen: string, { now, user }: Call): Row {
  const created: Row = row.Crtd_User ? {} : { Crtd_DateTime: now, Crtd_Prog: screen, Crtd_User: user.slice(0, 10) };
  return { ...row, ...created, LUpd_DateTime: now, LUpd_Prog: screen, LUpd_User: user.slice(0, 10) };
}

/** The next number of a counter, zero padded: six digits for batches and documents, ten for customers (section 10 [assumed widths]). */
export function nextNumber(counter: string, width: number, transaction: Transaction): string {
  return String(transaction.next(counter, 1)).padStart(width, '0');
}

/** A part of an argument that has to be an object; one that is missing is empty. */
export function objectOf(value: unknown): Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Input) : {};
}

/** A list of objects; SOAP makes one element of a list of one. */
export function listOf(value: unknown): Input[] {
  if (value === undefined || value === null || value === '') return [];
  return (Array.isArray(value) ? value : [value]).map(objectOf);
}

/** The text of an argument, without trailing blanks. */
export const textOf = (value: unknown): string =>
  value === undefined || value === null || typeof value === 'object' ? '' : String(value).trimEnd();

/** Lines as a fault lets them through: none of them, not the last one, or the last one twice, which then has no LineNbr of its own. */
export function linesUnder(fault: FaultAction | undefined, lines: readonly Input[]): readonly Input[] {
  if (fault?.kind === 'header-only') return [];
  if (fault?.kind === 'line-dropped') return lines.slice(0, -1);
  return fault?.kind === 'line-doubled' ? [...lines, ...lines.slice(-1).map((line) => ({ ...line, LineNbr: null }))] : lines;
}

/** Ends a call whose header was stored without its lines. @throws {Crash} */
export function crashAfterHeader(fault: FaultAction | undefined): void {
  if (fault?.kind === 'header-only') throw new Crash('Timeout expired while saving the detail lines.');
}
