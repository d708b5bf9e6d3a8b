/** What a column holds. Texts are CHAR: padded on the way out (docs/reference/dynamics-sl.md section 2.3 [verified]). */
export type Column =
  | { readonly kind: 'text'; readonly length: number }
  | { readonly kind: 'amount' }
  | { readonly kind: 'number' }
  | { readonly kind: 'short' }
  | { readonly kind: 'date' };

/** A table of SL: columns that are its key, then all. */
export interface Table {
  readonly name: string;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, Column>>;
}

/** A CHAR column. */
export const text = (length: number): Column => ({ kind: 'text', length });
/** An amount: a double (section 2.3 [verified]). */
export const amount: Column = { kind: 'amount' };
/** A double that is no money. */
export const number: Column = { kind: 'number' };
/** A whole number; booleans are 0 and 1 (section 2.3 [verified]). */
export const short: Column = { kind: 'short' };
/** A local date-time without zone; empty is 1900-01-01T00:00:00 (section 2.3 [verified]). */
export const date: Column = { kind: 'date' };

/** User1, User2 30 characters, User5, User6 10 (section 3 [verified]); User3, User4 numbers and User7, User8 dates are assumed. */
export const userFields = {
  User1: text(30),
  User2: text(30),
  User3: number,
  User4: number,
  User5: text(10),
  User6: text(10),
  User7: date,
  User8: date,
} as const;

/** Who wrote a row, and when: section 3 [verified]. */
export const audit = {
  Crtd_DateTime: date,
  Crtd_Prog: text(8),
  Crtd_User: text(10),
  LUpd_DateTime: date,
  LUpd_Prog: text(8),
  LUpd_User: text(10),
} as const;

/** Currency of a row: CuryRate with CuryMultDiv M or D gives the base currency (section 5.7 [verified names]). */
export const currencyFields = { CuryId: text(4), CuryRate: number, CuryMultDiv: text(1), CuryRateType: text(6) } as const;
