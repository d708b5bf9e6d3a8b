/** A compiled expression. */
export type Evaluate = (context: Readonly<Record<string, unknown>>) => unknown;
