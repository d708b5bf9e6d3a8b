import { Refusal } from '../answers.js';
import type { Input } from '../data/rows.js';
import type { Row } from '../data/store.js';

/** A line of a request, and the stored line that it changes; without one it is new, under this number. */
export interface PlacedLine {
  readonly input: Input;
  readonly before?: Row;
  readonly LineNbr: number;
}

/** The number of a line of a request; undefined: it has none. In documents zero is none, as a template has it (assumed). */
function numberOf(input: Input, zeroCounts: boolean): number | undefined {
  const given = Object.entries(input).find(([name]) => name.toLowerCase() === 'linenbr')?.[1];
  if (given === undefined || given === null || given === '') return undefined;
  const number = Number(given);
  return Number.isInteger(number) && (zeroCounts || number !== 0) ? number : undefined;
}

/**
 * Which line is which: one with the LineNbr of a stored line changes it; any other is added, so that a line without a number that is sent twice is there twice
 * (assumed). @throws {Refusal} when a request names a number twice (primary key: docs/reference/dynamics-sl.md section 4 [verified]).
 */
export function placed(inputs: readonly Input[], stored: readonly Row[], zeroCounts: boolean): PlacedLine[] {
  const byNumber = new Map(stored.map((row) => [Number(row.LineNbr), row]));
  const used = new Set<number>();
  let next = Math.max(zeroCounts ? -1 : 0, ...byNumber.keys(), ...inputs.map((input) => numberOf(input, zeroCounts) ?? -1)) + 1;
  return inputs.map((input) => {
    const LineNbr = numberOf(input, zeroCounts) ?? next++;
    if (used.has(LineNbr)) throw new Refusal(`Cannot insert duplicate key: LineNbr ${LineNbr} is there twice.`);
    used.add(LineNbr);
    const before = byNumber.get(LineNbr);
    return { input, ...(before ? { before } : {}), LineNbr };
  });
}
