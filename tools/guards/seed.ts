/**
 * One seeded violation per rule of the house (eslint.config.mjs). Each must turn lint red with exactly the rule named here;
 * a rule without a seed is a rule that nobody would miss.
 */
export interface Seed {
  /** What the rule guards, as a sentence's end: "lint refuses ...". */
  readonly refuses: string;
  /** Where the file is put, from the root of the workspace. */
  readonly file: string;
  readonly code: string;
  readonly rule: string;
  /** A part of the message, so that one rule id with many patterns cannot stand in for another. */
  readonly message: RegExp;
}
